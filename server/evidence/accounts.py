"""Whether an account named in a mail is one that the company has on file for that counterpart (accounts.csv)."""

from __future__ import annotations

import hashlib
from typing import cast

from server.evidence.bank import Detail, find_bank
from server.evidence.bank_facts import is_readers, same_account
from server.evidence.mail import Mail, addresses, host_of
from server.evidence.names import clean_host, imitates, org_domain
from server.model import Account, Evidence, ListHits

FACT = "lists.account_differs"
_MIN_PART = 6
_MOST_SHOWN = 3


def account_facts(mail: Mail, evidence: Evidence, hits: ListHits | None) -> None:
    """The fact `lists.account_differs`, after those of thread and identity. Unknown where no account is on file."""
    if hits is None or not hits.accounts or not mail.host:
        return
    if mail.message.text is None:
        evidence.miss(FACT, mail.why("body"))
        return
    found = find_bank(mail.text, mail.read, mail.lexicon.server).numbers()
    named = [one for one in found if not is_readers(mail, one)]
    entry = _counterpart(mail, evidence, hits) if named else ""
    if named and not entry:
        evidence.miss(FACT, "not_applicable")
        return
    ours = [row for name, rows in hits.accounts.items() if _is_ours(mail, name) for row in rows]
    good = [*hits.accounts.get(entry, ()), *ours]
    new = next((one for one in named if not any(_fits(one, row) for row in good)), None)
    if new is None:
        evidence.put(FACT, "")
        return
    shown = ", ".join(f"…{row.ending}" for row in hits.accounts[entry][:_MOST_SHOWN])
    evidence.put(FACT, f"{entry} {shown} -> {new.value}", mail.quote(new.start, new.end))


def _is_ours(mail: Mail, entry: str) -> bool:
    return mail.is_own(entry) if "@" in entry else mail.is_own_host(entry)


def _counterpart(mail: Mail, evidence: Evidence, hits: ListHits) -> str:
    """Whose accounts count: the sender's, else those of whom he imitates, else of whom the mail is about; "" if none.

    A colleague's mail is not vetted against anybody's.
    """
    if mail.is_own(mail.address):
        return ""
    kept = {entry: None for entry in hits.accounts if not _is_ours(mail, entry)}
    replies = [entry for entry in addresses(mail.message.reply_to) if not mail.is_own(entry)]
    for address in (mail.address, *replies):
        if found := _entry_of(address, kept, mail):
            return found
    hosts = [mail.host, *(host_of(entry) for entry in replies)]
    for entry in kept:
        if "@" not in entry and any(imitates(host, entry, mail.lexicon) for host in hosts):
            return entry
    if (person := str(evidence.get("lists.known_person") or "")) and (found := _entry_of(person, kept, mail)):
        return found
    named = [*_strings(evidence, "thread.quoted_domains"), *_strings(evidence, "identity.sites")]
    named += [host_of(address) for address in _strings(evidence, "identity.emails")]
    return next((found for host in named if (found := _entry_of(host, kept, mail))), "")


def _entry_of(address: str, kept: dict[str, None], mail: Mail) -> str:
    """The entry for an address or a host: itself, or the domains above it up to the organisation's."""
    host = clean_host(address.rpartition("@")[2])
    org = org_domain(host, mail.lexicon)
    keys = [address]
    while host:
        keys.append(host)
        if host == org or "." not in host:
            break
        host = host.partition(".")[2]
    return next((key for key in keys if key in kept), "")


def _strings(evidence: Evidence, fact: str) -> list[str]:
    return cast("list[str]", evidence.get(fact) or [])


def _fits(one: Detail, row: Account) -> bool:
    """Whether an account named may be the one on file.

    An IBAN holds the national number, so parts of what is named are hashed too. The other way round a hash says
    nothing: a number without IBAN that ends like the one on file then passes for it.
    """
    if row.number:
        return same_account(one.value, row.number)
    if any(_hash(part) == row.digest for part in _parts(one.value)):
        return True
    return one.value.isdigit() and row.ending != "" and one.value.endswith(row.ending)


def _parts(value: str) -> set[str]:
    """What of a number could stand on file as the number: at most some 400 pieces of 34 characters."""
    size = len(value)
    return {value[low:high] for low in range(size) for high in range(low + _MIN_PART, size + 1)}


def _hash(part: str) -> str:
    return hashlib.sha256(part.encode()).hexdigest()
