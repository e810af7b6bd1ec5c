# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
"""Finds thousands of plain words in a text at once: all places of each, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import re2  # pyright: ignore[reportMissingTypeStubs]

try:
    import ahocorasick_rs
except ImportError:  # no wheel for this machine: RE2 finds the same, slower
    ahocorasick_rs = None

PIECE = 512
"""Bytes of text that RE2 is given at a time: the automaton of its set remembers all that it has seen in one run."""

FAST = ahocorasick_rs is not None
"""Whether words are found by the automaton made for it."""

Place = tuple[int, int, int]
"""Number of a word, start and end in bytes."""


class Words:
    """Words of UTF-8 bytes that are found all at once, wherever they stand."""

    def __init__(self, words: Sequence[str], options: Any) -> None:
        """The numbers of the words are their places in `words`."""
        self._automaton = None
        if FAST and ahocorasick_rs is not None:
            kind = ahocorasick_rs.Implementation.ContiguousNFA
            self._automaton = ahocorasick_rs.BytesAhoCorasick(map(str.encode, words), implementation=kind)
        self.blur = 1 if FAST else PIECE
        """A word that is found starts at the place that is told, or less than so many bytes behind it."""
        self._set: Any = None
        if not FAST and words:
            self._overlap = max(len(word.encode()) for word in words)
            self._set = re2.Set.SearchSet(options)
            for word in words:
                self._set.Add(re2.escape(word))
            self._set.Compile()

    def find(self, text: bytes) -> Sequence[Place]:
        """Every place of every word; by RE2 one in each piece of text."""
        if self._automaton is not None:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        places: list[Place] = []
        for start in range(0, len(text) if self._set else 0, PIECE):
            piece = text[start : start + PIECE + self._overlap]
            places += [(number, start, start) for number in self._set.Match(piece) or ()]
        return places
