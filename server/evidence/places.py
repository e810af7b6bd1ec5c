"""Countries and postal addresses named in a signature. Twin: extension/src/evidence/places.js."""

from __future__ import annotations

from server.evidence.lexicon import Lexicon
from server.evidence.plain import Span, fold, has_han, is_han, words

_BEFORE = frozenset("@./_-")
_AFTER = frozenset("@/_")
_PART_OF_CHINA = frozenset(["HK", "MO", "TW"])


def countries(text: str, rows: list[Span], lexicon: Lexicon, skipped: list[Span]) -> list[str]:
    """Codes of the countries named in these lines, without repeats. Names inside `skipped` ranges do not count.

    "Hong Kong, China" is one place, not two.
    """
    found: dict[str, None] = {}
    for start, end in rows:
        folded = fold(text[start:end])
        for at, stop, code in _in_line(folded, lexicon):
            if not any(low < start + stop and start + at < high for low, high in skipped):
                found[code] = None
    if found.keys() & _PART_OF_CHINA:
        found.pop("CN", None)
    return list(found)


def _in_line(folded: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    tokens = [(match.group(), match.start(), match.end()) for match in words(folded)]
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(tokens):
        size, code = _country_at(tokens, at, lexicon)
        if size and _stands_alone(folded, tokens[at][1], tokens[at + size - 1][2]):
            found.append((tokens[at][1], tokens[at + size - 1][2], code))
        at += max(size, 1)
    if has_han(folded):
        for name, code in lexicon.han_countries:
            place = folded.find(name)
            if place >= 0 and not any(low < place + len(name) and place < high for low, high, _ in found):
                found.append((place, place + len(name), code))
    return found


def _country_at(tokens: list[tuple[str, int, int]], at: int, lexicon: Lexicon) -> tuple[int, str]:
    if at and tokens[at - 1][0] == "new":
        return 0, ""  # New Mexico, New Jersey
    for name, code in lexicon.country_words.get(tokens[at][0], ()):
        if len(name) <= len(tokens) - at and all(tokens[at + step][0] == word for step, word in enumerate(name)):
            return len(name), code
    return 0, ""


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Not part of a mail address, a web address or a hyphenated name."""
    if folded[max(0, start - 1) : start] in _BEFORE and start > 0:
        return False
    after = folded[end : end + 2]
    return after[:1] not in _AFTER and not (after[:1] == "." and after[1:].isalnum())


def postal_address(text: str, rows: list[Span], lexicon: Lexicon) -> str:
    """The first line with a number and a word of streets, buildings or post boxes, or ""."""
    streets = lexicon.name_words["streets"]
    for start, end in rows:
        line = fold(text[start:end])
        if not any(char.isdigit() for char in line):
            continue
        found = [match.group() for match in words(line)]
        joined = " ".join(found)
        if any(word in streets for word in found) or "p o box" in joined:
            return text[start:end].strip()
        if any(is_han(street[0]) and street in word for word in found for street in streets if is_han(word[0])):
            return text[start:end].strip()
    return ""


def has_phone(text: str, rows: list[Span]) -> bool:
    """Seven digits or more in one run of digits, blanks, dashes, dots and brackets."""
    for start, end in rows:
        digits = 0
        for char in text[start:end]:
            if char.isdigit():
                digits += 1
                if digits >= 7:
                    return True
            elif char not in " -.()/+\u2010\u2011\u2013\xa0":
                digits = 0
    return False
