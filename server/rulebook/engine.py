# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportPrivateUsage=false
"""google-re2 behind four typed calls: it ships no types. One place to change if the engine changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import re2  # pyright: ignore[reportMissingTypeStubs]

from server.rulebook.forms import edged, is_edged, unwrapped
from server.rulebook.needs import needs_of, strength

_MEMORY = 64 << 20
"""Bytes. With RE2's own 8 MB the automaton is flushed on ordinary mails (measured: 4 to 7 ms instead of 0.7)."""

_UNANCHORED = re2._re2.RE2.Anchor.UNANCHORED
_EDGES = 4
"""Bytes by which a word with its edges may reach beyond a match, and by which places in both forms are shifted."""

_PIECE = 512
"""Bytes of text that are searched for words at a time."""

_SHORT = 1024
"""Bytes up to which a pattern is sooner run on all the text than on the places where its words stand."""


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
    """All patterns. First the words they need, found all at once; then each pattern, where its words stand together."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._options = _options()
        self._exact: dict[int, Any] = {}
        needs = [needs_of(source) for source in sources]
        self._always = [index for index, need in enumerate(needs) if not need.clauses]
        # A word of the rarest clause starts the look at a pattern; the other clauses are looked at only then.
        self._longest = [need.longest + _EDGES for need in needs]
        numbers: dict[str, int] = {}
        started: list[list[int]] = []
        self._others: list[tuple[frozenset[int], ...]] = []
        for index, need in enumerate(needs):
            ready: list[frozenset[int]] = []
            for clause in sorted(need.clauses, key=strength, reverse=True):
                for word in clause:
                    if numbers.setdefault(word, len(started)) == len(started):
                        started.append([])
                ready.append(frozenset(numbers[word] for word in clause))
            for number in ready[0] if ready else ():
                started[number].append(index)
            self._others.append(tuple(ready[1:]))
        self._started = started
        self._edged = _Words([(word, number) for word, number in numbers.items() if is_edged(word)], self._options)
        self._plain = _Words([(word, number) for word, number in numbers.items() if not is_edged(word)], self._options)

    def search(self, text: bytes, limit: int) -> list[tuple[int, int, int]]:
        """Pattern index, start and end (bytes) of the first `limit` places of every pattern in UTF-8 text."""
        found: list[tuple[int, int, int]] = []
        size = len(text)
        whole = ((0, size),)
        for index, pieces in self._candidates(text):
            near = None if size <= _SHORT else pieces
            windows = whole if near is None else _windows(near, self._longest[index], size)
            _add_spans(index, self._exact.get(index) or self._pattern(index), text, windows, limit, found)
        return found

    def _pattern(self, index: int) -> Any:
        """The search of a pattern. It is RE2's own: its wrapper in Python costs as much as the search itself."""
        pattern = self._exact.get(index)
        if pattern is None:
            pattern = re2.compile(self._sources[index].encode(), self._options)._regexp.Match
            self._exact[index] = pattern
        return pattern

    def _candidates(self, text: bytes) -> Iterator[tuple[int, int | None]]:
        """Patterns whose words stand together, with the pieces of text (as bits) where they do; None is anywhere."""
        for index in self._always:
            yield index, None
        words: dict[int, int] = {}
        self._edged.find(edged(text), words)
        self._plain.find(unwrapped(text), words)
        missing = words.keys().isdisjoint
        first: dict[int, int] = {}
        for word, pieces in words.items():
            for index in self._started[word]:
                first[index] = first.get(index, 0) | pieces
        for index, near in first.items():
            others = self._others[index]
            for clause in others:
                if missing(clause):
                    break
            else:
                if others and len(text) > _SHORT:
                    near = self._narrowed(index, near, words, len(text))
                if near:
                    yield index, near

    def _narrowed(self, index: int, near: int, words: dict[int, int], size: int) -> int:
        """Of the pieces with a first word of the pattern, those that have its other words in reach of a match."""
        if self._longest[index] >= size:
            return near
        reach = -(-self._longest[index] // _PIECE)
        for clause in self._others[index]:
            pieces = 0
            for word in words.keys() & clause:
                pieces |= words[word]
            near &= _widened(pieces, reach)
        return near


class _Words:
    """Words that are found all at once."""

    def __init__(self, words: Sequence[tuple[str, int]], options: re2.Options) -> None:
        self._numbers = [number for _, number in words]
        self._overlap = max((len(word.encode()) for word, _ in words), default=0)
        self._set = re2.Set.SearchSet(options)
        for word, _ in words:
            self._set.Add(re2.escape(word))
        if words:
            self._set.Compile()

    def find(self, text: bytes, found: dict[int, int]) -> None:
        """Add the words of a text to `found`: by number, the pieces of text that hold them, as bits.

        In short pieces, because the set's automaton remembers all that it has seen in one run.
        """
        numbers = self._numbers
        for start in range(0, len(text) if numbers else 0, _PIECE):
            bit = 1 << start // _PIECE
            for word in self._set.Match(text[start : start + _PIECE + self._overlap]) or ():
                number = numbers[word]
                found[number] = found.get(number, 0) | bit


def _add_spans(
    index: int,
    pattern: Any,
    text: bytes,
    windows: Iterable[tuple[int, int]],
    limit: int,
    found: list[tuple[int, int, int]],
) -> None:
    """Add the first `limit` places of a pattern, without overlap, in windows that hold all its matches whole."""
    for at, stop in windows:
        while at <= stop:
            start, end = pattern(_UNANCHORED, text, at, stop)[0]
            if start < 0:
                break
            if end > start:
                found.append((index, start, end))
                limit -= 1
                if not limit:
                    return
            at = max(end, at + 1)


def _windows(pieces: int, longest: int, size: int) -> Iterator[tuple[int, int]]:
    """The ranges of text within `longest` of these pieces, joined where they touch.

    A match holds a word of one of the pieces, so it lies in one range whole: searching there finds what a search of
    all the text would find there, in the same order.
    """
    if longest >= size:
        yield 0, size
        return
    number, low, high = 0, 0, -1
    while pieces:
        skip = (pieces & -pieces).bit_length() - 1
        run = _trailing_ones(pieces >> skip)
        start = (number + skip) * _PIECE
        first, last = max(0, start - longest), min(size, start + run * _PIECE + longest)
        if first <= high:
            high = last
        else:
            if high >= 0:
                yield low, high
            low, high = first, last
        pieces >>= skip + run
        number += skip + run
    yield low, high


def _widened(mask: int, reach: int) -> int:
    """The bits and `reach` neighbours to both sides."""
    for _ in range(reach):
        mask |= mask << 1 | mask >> 1
    return mask


def _trailing_ones(mask: int) -> int:
    return (~mask & (mask + 1)).bit_length() - 1
