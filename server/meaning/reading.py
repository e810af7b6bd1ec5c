"""Finds the moves in a mail's sentences: each sentence makes at most one move, the one it sounds most like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server.meaning.cache import UnitCache
from server.meaning.encoder import Encoder
from server.meaning.heads import Heads
from server.meaning.units import Sentence, phrases_of, sentences, units
from server.model import Quote
from server.rulebook.meeting import Piece

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

QUOTES = 3
_FAR = 1e9
"""Of one move in one mail."""
_QUOTE = 200
_CLEARER = 0.5
"""So far (spreads) must a pair lie above a sentence of it that is a hit by itself; else that one is shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that is a move, or hints at one. `strength` is 0 to 1; `like` an example near enough, by locale."""

    move: str
    quote: Quote
    strength: float
    is_clear: bool
    like: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    move: int
    unit: tuple[int, ...]


class Reader:
    """Heads and encoder at work on sentences. Safe to share among threads."""

    def __init__(self, heads: Heads, encoder: Encoder) -> None:
        self._heads = heads
        self._encoder = encoder
        self._cache = UnitCache()
        self._examples: dict[int, Matrix] = {}
        self._place = {name: place for place, name in enumerate(heads.sets)}

    def read(
        self, piece: Piece, phrases: Mapping[str, Sequence[int]], vetoes: Mapping[str, Sequence[str]]
    ) -> dict[str, tuple[Hit, ...]]:
        """The hits of every move that was found.

        `phrases`: where in the text the hits of each phrase set start. `vetoes`: the sets that contradict each move.
        """
        found = sentences(piece)
        groups = units(found)
        if not groups:
            return {}
        seen = phrases_of(found, groups, phrases)
        scores = self._scores(found, groups, seen)
        places = self._candidates(groups, scores, seen, vetoes)
        hits: dict[str, list[Hit]] = {}
        taken: set[int] = set()
        for one in sorted(places, key=lambda one: (-one.score, one.move, one.unit)):
            row = hits.setdefault(self._heads.moves[one.move], [])
            if taken.isdisjoint(one.unit) and len(row) < QUOTES:
                taken.update(one.unit)
                row.append(self._hit(piece, found, one))
        return {move: tuple(row) for move, row in hits.items() if row}

    def _scores(
        self, found: Sequence[Sentence], groups: Sequence[tuple[int, ...]], seen: Sequence[frozenset[str]]
    ) -> Matrix:
        import numpy as np

        flags = [frozenset(self._place[name] for name in names if name in self._place) for names in seen]
        keys = [
            self._cache.key(f"{sorted(flag)}\n" + "\n".join(found[index].text for index in group))
            for group, flag in zip(groups, flags, strict=True)
        ]
        rows = self._cache.get(keys)
        missing = [place for place, row in enumerate(rows) if row is None]
        if missing:
            needed = sorted({index for place in missing for index in groups[place]})
            place_of = {index: place for place, index in enumerate(needed)}
            wanted = [tuple(place_of[index] for index in groups[place]) for place in missing]
            vectors = self._encoder.encode([found[index].text for index in needed], wanted)
            made = self._heads.scores(vectors, [flags[place] for place in missing])
            self._cache.put({keys[place]: made[number] for number, place in enumerate(missing)})
            for number, place in enumerate(missing):
                rows[place] = made[number]
        return np.stack([row for row in rows if row is not None])

    def _candidates(
        self,
        groups: Sequence[tuple[int, ...]],
        scores: Matrix,
        seen: Sequence[frozenset[str]],
        vetoes: Mapping[str, Sequence[str]],
    ) -> Iterable[_Candidate]:
        alone: dict[tuple[int, int], float] = {}
        for row, move in zip(*(scores >= self._heads.hint).nonzero(), strict=True):
            group, value = groups[int(row)], float(scores[row, move])
            if not seen[int(row)].isdisjoint(vetoes.get(self._heads.moves[int(move)], ())):
                continue
            if len(group) == 1:
                alone[group[0], int(move)] = value
            elif any(value - alone.get((index, int(move)), -_FAR) < _CLEARER for index in group):
                continue
            yield _Candidate(value, int(move), group)

    def _hit(self, piece: Piece, found: Sequence[Sentence], one: _Candidate) -> Hit:
        first, last = found[one.unit[0]], found[one.unit[-1]]
        end = min(last.end, first.start + _QUOTE)
        quote = Quote("body", piece.text[first.start : end], first.start, end, first.number)
        like = self._nearest(one.move, [found[index].text for index in one.unit])
        heads = self._heads
        return Hit(heads.moves[one.move], quote, heads.strength(one.score), one.score >= heads.clear, like)

    def _nearest(self, move: int, texts: Sequence[str]) -> Mapping[str, str]:
        """The scenario whose example is nearest, if near enough: a wrong example explains nothing."""
        examples = self._heads.examples[move]
        if not examples:
            return {}
        here = self._encoder.encode(texts, [tuple(range(len(texts)))])
        cosines = (self._example_vectors(move) @ here[0]).tolist()
        best = max(range(len(cosines)), key=lambda index: cosines[index])
        return examples[best // 2] if cosines[best] >= self._heads.near else {}

    def _example_vectors(self, move: int) -> Matrix:
        """Vectors of a move's examples, two rows a scenario; made when the move is first seen."""
        made = self._examples.get(move)
        if made is None:
            texts = [row[locale].lower() for row in self._heads.examples[move] for locale in ("en", "zh_CN")]
            made = self._examples[move] = self._encoder.encode(texts, [(index,) for index in range(len(texts))])
        return made
