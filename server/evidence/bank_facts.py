"""Facts of the bank details in a mail: where the bank is, and whether the account is another one than in the quote."""

from __future__ import annotations

from server.evidence.bank import BankDetails, Detail, find_bank
from server.evidence.mail import Mail
from server.evidence.plain import head_and_tail
from server.model import Evidence

_AREAS = {"HK": "CN", "MO": "CN"}
"""Firms of the mainland keep accounts in Hong Kong and Macao as a matter of course."""
_READER = "CN"
"""Where the reader's own accounts are, if his domain does not tell: this serves exporters in China."""
_BEFORE = 160
_MAX_QUOTED = 32_768
_MIN_PART = 6


def bank_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `identity.ibans bics account_numbers bank_country bank_mismatch` and `thread.bank_differs`."""
    if mail.message.text is None:
        return
    found = find_bank(mail.text, mail.read, mail.lexicon.server)
    for name, details in (("ibans", found.ibans), ("bics", found.bics), ("account_numbers", found.accounts)):
        quotes = [mail.quote(one.start, one.end) for one in details]
        evidence.put(f"identity.{name}", [one.value for one in details], *quotes)
    named = bank_countries(mail, found)
    evidence.put("identity.bank_country", named[0][0] if named else "")
    _mismatch(mail, named, evidence)
    _differs(mail, found, evidence)


def bank_countries(mail: Mail, found: BankDetails) -> list[tuple[str, Detail]]:
    """Countries of the banks that money is to go to, those that only pass it on left out. IBANs come first."""
    words = mail.lexicon.server
    written = [one for one in found.accounts if one.value[:2] in words.iban_lengths]
    named = [(one.value[:2], one) for one in (*found.ibans, *written)]
    named += [(one.value[4:6], one) for one in found.bics]
    return [row for row in named if words.go_between.search(_before(mail, row[1])) is None]


def _before(mail: Mail, one: Detail) -> str:
    return mail.text[max(0, one.start - _BEFORE) : one.start]


def is_readers(mail: Mail, one: Detail) -> bool:
    """The words before it say that the account is the reader's: a buyer who quotes our own account back."""
    return mail.lexicon.server.of_reader.search(_before(mail, one)) is not None


def _mismatch(mail: Mail, named: list[tuple[str, Detail]], evidence: Evidence) -> None:
    company = str(evidence.get("identity.claimed_country") or evidence.get("identity.tld_country") or "")
    own = {mail.lexicon.cctlds.get(host.rsplit(".", 1)[-1], "") for host in mail.own_domains} - {""}
    readers = {_AREAS.get(code, code) for code in own or {_READER}}
    foreign = [row for row in named if row[0] not in readers and not is_readers(mail, row[1])]
    home = _AREAS.get(company, company)
    if not company or not foreign or any(_AREAS.get(code, code) == home for code, _ in named):
        evidence.put("identity.bank_mismatch", "")
        return
    code, one = foreign[0]
    evidence.put("identity.bank_mismatch", f"{code} against {company}", mail.quote(one.start, one.end))


def _differs(mail: Mail, found: BankDetails, evidence: Evidence) -> None:
    new = [one for one in found.numbers() if not is_readers(mail, one)]
    old = _quoted_numbers(mail) if new else []
    if not new or not old or any(same_account(one.value, other.value) for one in found.numbers() for other in old):
        evidence.put("thread.bank_differs", "")
        return
    evidence.put("thread.bank_differs", f"{old[0].value} -> {new[0].value}", mail.quote(new[0].start, new[0].end))


def _quoted_numbers(mail: Mail) -> list[Detail]:
    words = mail.lexicon.server
    below = find_bank(mail.text, head_and_tail(mail.parts.quoted), words).numbers()
    apart = (mail.message.quoted_text or "")[:_MAX_QUOTED]
    return [*below, *find_bank(apart, [(0, len(apart))], words).numbers()]


def same_account(one: str, other: str) -> bool:
    """The same account: equal, or the one written inside the other (an IBAN holds the national number)."""
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return len(short) >= _MIN_PART and short in long
