# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The dense layers behind the sum over tokens: what the network was trained to say of a whole sentence or pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]


class Dense:
    """Five layers, two of them beside a shorter way. Safe to share among threads: nothing in it changes.

    Up to the first bend all is linear: what a sentence gives is computed once, not for every unit that it is part of.
    """

    def __init__(self, weights: Any) -> None:
        both = np.hstack([weights.d0, weights.p1]).astype(np.float64)
        self._weights: Matrix = (weights.cnn_W.astype(np.float64) @ both).astype(np.float32)
        self._bias: Matrix = (weights.cnn_b.astype(np.float64) @ both).astype(np.float32)
        self._inner = int(weights.d0.shape[1])
        self._second: Matrix = weights.d1
        self._third: Matrix = np.hstack([weights.d2, weights.p3])
        self._last: Matrix = weights.d3
        self.dim = int(weights.p3.shape[1])
        self._zeros = np.zeros(max(self._inner, self.dim), dtype=np.float32)

    def gives(self, sums: Matrix, tokens: Matrix) -> Matrix:
        """What each sentence gives to the units that it is part of: from its sum over tokens, and how many they are."""
        given = sums @ self._weights
        given += tokens[:, None] * self._bias
        return given

    def reads(self, given: Matrix, tokens: Matrix) -> Matrix:
        """One row for each unit. `given`: the sum of what its sentences give; `tokens`: how many tokens they have."""
        given *= np.reciprocal(np.sqrt(tokens))[:, None]
        rows = self._bent(given[:, : self._inner]) @ self._second
        rows += given[:, self._inner :]
        both = self._bent(rows) @ self._third
        rows = self._bent(both[:, : self.dim]) @ self._last
        rows += both[:, self.dim :]
        return np.tanh(rows, out=rows)

    def _bent(self, rows: Matrix) -> Matrix:
        return np.maximum(rows, self._zeros[: rows.shape[1]], out=rows)
