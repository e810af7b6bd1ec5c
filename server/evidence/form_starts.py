"""Which legal forms of companies stand in a text at all: most lines hold none, and need no closer look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from server.evidence.lexicon import Lexicon
from server.evidence.plain import is_word, word_list

SHORT = 3
"""Forms of no more letters are words too (as, sa, ag, kg): they count only as written on a letterhead."""


@dataclass(frozen=True, slots=True)
class _Starts:
    """The legal forms by their first words, each as words between blanks; and the words that need capitals."""

    by_word: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    """Those of one word are empty: where the word stands, they do."""
    capitals: frozenset[str]


def form_starts(text: str, folded: str, lexicon: Lexicon, *, signature: bool) -> list[int]:
    """Where legal forms start in a text, as far as one may count, in order. `signature` asks for trade words too."""
    known = _starts(lexicon, signature=signature)
    words = word_list(folded)
    seen = set(words)
    there = known.by_word.keys() & seen
    if not there:
        return []
    spaced = f" {' '.join(words)} "
    found: list[int] = []
    for word in there:
        if not any(seen.issuperset(all_of) and form in spaced for form, all_of in known.by_word[word]):
            continue
        capitals = word in known.capitals
        at = folded.find(word)
        while at >= 0:
            end = at + len(word)
            if (not capitals or text[at:end] != word) and is_word(folded, at, end):
                found.append(at)
            at = folded.find(word, end)
    return sorted(found)


@lru_cache(maxsize=8)
def _starts(lexicon: Lexicon, *, signature: bool) -> _Starts:
    by_word: dict[str, list[tuple[str, frozenset[str]]]] = {}
    others: set[str] = set()
    for place in ("after", "before", "trade") if signature else ("after", "before"):
        for form in lexicon.legal.get(place, ()):
            first = form[0]
            by_word.setdefault(first, []).append(_as_looked_for(form))
            if place != "after" or form != (first,) or len(first) > SHORT or first == "ltd":
                others.add(first)
    return _Starts({word: tuple(forms) for word, forms in by_word.items()}, frozenset(by_word.keys() - others))


def _as_looked_for(form: tuple[str, ...]) -> tuple[str, frozenset[str]]:
    return (f" {' '.join(form)} " if len(form) > 1 else "", frozenset(form))
