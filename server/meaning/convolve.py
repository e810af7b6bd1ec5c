# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""A convolution over rows with fewer products: six neighbouring results at a time, after Toom, Cook and Winograd.

A window of 5 rows needs 10 products of matrices for 6 results in place of 30, one of 3 needs 8 for 18, one of 2 needs 7
for 12. In float32 the results differ from the plain ones by 2 in 10^6 of their size (measured): the points are chosen
for that, with others it is up to 4. A mail's vectors differ by 2 in 10^6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

TILE = 6
"""Results at a time. Rows lie in so many layers: row 6 t + q is row t of layer q."""
_POINTS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 0.25, -4.0)
"""Where the polynomials are evaluated, beside infinity."""
_ONE = 1
"""The place among them of 1, whose powers are all 1: what is added there comes to every result."""


class Convolution:
    """Windows of rows times weights (width * size, size), and a bias."""

    def __init__(self, weights: Matrix, bias: Matrix) -> None:
        size = len(bias)
        width = len(weights) // size
        self.points = TILE + width - 1
        self._into, of_weights, self._back = _transforms(width)
        parts = weights.reshape(width, size, size).astype(np.float64)
        self._weights = np.tensordot(of_weights, parts, 1).astype(np.float32)
        self._bias = bias

    def run(self, rows: Matrix, out: Matrix, room: Matrix) -> None:
        """`out` (6, t, size): row i is the result of the window that begins with row i of `rows`.

        `rows` (points, t + 1, size): the first 6 are the layers, the others are written here. `room`: at least
        (points + 1) * t * size numbers.
        """
        count, size = out.shape[1:]
        points = self.points
        np.copyto(rows[TILE:, :count], rows[: points - TILE, 1:])  # the layers of the tile behind
        flat = room[: (points + 1) * count * size].reshape(points + 1, -1)
        np.matmul(self._into, rows.reshape(points, -1)[:, : count * size], out=flat[1:])
        turned = flat.reshape(points + 1, count, size)
        for point, weights in enumerate(self._weights):  # each product takes the room of what was turned before it
            np.matmul(turned[point + 1], weights, out=turned[point])
        turned[_ONE] += self._bias
        np.matmul(self._back, flat[:points], out=out.reshape(TILE, -1))


def _transforms(width: int) -> tuple[Matrix, npt.NDArray[np.float64], Matrix]:
    """Matrices that turn rows into values at the points, weights into such, and the products back into results."""
    count = TILE + width - 1

    def powers(most: int) -> npt.NDArray[np.float64]:
        rows = [[point**power for power in range(most)] for point in _POINTS[: count - 1]]
        return np.array([*rows, [0.0] * (most - 1) + [1.0]])

    into, back = np.linalg.inv(powers(count)).T, powers(TILE).T
    return np.ascontiguousarray(into, np.float32), powers(width), np.ascontiguousarray(back, np.float32)
