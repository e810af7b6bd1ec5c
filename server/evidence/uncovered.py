"""The text of a mail as its reader sees it: no invisible characters, no words that mix scripts of the same look.

Else a zero-width space or a Cyrillic letter inside "University" would hide who the writer claims to be. Offsets lead
back to the original. Twin: extension/src/evidence/uncovered.js.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from server.evidence.plain import Span
from server.rulebook.normalise import HIDDEN, hides
from server.rulebook.one_script import one_script

_MOST = 1 << 20
"""Code points of a text that is looked at; a longer one is taken as it is."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A text without what was hidden in it. `here` and `there`: where each run starts, now and in the original."""

    text: str
    here: tuple[int, ...] = ()
    there: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> Span:
        """A range of this text in the original, with what is hidden inside of it, not around it."""
        if not self.here:
            return start, end
        first = self._place(start)
        return first, max(first, self._place(end - 1) + 1)

    def _place(self, at: int) -> int:
        run = max(bisect_right(self.here, at) - 1, 0)
        return self.there[run] + at - self.here[run]


def uncovered(text: str) -> Uncovered:
    """The text as its reader sees it."""
    if len(text) > _MOST:
        return Uncovered(text)
    if not hides(text):
        return Uncovered(one_script(text))
    kept: list[str] = []
    here: list[int] = []
    there: list[int] = []
    size = at = 0
    for start, end in [*(match.span() for match in HIDDEN.finditer(text)), (len(text), len(text))]:
        if start > at:
            kept.append(text[at:start])
            here.append(size)
            there.append(at)
            size += start - at
        at = end
    return Uncovered(one_script("".join(kept)), tuple(here) or (0,), tuple(there) or (0,))
