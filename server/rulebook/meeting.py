"""Phrase sets that must stand together: in one sentence, one paragraph, two neighbouring lines, or one mail."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from server.rulebook.normalise import Normal
from server.rulebook.rule import Meeting

_MARK = re.compile(r"[!?;。\n.]")
"""On normalised text, where full-width marks have become plain ones. A full stop inside 1.5 or a.b ends nothing."""

_LINE_END = re.compile("\n")


class Hit(NamedTuple):
    """A place in a piece, in characters of its normalised text."""

    piece: int
    start: int
    end: int


@dataclass(slots=True)
class Piece:
    """One scanned part of the mail: its original text, its normal form, and how to get back from one to the other."""

    part: Literal["subject", "body"]
    text: str
    normal: Normal
    places: list[int]
    """Where each span starts in the joined text that was normalised."""
    shifts: list[int]
    """What to add to an offset of that span to get the offset in the original."""
    _sentences: list[int] | None = field(default=None)
    _lines: list[int] | None = field(default=None)

    def original(self, offset: int) -> int:
        """The offset in the original text of an offset in the joined text."""
        if len(self.shifts) == 1:
            return offset + self.shifts[0]
        return offset + self.shifts[bisect_right(self.places, offset) - 1]

    def sentence(self, offset: int) -> int:
        """The number of the sentence, from 0, that holds a character of the normal form."""
        if self._sentences is None:
            self._sentences = _sentence_ends(self.normal.text)
        return bisect_left(self._sentences, offset)

    def line(self, offset: int) -> int:
        """The number of the line (a paragraph, or a short line), from 0."""
        if self._lines is None:
            self._lines = [match.start() for match in _LINE_END.finditer(self.normal.text)]
        return bisect_left(self._lines, offset)


def _sentence_ends(text: str) -> list[int]:
    marks = (match.start() for match in _MARK.finditer(text))
    return [at for at in marks if text[at] != "." or at + 1 == len(text) or text[at + 1] in " \n"]


Window = tuple[int, int]


def _windows(hit: Hit, within: str, pieces: Sequence[Piece]) -> tuple[Window, ...]:
    """The windows that a hit stands in. Its start decides; a `neighbours` window is a line and the next one."""
    piece = pieces[hit.piece]
    if within == "mail":
        return ((-1, 0),)
    if within == "sentence":
        return ((hit.piece, piece.sentence(hit.start)),)
    line = piece.line(hit.start)
    if within == "neighbours":
        return ((hit.piece, line - 1), (hit.piece, line))
    return ((hit.piece, line),)


def meet(meeting: Meeting, hits: Mapping[str, list[Hit]], pieces: Sequence[Piece]) -> list[Hit]:
    """First to last hit of each window in which all sets meet and none of `without` stands."""
    if any(name not in hits for name in meeting.meets):
        return []
    windows: dict[Window, list[Hit]] = {}
    common: set[Window] | None = None
    for name in meeting.meets:
        mine: set[Window] = set()
        for hit in hits[name]:
            for window in _windows(hit, meeting.within, pieces):
                mine.add(window)
                windows.setdefault(window, []).append(hit)
        common = mine if common is None else common & mine
    for name in meeting.without:
        for hit in hits.get(name, ()):
            (common or set()).difference_update(_windows(hit, meeting.within, pieces))
    found: list[Hit] = []
    for window in sorted(common or ()):
        inside = windows[window]
        for number in sorted({hit.piece for hit in inside}):
            here = [hit for hit in inside if hit.piece == number]
            found.append(Hit(number, min(hit.start for hit in here), max(hit.end for hit in here)))
    return found
