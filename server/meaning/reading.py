"""Finds the moves in a mail's sentences: each sentence makes at most one move, the one it sounds most like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from server.meaning.cache import NOTHING, UNASKED, Heard, Hint, Hints, UnitCache
from server.meaning.customer import Customer, customer_of
from server.meaning.cut import Cut, cut
from server.meaning.deal_heads import ENOUGH, OF_TRADE, DealHeads
from server.meaning.encoder import Encoder
from server.meaning.heads import Heads
from server.meaning.nearness import Nearness
from server.meaning.telling import telling_of
from server.meaning.tenor import MOST, Tenor, tenor_of
from server.meaning.units import Sentence, phrases_of, quoted
from server.model import Quote
from server.rulebook.meeting import Piece

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]
    Vector = npt.NDArray[np.float32]

NO_EXAMPLE: Mapping[str, str] = {}
QUOTES = 3
"""Of one move in one mail."""
_FAR = 1e9
_USUAL = 32
"""Units of an ordinary mail. The more sentences a text has, the more of them sound like something by chance."""
_CHANCE = 0.25
"""Spreads that each doubling beyond the usual length takes off a score: a newsletter of 200 units loses 0.66."""
_OTHER = 0.3
"""Spreads more that a move must have in a mail that is not about trade: the heads learned from trade letters. With this
and with what `nearness.py` takes off 2 of 723 mails of an energy company's staff were red instead of 5, and of
list_trade_fraud as many as before."""
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


class Read(NamedTuple):
    """The hits of every move that was found, whether all sentences were looked at, and signs of a deal."""

    hits: dict[str, tuple[Hit, ...]]
    is_whole: bool
    signs: dict[str, tuple[Quote, ...]]
    """For each sign that the deal heads know, the sentences that show it; none without such heads."""
    tenor: float | None
    """What the whole mail sounds like, as the moves were weighed with it; None without a trained tenor."""
    telling: tuple[Quote, ...]
    """The sentences that have the greatest share in it."""
    customer: Customer
    """How likely each customer level is; nothing without a trained tenor."""


class Reader:
    """Heads and encoder at work on sentences. Safe to share among threads."""

    def __init__(
        self, heads: Heads, encoder: Encoder, deals: DealHeads | None = None, tenor: Tenor | None = None
    ) -> None:
        self._heads = heads
        self._deals = deals
        self._tenor = tenor
        self._least = heads.hint - (MOST if tenor else 0.0)
        """A score that the tenor can make a hint."""
        self._encoder = encoder
        self._cache = UnitCache()
        self._place = {name: place for place, name in enumerate(heads.sets)}
        self._near = Nearness(heads, encoder)

    @property
    def moves(self) -> frozenset[str]:
        """The moves that it knows."""
        return frozenset(self._heads.moves)

    def read(
        self,
        piece: Piece,
        phrases: Mapping[str, Sequence[int]],
        vetoes: Mapping[str, Sequence[str]],
        *,
        of_trade: int | None = ENOUGH,
    ) -> Read:
        """The hits of every move that was found.

        `phrases`: where in the text the hits of each phrase set start. `vetoes`: the sets that contradict each move.
        `of_trade`: how many patterns say that the mail is about goods or a deal; None where it is no inquiry and no
        talk of an order. With the signs found here there must be ENOUGH: the tenor was learned from such mails.
        """
        parts = cut(piece)
        seen = phrases_of(parts.found, parts.groups, phrases)
        heard, fresh = self._heard(parts, seen)
        signs = self._deals.found(piece, parts.found, parts.groups[: parts.usual], heard) if self._deals else {}
        shares = [one.share for one in heard if one.share]
        is_trade = of_trade is not None and of_trade + sum(any(map(signs.get, row)) for row in OF_TRADE) >= ENOUGH
        tenor = tenor_of(shares, is_whole=parts.is_whole, is_trade=is_trade) if self._tenor else None
        off = _CHANCE * log2(max(1.0, parts.usual / _USUAL)) - (tenor or 0.0) + (0.0 if is_trade else _OTHER)
        hits: dict[str, list[Hit]] = {}
        taken: set[int] = set()
        for one in sorted(self._candidates(parts, heard, fresh, off, seen, vetoes), key=_clearest_first):
            row = hits.setdefault(self._heads.moves[one.move], [])
            made_of = [part for index in one.unit for part in parts.made_of[index]]
            if taken.isdisjoint(made_of) and len(row) < QUOTES:
                taken.update(made_of)
                row.append(self._hit(piece, parts.found, one))
        side = -1.0 if (tenor or 0.0) < 0 else 1.0
        telling = telling_of(piece, parts, heard, lambda share: side * share.fraud)
        found = {move: tuple(row) for move, row in hits.items() if row}
        return Read(found, parts.is_whole, signs, tenor, telling, customer_of(piece, parts, heard))

    def _heard(self, parts: Cut, seen: Sequence[frozenset[str]]) -> tuple[list[Heard], dict[int, Vector]]:
        """What all units sound like: those seen before from the cache, the others at once; and their vectors."""
        found, groups = parts.found, parts.groups
        flags = [frozenset(self._place[name] for name in names if name in self._place) for names in seen]
        keys = [
            self._cache.key(f"{sorted(flag)}\n" + "\n".join(found[index].text for index in group))
            for group, flag in zip(groups, flags, strict=True)
        ]
        rows = self._cache.get(keys)
        missing = [place for place, row in enumerate(rows) if row is None]
        fresh: dict[int, Vector] = {}
        if missing:
            needed = sorted({index for place in missing for index in groups[place]})
            place_of = {index: place for place, index in enumerate(needed)}
            wanted = [tuple(place_of[index] for index in groups[place]) for place in missing]
            vectors = self._encoder.encode([found[index].text for index in needed], wanted)
            scores = self._heads.scores(vectors, [flags[place] for place in missing])
            shares = self._tenor.shares(vectors) if self._tenor else [None] * len(missing)
            for place, hints, share in zip(missing, self._hints(scores, vectors), shares, strict=True):
                rows[place] = Heard(hints, share)
            self._cache.put({keys[place]: row for place in missing if (row := rows[place]) is not None})
            fresh = dict(zip(missing, vectors, strict=True))
        return [row for row in rows if row is not None], fresh

    def _hints(self, scores: Matrix, vectors: Matrix) -> list[Hints]:
        """For each move hinted at, or that the tenor may make a hint of, its score; of the first an example near it."""
        found: list[dict[int, Hint]] = [{} for _ in scores]
        rows, moves = (scores >= self._least).nonzero()
        for row, move in zip(rows.tolist(), moves.tolist(), strict=True):
            score = float(scores[row, move])
            is_one = score >= self._heads.hint
            found[row][move] = self._near.hint(move, score, vectors[row]) if is_one else Hint(score, UNASKED)
        for row, key, score in self._deals.hints(vectors) if self._deals else ():
            found[row][key] = Hint(score, -1)
        return [row or NOTHING for row in found]

    def _candidates(
        self,
        parts: Cut,
        heard: Sequence[Heard],
        fresh: Mapping[int, Vector],
        off: float,
        seen: Sequence[frozenset[str]],
        vetoes: Mapping[str, Sequence[str]],
    ) -> Iterable[_Candidate]:
        """Units and the moves they hint at, each score less `off`.

        Singles come first among `groups`, and a pair must be clearer than they.
        """
        alone: dict[tuple[int, int], float] = {}
        for number, (group, row, names) in enumerate(zip(parts.groups, heard, seen, strict=True)):
            is_closer = number >= parts.usual
            for move, hint in list(row.hints.items()):
                if move < 0 or hint.score - off < self._heads.hint:
                    continue
                if hint.nearest == UNASKED:
                    vector = fresh[number] if number in fresh else self._vector(parts, group)
                    hint = row.hints[move] = self._near.hint(move, hint.score, vector)
                value = hint.score - off
                if value < self._heads.hint or not names.isdisjoint(vetoes.get(self._heads.moves[move], ())):
                    continue
                if len(group) == 1 and not is_closer:
                    alone[group[0], move] = value
                elif any(
                    value - alone.get((part, move), -_FAR) < _CLEARER
                    for index in group
                    for part in parts.made_of[index]
                ):
                    continue
                yield _Candidate(value, move, group, hint.nearest)

    def _vector(self, parts: Cut, group: tuple[int, ...]) -> Vector:
        texts = [parts.found[index].text for index in group]
        return self._encoder.encode(texts, [tuple(range(len(texts)))])[0]

    def _hit(self, piece: Piece, found: Sequence[Sentence], one: _Candidate) -> Hit:
        heads = self._heads
        first, last = found[one.unit[0]], found[one.unit[-1]]
        quote = quoted(piece, first, last)
        like: Mapping[str, str] = heads.examples[one.move][one.nearest] if one.nearest >= 0 else NO_EXAMPLE
        score = one.score
        return Hit(heads.moves[one.move], quote, heads.strength(score), score >= heads.clear, score >= heads.sure, like)


def _clearest_first(one: _Candidate) -> tuple[float, int, tuple[int, ...]]:
    return -one.score, one.move, one.unit
