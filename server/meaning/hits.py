"""From what units sound like to hits: each sentence makes at most one move, the one it sounds most like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from server.meaning.heads import Heads
from server.meaning.hearing import Hearing, Listened
from server.meaning.units import Sentence, quoted
from server.model import Quote
from server.rulebook.meeting import Piece

NO_EXAMPLE: Mapping[str, str] = {}
QUOTES = 3
"""Of one move in one mail."""
_FAR = 1e9
_CLEARER = 0.5
"""So far (spreads) must a pair lie above a sentence of it that is a hit by itself; else that one is shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A move (sure, clear) or the hint of one. `strength` is 0 to 1, `like` a near example by locale."""

    move: str
    quote: Quote
    strength: float
    is_clear: bool
    is_sure: bool
    like: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    move: int
    unit: tuple[int, ...]
    nearest: int


class Hits:
    """Picks the hits. Safe to share among threads."""

    def __init__(self, heads: Heads, hearing: Hearing) -> None:
        self._heads = heads
        self._hearing = hearing

    def found(
        self, piece: Piece, listened: Listened, off: float, vetoes: Mapping[str, Sequence[str]]
    ) -> dict[str, tuple[Hit, ...]]:
        """The hits of every move, the clearest first. `off`: what each score loses; `vetoes`: as `Reader.read`."""
        parts = listened.parts
        hits: dict[str, list[Hit]] = {}
        taken: set[int] = set()
        for one in sorted(self._candidates(listened, off, vetoes), key=_clearest_first):
            row = hits.setdefault(self._heads.moves[one.move], [])
            made_of = [part for index in one.unit for part in parts.made_of[index]]
            if taken.isdisjoint(made_of) and len(row) < QUOTES:
                taken.update(made_of)
                row.append(self._hit(piece, parts.found, one))
        return {move: tuple(row) for move, row in hits.items() if row}

    def _candidates(self, listened: Listened, off: float, vetoes: Mapping[str, Sequence[str]]) -> Iterable[_Candidate]:
        """Units and the moves they hint at, each score less `off`.

        Singles come first among the units, and a pair must be clearer than they.
        """
        parts, least = listened.parts, self._heads.hint
        alone: dict[tuple[int, int], float] = {}
        for number, (group, row, names) in enumerate(zip(parts.groups, listened.heard, listened.seen, strict=True)):
            for move, hint in list(row.hints.items()):
                if move < 0 or hint.score - off < least:
                    continue
                hint = self._hearing.asked(listened, number, move)
                value = hint.score - off
                if value < least or not names.isdisjoint(vetoes.get(self._heads.moves[move], ())):
                    continue
                if len(group) == 1 and number < parts.usual:
                    alone[group[0], move] = value
                elif any(
                    value - alone.get((part, move), -_FAR) < _CLEARER
                    for index in group
                    for part in parts.made_of[index]
                ):
                    continue
                yield _Candidate(value, move, group, hint.nearest)

    def _hit(self, piece: Piece, found: Sequence[Sentence], one: _Candidate) -> Hit:
        heads, score = self._heads, one.score
        quote = quoted(piece, found[one.unit[0]], found[one.unit[-1]])
        like: Mapping[str, str] = heads.examples[one.move][one.nearest] if one.nearest >= 0 else NO_EXAMPLE
        return Hit(heads.moves[one.move], quote, heads.strength(score), score >= heads.clear, score >= heads.sure, like)


def _clearest_first(one: _Candidate) -> tuple[float, int, tuple[int, ...]]:
    return -one.score, one.move, one.unit
