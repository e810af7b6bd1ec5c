# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportPrivateUsage=false
"""google-re2 behind three typed calls: it ships no types. One place to change if the engine changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import re2  # pyright: ignore[reportMissingTypeStubs]

from server.rulebook.candidates import PIECE, Candidates

_MEMORY = 64 << 20
"""Bytes. With RE2's own 8 MB the automaton is flushed on ordinary mails (measured: 4 to 7 ms instead of 0.7)."""

_OF_ONE = 64 << 10
"""The same for a pattern by itself. There are thousands: with 1 MB each they grew by 60 MB over as many mails."""

_OF_BUSY = 1 << 20
"""The same for patterns that are searched for often and are large: with little memory they read each text step by step,
with more they know texts like those before (43 us and 3 in 2 KB). Over mails that are all distinct that spares 4 % of a
search, where texts come again 12 %."""
_BUSY = 32 << 10
"""Bytes that a pattern has read until it is busy."""
_NEVER = 1 << 60
_LARGE = 150
"""Steps of a program whose automaton may not fit into little memory."""
_MOST_BUSY = 80
"""Patterns that are given more: they take 14 MB. More of them save no time that can be measured."""

_UNANCHORED = re2._re2.RE2.Anchor.UNANCHORED
_GAP = 256
"""Bytes that are sooner searched than left out."""

Found = list[tuple[int, int, int]]
"""Pattern index, start and end (bytes)."""


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True  # spans of whole matches only: RE2 then stays in its fast automaton
    options.log_errors = False
    return options


def refusals(sources: Sequence[str]) -> dict[int, str]:
    """Why RE2 refuses some of these patterns, by their index; empty if it takes them all."""
    trial = re2.Set.SearchSet(_options())
    found: dict[int, str] = {}
    for index, source in enumerate(sources):
        try:
            trial.Add(source)
        except re2.error:
            found[index] = _reason(source)
    return found


def _reason(source: str) -> str:
    try:
        re2.compile(source, _options())
    except re2.error as error:
        words = error.args[0] if error.args else ""
        return words.decode() if isinstance(words, bytes) else str(words)
    return "RE2 cannot take it into a set"


class Engine:
    """All patterns. First the words they need, found all at once; then each pattern, around its rarest words only."""

    def __init__(self, sources: Sequence[str], sample: bytes = b"") -> None:
        """`sample`: text that shows how often words stand in mails, normalised; it only makes searching faster."""
        self._sources = sources
        self._options = _options()
        self._exact: list[Callable[..., Any] | None] = [None] * len(sources)
        self._left = [_NEVER] * len(sources)
        """Bytes until a pattern that is large and has little memory is busy. Threads may lose some of each other's."""
        self._busy = 0
        self._candidates = Candidates(sources, sample, self._options)

    def search(self, text: bytes, limit: int) -> Found:
        """The first `limit` places of every pattern in UTF-8 text, in no order."""
        found: Found = []
        reach, size = self._candidates.reach, len(text)
        for index in self._candidates.always:
            self._add(index, text, ((0, size),), limit, found)
        for index, near in self._candidates.find(text).items():
            self._add(index, text, _windows(near, *reach[index], size), limit, found)
        return found

    def _add(self, index: int, text: bytes, windows: Sequence[tuple[int, int]], limit: int, found: Found) -> None:
        """Add the first `limit` places of a pattern, without overlap.

        A match lies whole in one of the windows: searching there finds what a search of all the text would find there,
        in the same order.
        """
        match = self._exact[index] or self._pattern(index)
        left = self._left[index] = self._left[index] - windows[-1][1] + windows[0][0]
        if left < 0 and self._busy < _MOST_BUSY:
            match = self._with_more(index)
        for at, stop in windows:
            while at <= stop:
                start, end = match(_UNANCHORED, text, at, stop)[0]
                if start < 0:
                    break
                if end > start:
                    found.append((index, start, end))
                    limit -= 1
                    if not limit:
                        return
                at = max(end, at + 1)

    def _pattern(self, index: int) -> Callable[..., Any]:
        """The search of a pattern. It is RE2's own: its wrapper in Python costs as much as the search itself."""
        try:
            pattern = self._compiled(index, _OF_ONE)
            if pattern.ProgramSize() > _LARGE:
                self._left[index] = _BUSY
        except re2.error:  # too large for that
            pattern = self._compiled(index, _MEMORY)
        match: Callable[..., Any] = pattern.Match
        self._exact[index] = match
        return match

    def _with_more(self, index: int) -> Callable[..., Any]:
        """The search of a pattern that is busy. Threads that come here together only compile it twice."""
        self._busy += 1
        self._left[index] = _NEVER
        match: Callable[..., Any] = self._compiled(index, _OF_BUSY).Match
        self._exact[index] = match
        return match

    def _compiled(self, index: int, memory: int) -> Any:
        options = _options()
        options.max_mem = memory
        return re2.compile(self._sources[index].encode(), options)._regexp


def _windows(pieces: int, before: int, behind: int, size: int) -> Sequence[tuple[int, int]]:
    """The ranges of text in reach of these pieces (as bits), joined where little lies between them.

    A match holds a word that starts in one of the pieces, at most `before` bytes after the match's own start, and ends
    at most `behind` bytes after that word's start.
    """
    if not pieces & pieces - 1:
        start = (pieces.bit_length() - 1) * PIECE
        return ((max(0, start - before), min(size, start + PIECE + behind)),)
    windows: list[tuple[int, int]] = []
    low = high = -1
    while pieces:
        first = pieces & -pieces
        pieces ^= first
        start = (first.bit_length() - 1) * PIECE
        if high < 0:
            low = max(0, start - before)
        elif start - before > high + _GAP:
            windows.append((low, high))
            low = start - before
        high = start + PIECE + behind
        if high >= size:
            break
    windows.append((low, min(size, high)))
    return windows
