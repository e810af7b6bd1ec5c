"""Whether a unit makes any move at all, or only speaks of the same matter: a small network that all heads share.

A head is one direction, and a direction cannot learn that "you pay the fee" is a move and "we pay the fee" is none:
that takes two things together. No single move has examples enough to learn it; all of them have.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.meaning.packing import matrix

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Suspicion:
    """One hidden layer. Row i of `inner` leads from the i-th number of a unit to all hidden ones."""

    inner: Matrix = field(repr=False)
    inner_bias: Matrix = field(repr=False)
    outer: Matrix = field(repr=False)
    gains: Matrix = field(repr=False)
    """What it adds to the score of each move."""

    def added(self, vectors: Matrix, beside: Matrix) -> Matrix:
        """What each unit (row) gains for each move (column). `beside`: the phrase sets, as `Heads.scores` has them."""
        import numpy as np

        size = vectors.shape[1]
        hidden = vectors @ self.inner[:size]
        hidden += beside @ self.inner[size:]
        hidden += self.inner_bias
        np.maximum(hidden, 0, out=hidden)
        return np.outer(hidden @ self.outer, self.gains).astype(np.float32, copy=False)


def read_suspicion(row: dict[str, Any], gains: Matrix, size: int) -> Suspicion:
    """The network of a heads file. Raises ValueError for another size, KeyError where something is missing."""
    import numpy as np

    hidden = row["hidden"]
    return Suspicion(
        inner=matrix(row["inner"], (size, hidden)),
        inner_bias=np.array(row["inner_bias"], dtype=np.float32),
        outer=np.array(row["outer"], dtype=np.float32),
        gains=gains,
    )
