# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportMissingTypeStubs=false
"""google-re2 for the tables' patterns, behind typed calls: it ships no types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import re2

from server.rulebook.needs import needs_of
from server.rulebook.words import FAST, Words

_UNANCHORED, _BOTH = re2._re2.RE2.Anchor.UNANCHORED, re2._re2.RE2.Anchor.ANCHOR_BOTH
_NOTHING = r"[^\x00-\x{10FFFF}]"


class Pattern:
    """One RE2 pattern on text. Linear in the text, whatever the pattern.

    RE2 is called without its wrapper, which costs more than most searches.
    """

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _match(self) -> Callable[..., Any]:
        """Compiled when it is first asked: some patterns count letters, which takes megabytes, and are seldom run."""
        options = re2.Options()
        options.max_mem = 32 << 20
        options.never_capture = True
        options.log_errors = False
        return re2.compile(self._source.encode(), options)._regexp.Match

    def search(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """The first place from `start` on, as a span, or None."""
        return next(self._places(text, start), None)

    def whole(self, text: str) -> bool:
        """Whether the pattern takes in the whole text."""
        data = text.encode()
        return self._match(_BOTH, data, 0, len(data))[0][0] >= 0

    def places(self, text: str, limit: int) -> Iterator[tuple[int, int]]:
        """The first places without overlap, `limit` at most."""
        return islice(self._places(text, 0), limit)

    def _places(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        data = text.encode()
        size = len(data)
        plain = size == len(text)
        at = start if plain else len(text[:start].encode())
        before, count = at, start
        while at <= size:
            low, high = self._match(_UNANCHORED, data, at, size)[0]
            if low < 0:
                return
            if plain:
                yield low, high
            else:
                first = count + len(data[before:low].decode())
                count = first + len(data[low:high].decode())
                before = high
                yield first, count
            at = high if high > low else _next(data, high)


def _next(data: bytes, at: int) -> int:
    """The byte at which the next character starts."""
    at += 1
    while at < len(data) and data[at] & 0xC0 == 0x80:
        at += 1
    return at


class Choice:
    """One pattern that matches what any of the sources does, each of which is run only where its own words stand.

    All in one, patterns that count characters (`.{4,160}`) make an automaton that grows with every new text.
    """

    def __init__(self, sources: Sequence[str], before: str = "", after: str = "") -> None:
        """`before` and `after` stand around each source; letters count in either case.

        Words are taken from the sources.
        """
        self._whole = any_of(tuple(sources), before, after)
        marks = [marks_of(source.lower()) for source in sources]
        known = {mark: number for number, mark in enumerate(dict.fromkeys(mark for some in marks for mark in some))}
        self._words = Words(list(known), re2.Options()) if FAST else None
        """All marks, found at once. Without the automaton for it they are looked for one by one."""
        self._rows = [
            (some, frozenset(known[mark] for mark in some), Pattern(f"{before}(?:{source}){after}"))
            for some, source in zip(marks, sources, strict=True)
        ]

    def search(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """The first place from `start` on, as a span, or None."""
        if len(text) > _LONG:
            return self._whole.search(text, start)
        best: tuple[int, int] | None = None
        for pattern in self._may_match(text):
            found = pattern.search(text, start)
            if found is None:
                continue
            if best is not None and found[0] == best[0]:
                return self._whole.search(text, start)  # which of the two counts, their order says
            if best is None or found[0] < best[0]:
                best = found
        return best

    def holds(self, text: str) -> bool:
        """Whether any of them stands in the text."""
        return any(pattern.search(text) for pattern in self._may_match(text))

    def _may_match(self, text: str) -> Iterator[Pattern]:
        """The patterns whose words stand in the text."""
        lower = text.lower()
        known = text.isascii() or not any(char in text for char in _ODD_CASE)
        there = {number for number, _, _ in self._words.find(lower.encode())} if self._words and known else None
        for marks, numbers, pattern in self._rows:
            if known and marks and (_missing(marks, lower) if there is None else there.isdisjoint(numbers)):
                continue
            yield pattern


def _missing(marks: Sequence[str], lower: str) -> bool:
    return not any(mark in lower for mark in marks)


_ODD_CASE = ("\u017f", "\u212a", *map(chr, range(0x1C80, 0x1C90)))
"""Letters that match another one when case does not count, and do not become that one in lower case."""
_LEAST = 3
_LONG = 32_768
"""Code points from which on one pass for all sources is faster than one for each."""


def marks_of(source: str) -> tuple[str, ...]:
    """Words one of which stands in any match of a source in lower case; none if there are no telling ones."""
    marks: set[str] = set()
    for need in needs_of(source):
        words = [[_longest_word(word) for word in clause] for clause in need.clauses]
        best = max(words, key=lambda clause: min(map(len, clause)))
        if min(map(len, best)) < _LEAST:
            return ()
        marks.update(best)
    return tuple(sorted(marks))


def _longest_word(word: str) -> str:
    """The longest piece without blanks and digits, which stand for line ends and other digits too."""
    return max(word.replace("0", " ").split(" "), key=len)


@lru_cache(maxsize=64)
def any_of(sources: Sequence[str], before: str = "", after: str = "") -> Pattern:
    """One pattern that matches what any of the sources does, with something put around the choice."""
    choice = "|".join(f"(?:{source})" for source in sources)
    return Pattern(f"{before}(?:{choice}){after}" if sources else _NOTHING)
