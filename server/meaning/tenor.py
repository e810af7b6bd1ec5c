"""The tenor of a mail: what all its sentences together sound like, beside the one that makes a move.

A direction among sentence vectors, learned from whole written mails: fraud. A mail's tenor is the mean of its units'
shares, so that each sentence has its part in it, which can be shown. It makes a move of this mail count as clearer, or
as less clear, and alone is nothing. Five more directions tell the customer level (`customer.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from server.meaning.heads import FILE, read_trained, unpacked

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

SCHEMA = 2
FOLDER = "tenor"
CUSTOMERS = ("no_customer", "level_1", "level_2", "level_3", "level_4")
"""Who may write: nobody who buys, or a customer of one of the levels of customer_levels.yaml."""
LEAST, MOST = -0.7, 1.2
"""Spreads that a tenor can take off a move or add to it. Honest sentences are cheap for a crook, so they take off less:
on mails of unseen hands that costs nothing (AUC .959, without limits .961)."""


class Shares(NamedTuple):
    """What one unit alone would make of the tenor and of the customer."""

    fraud: float
    """Spreads of a move: above 0 as fraud mails sound."""
    customer: tuple[float, ...]
    """For each of CUSTOMERS a score (logit), less the mean of all: the more, the likelier."""


@dataclass(frozen=True)
class Tenor:
    """The trained directions."""

    encoder: str
    """Name and version of the encoder they were trained with."""
    weights: Matrix = field(repr=False)
    """A row for fraud, then one for each of CUSTOMERS."""
    biases: Matrix = field(repr=False)

    def shares(self, vectors: Matrix) -> list[Shares]:
        """The share of each unit (row)."""
        rows = vectors @ self.weights.T + self.biases
        rows[:, 1:] -= rows[:, 1:].mean(axis=1, keepdims=True)
        return [Shares(row[0], tuple(row[1:])) for row in rows.tolist()]


def tenor_of(shares: Sequence[Shares], *, is_whole: bool, is_trade: bool) -> float:
    """How a mail's moves count: the mean of what its units say of fraud, within its limits; 0 for none.

    What was not read to its end gains nothing by it, and what is no trade mail loses nothing.
    """
    mean = sum(share.fraud for share in shares) / max(1, len(shares))
    return min(MOST if is_trade else 0.0, max(LEAST if is_whole else 0.0, mean))


def read_tenor(folder: Path) -> Tenor | None:
    """The tenor of a rule folder's tenor/; None if nothing was trained yet. Raises HeadsError."""
    return read_trained(folder / FOLDER / FILE, SCHEMA, _tenor)


def _tenor(data: dict[str, Any], _version: str) -> Tenor:
    weights, biases = unpacked({name: data["tenors"][name] for name in ("fraud", *CUSTOMERS)}, data["dim"])
    return Tenor(data["encoder"], weights, biases)
