"""Which legal forms of companies stand in a text at all: most lines hold none, and need no closer look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from server.evidence.lexicon import Lexicon
from server.evidence.plain import word_list

SHORT = 3
"""Forms of no more letters are words too (as, sa, ag, kg): they count only as written on a letterhead."""


@dataclass(frozen=True, slots=True)
class _Starts:
    """The legal forms by their first words, each as words between blanks; and the short ones as on a letterhead."""

    by_word: Mapping[str, tuple[str, ...]]
    capitals: Mapping[str, frozenset[str]]


def form_starts(text: str, folded: str, lexicon: Lexicon, *, signature: bool) -> frozenset[str]:
    """The first words of the legal forms in a text, as far as one may count. `signature` asks for trade words too."""
    known = _starts(lexicon, signature=signature)
    words = word_list(folded)
    there = known.by_word.keys() & set(words)
    if not there:
        return frozenset()
    if text.isascii() and not there.isdisjoint(known.capitals):
        written = set(word_list(text))
        there = {word for word in there if word not in known.capitals or not written.isdisjoint(known.capitals[word])}
    spaced = f" {' '.join(words)} "
    return frozenset(word for word in there if any(form in spaced for form in known.by_word[word]))


@lru_cache(maxsize=8)
def _starts(lexicon: Lexicon, *, signature: bool) -> _Starts:
    by_word: dict[str, list[str]] = {}
    others: set[str] = set()
    for place in ("after", "before", "trade") if signature else ("after", "before"):
        for form in lexicon.legal.get(place, ()):
            first = form[0]
            by_word.setdefault(first, []).append(f" {' '.join(form)} ")
            if place != "after" or form != (first,) or len(first) > SHORT or first == "ltd":
                others.add(first)
    capitals = {
        word: frozenset(map("".join, product(*((char, char.upper()) for char in word)))) - {word}
        for word in by_word
        if word not in others
    }
    return _Starts({word: tuple(forms) for word, forms in by_word.items()}, capitals)
