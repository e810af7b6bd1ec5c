"""Whether persons agree: the signature with the display name, the sender with who is in the quoted thread."""

from __future__ import annotations

from server.evidence.contacts import find_addresses
from server.evidence.headers import is_mailing_list
from server.evidence.identity import company_tokens, in_domain
from server.evidence.lexicon import Lexicon
from server.evidence.mail import Mail, host_of
from server.evidence.names import are_twins, imitates, is_free, split_org
from server.evidence.person import person_name
from server.evidence.plain import bare, fold, has_han, head_and_tail, letters_only, trim, word_list
from server.model import Evidence

_MAX_SEEN = 20
_MAX_QUOTED = 32_768
_MAX_NAME = 100
_BEFORE = 80
_MIN_LABEL = 5
_DIGITS = "0123456789"


def person_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `identity.person_mismatch`, `thread.participants` and `thread.new_participant`."""
    message = mail.message
    if message.text is not None and message.sender is not None:
        evidence.put("identity.person_mismatch", _mismatch(mail, evidence))
    if message.text is None and message.quoted_text is None:
        return
    seen = _quoted_people(mail)
    evidence.put("thread.participants", list(seen)[:_MAX_SEEN])
    if mail.host:
        evidence.put("thread.new_participant", _newcomer(mail, seen))


def _mismatch(mail: Mail, evidence: Evidence) -> str:
    """`Maria Lopez against John Smith` where signature and display name are two persons, "" if they may be one."""
    lexicon = mail.lexicon
    signed, shown = str(evidence.get("identity.person") or ""), mail.message.sender.name if mail.message.sender else ""
    if not signed or not shown or signed == trim(shown) or is_mailing_list(mail.message.headers):
        return ""
    name = person_name(shown[:_MAX_NAME], lexicon)
    if not name or signed == name:
        return ""
    ours, theirs = _tokens(signed), _tokens(name)
    if min(len(ours), len(theirs)) < 2 or not "".join((*ours, *theirs)).isascii():
        return ""  # a given name alone, or two scripts: nothing to compare
    if not _is_written_like_a_name(signed, ours, lexicon) or _is_confirmed(ours, theirs, mail):
        return ""
    if {*ours, *theirs} & set(company_tokens(" ".join(_strings(evidence, "identity.companies")), lexicon)):
        return ""
    return "" if _may_be_one(ours, theirs, lexicon) else f"{signed} against {name}"


def _is_written_like_a_name(signed: str, tokens: list[str], lexicon: Lexicon) -> bool:
    """No line in capitals, no line with everyday words ("Yours Beloved Sister"): those are no names."""
    english = lexicon.stopwords.get("en", frozenset())
    return signed != signed.upper() and not any(token in english or token in ("yours", "truly") for token in tokens)


def _is_confirmed(ours: list[str], theirs: list[str], mail: Mail) -> bool:
    """The address bears the name signed, or a firm's address bears the name shown or is the firm's name itself."""
    local = letters_only(mail.address.partition("@")[0])
    if any(token in local for token in ours if len(token) >= 3):
        return True
    if is_free(mail.host, mail.lexicon):
        return False
    if any(token in local for token in theirs if len(token) >= 3):
        return True
    return in_domain(theirs, mail.host, mail.lexicon) or in_domain(ours, mail.host, mail.lexicon)


def _strings(evidence: Evidence, fact: str) -> list[str]:
    value = evidence.get(fact)
    return value if isinstance(value, list) else []


def _tokens(name: str) -> list[str]:
    return [token for token in word_list(bare(name)) if len(token) > 1]


def _may_be_one(ours: list[str], theirs: list[str], lexicon: Lexicon) -> bool:
    """A shared name, one that starts like the other, a nick-name, or a Chinese bearer of an English name."""
    words = lexicon.server
    if any(token in words.chinese for token in (*ours, *theirs)):
        return True
    for one in ours:
        for other in theirs:
            if one[:3] == other[:3] or one in other or other in one:
                return True
            if words.given.get(one, frozenset()) & words.given.get(other, frozenset()):
                return True
    return False


def _quoted_people(mail: Mail) -> dict[str, str]:
    """Addresses in the quoted part, ours left out, with the folded words before each on its line."""
    pieces = [mail.text[start:end] for start, end in head_and_tail(mail.parts.quoted)]
    pieces.append((mail.message.quoted_text or "")[:_MAX_QUOTED])
    seen: dict[str, str] = {}
    for piece in pieces:
        for start, _, address in find_addresses(piece) if "@" in piece else ():
            if not mail.is_own(address):
                before = piece[max(0, start - _BEFORE) : start].rsplit("\n", 1)[-1]
                seen[address] = seen.get(address) or fold(before.replace("mailto:", "")).rstrip(" \"'“”<[(:&lt;")
    return seen


def _newcomer(mail: Mail, seen: dict[str, str]) -> str:
    """Whom in the thread the sender passes for, without having been in it; "" if nobody.

    By the same display name under a foreign domain, or by a domain much like a participant's.
    """
    if not seen or mail.address in seen or mail.is_own(mail.address) or is_mailing_list(mail.message.headers):
        return ""
    hosts = {address: host_of(address) for address in seen}
    if any(are_twins(mail.host, host, mail.lexicon) and not is_free(host, mail.lexicon) for host in hosts.values()):
        return ""  # a colleague
    name = trim(fold((mail.message.sender.name if mail.message.sender else "")[:_MAX_NAME])).strip("\"'")
    named = len(word_list(name)) >= 2 or (has_han(name) and len(name) >= 2)
    for address, before in seen.items():
        same_name = named and before.endswith(name) and not before[: -len(name)][-1:].isalnum()
        if (same_name and not _has_moved(mail, address)) or _is_similar(mail.host, hosts[address], mail.lexicon):
            return address
    return ""


def _is_similar(host: str, other: str, lexicon: Lexicon) -> bool:
    """An imitation, or the participant's name with a word of trade behind it (`bluewharf-payments`)."""
    if is_free(host, lexicon) or is_free(other, lexicon):
        return False
    if imitates(host, other, lexicon):
        return True
    name, label = split_org(host, lexicon)[0], split_org(other, lexicon)[0]
    word = name[len(label) :].strip("-")
    return len(label) >= _MIN_LABEL and name.startswith(label) and word in lexicon.name_words["domain_words"]


def _has_moved(mail: Mail, address: str) -> bool:
    """A firm's address with the same local part: the person changed firms. A list's address is nobody's."""
    local, _, host = address.partition("@")
    if host.startswith(("list.", "lists.")):
        return True
    own = mail.address.partition("@")[0]
    return not is_free(mail.host, mail.lexicon) and own.rstrip(_DIGITS) == local.rstrip(_DIGITS)
