# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The dense layers behind the sum over tokens: what the network was trained to say of a whole sentence or pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]


class Dense:
    """Five layers, two of them beside a shorter way. Safe to share among threads: nothing in it changes."""

    def __init__(self, weights: Any) -> None:
        self._project: tuple[Matrix, Matrix] = (weights.cnn_W, weights.cnn_b)
        self._first: tuple[Matrix, Matrix, Matrix] = (weights.d0, weights.d1, weights.p1)
        self._second: tuple[Matrix, Matrix, Matrix] = (weights.d2, weights.d3, weights.p3)
        self.dim = int(weights.p3.shape[1])

    def reads(self, sums: Matrix, tokens: Matrix) -> Matrix:
        """One row for each sum over tokens; `tokens` says how many they were."""
        weights, bias = self._project
        mean = sums @ weights
        mean += tokens[:, None] * bias
        mean *= np.reciprocal(np.sqrt(tokens))[:, None]
        inner = _block(mean, *self._first)
        np.maximum(inner, 0, out=inner)
        return np.tanh(_block(inner, *self._second))


def _block(rows: Matrix, first: Matrix, second: Matrix, short: Matrix) -> Matrix:
    out = rows @ short
    out += np.maximum(rows @ first, 0) @ second
    return out
