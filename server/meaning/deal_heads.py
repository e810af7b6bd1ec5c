# pyright: reportUnknownMemberType=false
"""Heads that find signs of a deal in a sentence: goods named, a specification, an order under way. They inform only.

They stand on the same vectors as the moves, in a file of their own: a training of one leaves the other alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.meaning.cache import Heard
from server.meaning.heads import FILE, read_trained, unpacked
from server.meaning.units import Sentence, quoted
from server.model import Quote
from server.rulebook.meeting import Piece

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

SCHEMA = 1
FOLDER = "deals"
SIGNS = (
    "goods",
    "specification",
    "quantity_or_price",
    "who_he_is",
    "earlier_talk",
    "payment_made",
    "order_under_way",
    "goods_delivered",
    "long_custom",
    "visit",
    "vague",
)
"""What shared_rules/schema/facts.yaml says of them; each is a fact `deal_signs.<sign>`."""
UNDER_WAY = ("payment_made", "order_under_way", "goods_delivered", "long_custom")
"""Signs that a deal has begun; which of them there are is the fact `deal_signs.under_way`."""
OF_TRADE = (("goods",), ("specification",), ("quantity_or_price",), UNDER_WAY)
ENOUGH = 2
"""So many of these, and of the patterns that name goods, details or a deal, stand in a mail that is about trade: in
96 % of 518 written ones, in 16 % of 50 mails of an energy company's staff that a few words put among the inquiries."""
MOST = 8
"""Sentences that are named of one sign: conditions ask whether there are one or two."""


@dataclass(frozen=True)
class DealHeads:
    """All heads of a training. Row i of `weights` and `biases` belongs to `signs[i]`; a score above 0 is the sign."""

    signs: tuple[str, ...]
    encoder: str
    """Name and version of the encoder they were trained with."""
    weights: Matrix = field(repr=False)
    biases: Matrix = field(repr=False)

    def hints(self, vectors: Matrix) -> Iterator[tuple[int, int, float]]:
        """Unit (row), key and score of every sign above its border. Keys lie below 0, those of the moves above."""
        import numpy as np

        scores = vectors @ self.weights.T + self.biases
        rows, signs = np.nonzero(scores > 0)
        for row, sign in zip(rows.tolist(), signs.tolist(), strict=True):
            yield row, _key(sign), float(scores[row][sign])

    def found(
        self, piece: Piece, sentences: Sequence[Sentence], groups: Sequence[tuple[int, ...]], scored: Sequence[Heard]
    ) -> dict[str, tuple[Quote, ...]]:
        """For each sign the sentences that show it by themselves, the clearest first."""
        ranked: list[list[tuple[float, int]]] = [[] for _ in self.signs]
        for group, row in zip(groups, scored, strict=False):
            for key, hint in row.hints.items() if len(group) == 1 else ():
                if key < 0:
                    ranked[_key(key)].append((-hint.score, min(group)))
        return {
            sign: tuple(quoted(piece, sentences[place], sentences[place]) for _, place in sorted(row)[:MOST])
            for sign, row in zip(self.signs, ranked, strict=True)
        }


def _key(sign: int) -> int:
    """The key of a sign, and the sign of a key."""
    return -1 - sign


def read_deal_heads(folder: Path) -> DealHeads | None:
    """The heads of a rule folder's deals/; None if nothing was trained yet. Raises HeadsError."""
    return read_trained(folder / FOLDER / FILE, SCHEMA, _heads)


def _heads(data: dict[str, Any], _version: str) -> DealHeads:
    rows: dict[str, dict[str, Any]] = data["signs"]
    weights, biases = unpacked(rows, data["dim"])
    return DealHeads(signs=tuple(rows), encoder=data["encoder"], weights=weights, biases=biases)
