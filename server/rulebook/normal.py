"""Normalised text with the way back to the original, for the few places that are ever asked for."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Runs(NamedTuple):
    """Runs of characters of the normal form: first character, place in the original, length there or 0."""

    first: list[int]
    there: list[int]
    length: list[int]


class Dropped(NamedTuple):
    """Where characters were dropped before the text was walked: what is left in runs, here and in the original."""

    here: list[int]
    there: list[int]

    def original(self, at: int) -> int:
        """Where the character stood."""
        run = bisect_right(self.here, at) - 1
        return self.there[run] + at - self.here[run]


class Normal:
    """Normalised text; character i came from the original's code points starts[i] to ends[i] (half open).

    Kept as runs, because few places are ever asked for: each run has its first character here, its place in the
    original, and the length there of each of its characters if these are not one to one (else 0).
    """

    __slots__ = ("_dropped", "_ends", "_first", "_length", "_starts", "_there", "text")

    def __init__(self, text: str, runs: Runs, dropped: Dropped | None = None) -> None:
        """`dropped`: the way from the text that was walked back to one with more characters."""
        self.text = text
        self._first, self._there, self._length = runs
        self._dropped = dropped
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None

    def start(self, index: int) -> int:
        """Where a character starts in the original."""
        run = bisect_right(self._first, index) - 1
        at = self._there[run]
        at = at if self._length[run] else at + index - self._first[run]
        return at if self._dropped is None else self._dropped.original(at)

    def end(self, index: int) -> int:
        """Where a character ends in the original."""
        run = bisect_right(self._first, index) - 1
        length = self._length[run]
        last = self._there[run] + (length - 1 if length else index - self._first[run])
        return 1 + (last if self._dropped is None else self._dropped.original(last))

    @property
    def starts(self) -> list[int]:
        """Where each character starts in the original."""
        if self._starts is None:
            self._starts = [self.start(index) for index in range(len(self.text))]
        return self._starts

    @property
    def ends(self) -> list[int]:
        """Where each character ends in the original."""
        if self._ends is None:
            self._ends = [self.end(index) for index in range(len(self.text))]
        return self._ends
