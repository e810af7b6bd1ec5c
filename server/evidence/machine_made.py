"""Names that a machine made: local parts, host labels, display names. Twin: extension/src/evidence/machine_made.js."""

from __future__ import annotations

from itertools import pairwise

from server.evidence.lexicon import Lexicon
from server.evidence.names import in_list

_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_BOUNCE_MARKS = "#="
"""Senders of newsletters write the recipient's number between these; a machine made it, but no liar."""
_UNSEEN = frozenset("\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
_FRAGMENT_ENDS = (",", ",_", "(")
"""How a From line ends whose second half was taken for the address."""


def is_random(local: str, host: str, lexicon: Lexicon, *, free: bool = False) -> bool:
    """A local part that no person chose.

    Seven digits or six consonants in a row, or letters and digits in turns. At a domain of its own, where no namesake
    needs a number: two words and four digits, or five digits at the end (`lina_james_80204`, `s563864`).
    """
    name = local.split("+", 1)[0].lower()[:64]
    is_list = not lexicon.sets["list_labels"].isdisjoint(host.split(".")[:-1])
    if in_list(host, lexicon.sets["numeric_locals"]) or is_list or any(mark in name for mark in _BOUNCE_MARKS):
        return False
    kinds = [_kind(char) for char in name]
    if _longest(kinds, "9") >= 7 or _turns(kinds) >= 5 or _longest_consonants(name) >= 6:
        return True
    return not free and _is_numbered(name)


def is_machine_host(host: str) -> bool:
    """A label in which letters and digits take turns three times and more, as in `w737jjvqo8.com`."""
    labels = host.split(".")[:-1]
    return any(
        len(label) >= 8 and not label.startswith("xn--") and _turns([_kind(char) for char in label]) >= 3
        for label in labels
    )


def is_garbled(name: str) -> bool:
    """A display name with unseen characters inside Latin words, with brackets of an address, or cut in the middle."""
    if any(mark in name for mark in "<>") or name.endswith(_FRAGMENT_ENDS):
        return True
    unseen = sum(char in _UNSEEN and _is_latin(before) for before, char in pairwise(name))
    return unseen >= 2


def _is_numbered(name: str) -> bool:
    stem = name.rstrip("0123456789")
    count = len(name) - len(stem)
    words = [word for word in stem.replace("-", "_").replace(".", "_").split("_") if word.isalpha()]
    return count >= 5 or (count >= 4 and len(words) >= 2)


def _kind(char: str) -> str:
    return "9" if char.isdigit() else "a" if char.isalpha() else ""


def _turns(kinds: list[str]) -> int:
    """How often a letter stands beside a digit."""
    return sum(bool(one and other and one != other) for one, other in pairwise(kinds))


def _longest(kinds: list[str], wanted: str) -> int:
    longest = run = 0
    for kind in kinds:
        run = run + 1 if kind == wanted else 0
        longest = max(longest, run)
    return longest


def _longest_consonants(name: str) -> int:
    return _longest(["a" if char in _CONSONANTS else "" for char in name], "a")


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
