"""Finds protected brands in text, names and domains, and tells a brand's name from a word that only contains it.

Twin: extension/src/evidence/brands.js.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from server.evidence.lexicon import Brand, Lexicon
from server.evidence.names import is_ip, official_brand, split_org
from server.evidence.plain import fold, has_han, is_han, is_word, word_list, words

MAX_HITS = 100
_MANY = 12
"""From this many words on, going through the text word by word is faster than looking for each."""
_MIN_JOINED = 5
"""Shorter names are taken as part of a longer word only beside a hyphen: `abb` stands in `abbey`."""


def brand_places(folded: str, lexicon: Lexicon) -> Iterator[tuple[int, int, Brand]]:
    """Places of brand names in folded text, as whole words; Chinese names anywhere. At most 100."""
    hits = 0
    end = 0
    seen = set(word_list(folded))
    named = lexicon.by_word.keys() & seen
    if named:
        # Words as "bank" and "united" start many names: most are told by their other words, without a look at the text.
        words_of = _alias_words(lexicon)
        named = {word for word in named if any(map(seen.issuperset, words_of[word]))}
    for start, word in _places(folded, named) if named else ():
        if start < end:
            continue
        for alias, brand in lexicon.by_word[word]:
            stop = start + len(alias)
            if folded.startswith(alias, start) and _ends_there(folded, stop):
                hits, end = hits + 1, stop
                yield start, stop, brand
                break
        if hits >= MAX_HITS:
            return
    if not has_han(folded):
        return
    for alias, brand in lexicon.han_aliases:
        at = folded.find(alias)
        if at >= 0:
            yield at, at + len(alias), brand


@lru_cache(maxsize=4)
def _alias_words(lexicon: Lexicon) -> Mapping[str, tuple[frozenset[str], ...]]:
    """All words of each name, by the first one."""
    return {word: tuple(frozenset(word_list(alias)) for alias, _ in rows) for word, rows in lexicon.by_word.items()}


def _places(folded: str, named: set[str]) -> Iterable[tuple[int, str]]:
    """Where these words stand, in order."""
    if len(named) > _MANY:
        return ((match.start(), match.group()) for match in words(folded) if match.group() in named)
    found: list[tuple[int, str]] = []
    for word in named:
        at = folded.find(word)
        while at >= 0:
            if is_word(folded, at, at + len(word)):
                found.append((at, word))
            at = folded.find(word, at + len(word))
    return sorted(found)


def _ends_there(folded: str, stop: int) -> bool:
    return stop >= len(folded) or not folded[stop].isalnum() or is_han(folded[stop])


def domain_brand_word(host: str, lexicon: Lexicon) -> Brand | None:
    """The brand whose name plus procurement or place words makes up the host's organisational name.

    `apple-procurement.com`, `tesla-usa.org`, `walmartsupply.com`; not `appleton.com`, `apple-orchards.com`, nor any
    official domain of any brand.
    """
    if not host or is_ip(host) or official_brand(host, lexicon) is not None:
        return None
    return brand_and_words(split_org(host, lexicon)[0], lexicon)


def brand_and_words(name: str, lexicon: Lexicon) -> Brand | None:
    """The brand in a name made of it and at least one known word, with or without hyphens between."""
    parts = word_list(fold(name))
    known = lexicon.name_words["domain_words"]
    forms = _brand_forms(lexicon)
    for index in sorted(forms.near(parts)):
        words, brand = forms.rows[index]
        if _is_brand_and_words(parts, words, known, joined=not brand.everyday):
            return brand
    return None


@dataclass(frozen=True, slots=True)
class _BrandForms:
    """The Latin names of all brands as words, in the table's order, with indexes that leave a handful to compare."""

    rows: list[tuple[list[str], Brand]]
    by_word: dict[str, list[int]]
    """The first word and the joined words of each name."""
    longest: int

    def near(self, parts: list[str]) -> set[int]:
        """The names that can be in these parts: as words of their own, or at the start or end of one."""
        found: set[int] = set()
        for part in parts:
            found.update(self.by_word.get(part, ()))
            for size in range(_MIN_JOINED, min(len(part) - 1, self.longest) + 1):
                found.update(self.by_word.get(part[:size], ()))
                found.update(self.by_word.get(part[-size:], ()))
        return found


@lru_cache(maxsize=4)
def _brand_forms(lexicon: Lexicon) -> _BrandForms:
    rows = [(word_list(alias), brand) for brand in lexicon.brands for alias in brand.aliases if alias.isascii()]
    rows = [row for row in rows if row[0]]
    index: dict[str, list[int]] = {}
    for number, (name, _) in enumerate(rows):
        for key in {name[0], "".join(name)}:
            index.setdefault(key, []).append(number)
    return _BrandForms(rows, index, max(map(len, index), default=0))


def _is_brand_and_words(parts: list[str], forms: list[str], known: frozenset[str], *, joined: bool) -> bool:
    name = "".join(forms)
    rest = _without(parts, forms) or _without(parts, [name])
    if rest:
        return _all_known(rest, known)
    for at, part in enumerate(parts):
        if joined and _joined_rest(part, name, known) and _all_known(parts[:at] + parts[at + 1 :], known):
            return True
    return False


def _without(parts: list[str], forms: list[str]) -> list[str]:
    """The parts beside the brand's own, [] if the brand is not among them or nothing else is there."""
    size = len(forms)
    for at in range(len(parts) - size + 1):
        if parts[at : at + size] == forms:
            return parts[:at] + parts[at + size :]
    return []


def _all_known(rest: list[str], known: frozenset[str]) -> bool:
    return all(part in known or part.isdigit() or _two_words(part, known) for part in rest)


def _two_words(part: str, known: frozenset[str]) -> bool:
    return any(part[:at] in known and part[at:] in known for at in range(2, min(len(part), 30) - 1))


def _joined_rest(part: str, name: str, known: frozenset[str]) -> bool:
    if len(name) < _MIN_JOINED or part == name:
        return False
    if part.startswith(name):
        rest = part[len(name) :]
    elif part.endswith(name) and len(part) - len(name) > 2:
        rest = part[: -len(name)]
    else:
        return False
    return len(rest) > 1 and (rest in known or _two_words(rest, known))
