"""Whether the sender bears the name of a person on the list of known counterparts, and writes from elsewhere.

The list says who is who: by its column `name`, or by an address such as kari.hansen@acme.com.
"""

from __future__ import annotations

from server.evidence.contacts import find_addresses
from server.evidence.mail import Mail, host_of
from server.evidence.names import are_twins
from server.evidence.plain import bare, has_han, word_list
from server.model import Evidence

Person = frozenset[str]
_MIN_LATIN = 3
_kept: list[tuple[tuple[tuple[str, str], ...], dict[Person, tuple[str, ...]]]] = []


def known_person(mail: Mail, evidence: Evidence, people: tuple[tuple[str, str], ...]) -> str:
    """The known address whose owner the sender passes for, "" if none.

    Not for an address that is listed itself, nor for one of the same organisation: that is a second mailbox. A name of
    one word proves nothing, and one that several listed people bear only if they are all elsewhere.
    """
    if not people or not mail.host:
        return ""
    shown = mail.message.sender.name if mail.message.sender else ""
    if any(True for _ in find_addresses(shown)):
        shown = ""
    index = _index(people)
    for name in (shown, str(evidence.get("identity.person") or "")):
        found = index.get(person_of(name), ())
        if not found or mail.address in found:
            continue
        if not any(are_twins(mail.host, host_of(address), mail.lexicon) for address in found):
            return found[0]
    return ""


def person_of(name: str) -> Person:
    """A name in whatever order: its words. Empty for less than two of them, or a Chinese name of one sign."""
    plain = bare(name[:80])
    if has_han(plain):
        signs = "".join(word for word in word_list(plain) if has_han(word))
        return frozenset([signs]) if 2 <= len(signs) <= 4 else frozenset()
    words = [word for word in word_list(plain) if len(word) >= _MIN_LATIN and word.isalpha()]
    return frozenset(words) if 2 <= len(set(words)) <= 4 else frozenset()


def _index(people: tuple[tuple[str, str], ...]) -> dict[Person, tuple[str, ...]]:
    """The list by person. Kept for as long as the list is the same object, since it may be long."""
    for known, ready in _kept:
        if known is people:
            return ready
    made: dict[Person, tuple[str, ...]] = {}
    for address, name in people:
        local = address.partition("@")[0].partition("+")[0]
        person = person_of(name) or person_of(" ".join(local.replace("_", ".").replace("-", ".").split(".")))
        if person:
            made[person] = (*made.get(person, ()), address)
    _kept.insert(0, (people, made))
    del _kept[2:]
    return made
