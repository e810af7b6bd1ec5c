# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""What the network makes of a token by itself, kept for those used last: the same words come with every mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from server.meaning.table import Table

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Matrix = npt.NDArray[np.float32]
    Indices = npt.NDArray[np.int64]

WIDTH = 256
KERNELS = ((2, 0), (3, 1), (5, 2))
"""Width of each convolution and how many tokens of it lie to the left."""
_ALL = len(KERNELS) * WIDTH
_AT_ONCE = 128
ROOM = _AT_ONCE * 2560
"""What the store needs for numbers in between: word vector, projection, and what the widest convolution is given."""


class Store:
    """Rows of numbers by token. Its user sees to it that one thread at a time is in it, and asks for `most` at most."""

    def __init__(self, weights: Any, most: int, table: Table) -> None:
        self._table = table
        self._scale: Matrix = weights.scale
        self._low: Matrix = weights.lo
        self._projection: Matrix = weights.proj_W
        self._norm: tuple[Matrix, Matrix, Matrix] = (weights.proj_b, weights.ln_g_all, weights.ln_b_all)
        self._first: list[Matrix] = [_side_by_side(matrix) for matrix in weights.w1]
        self._biases: list[Matrix] = weights.b1
        self._eps: float = weights.eps
        self.gap = most
        """The row that stands for no token: zeros."""
        self._words = np.zeros((most, self._projection.shape[0]), dtype=np.uint8)
        """The rows of the table."""
        self.alone = np.zeros((most + 1, len(KERNELS), WIDTH), dtype=np.float32)
        """Their projections, one for each convolution."""
        self.given = [np.zeros((most + 1, width, WIDTH), dtype=np.float32) for width, _ in KERNELS]
        """What a token gives to the first layer of each convolution from each place of its window."""
        self._row_of = np.full(table.count, -1, dtype=np.int32)
        self._token_of = np.full(most, -1, dtype=np.int64)
        self._used = np.zeros(most, dtype=np.int64)
        self._place = np.zeros(most, dtype=np.int64)
        self._now = 0

    def rows(self, tokens: Indices, room: Matrix) -> tuple[Indices, Indices]:
        """The rows of the tokens, until the next call: each row once, and which of these each token has.

        `room`: ROOM numbers or more.
        """
        self._now += 1
        rows = self._row_of[tokens]
        self._used[rows[rows >= 0]] = self._now
        new = np.unique(tokens[rows < 0])
        if len(new):
            free = np.argpartition(self._used, len(new) - 1)[: len(new)]
            gone = self._token_of[free]
            self._row_of[gone[gone >= 0]] = -1
            for first in range(0, len(new), _AT_ONCE):
                self._fill(new[first : first + _AT_ONCE], free[first : first + _AT_ONCE], room)
            self._row_of[new], self._token_of[free], self._used[free] = free, new, self._now
            rows = self._row_of[tokens]
        numbers, place = np.arange(len(rows)), self._place
        place[rows[::-1]] = numbers[::-1]  # of a token that comes again the first place stays
        distinct = rows[place[rows] == numbers].astype(np.int64)
        place[distinct] = numbers[: len(distinct)]
        return distinct, place[rows]

    def words(self, rows: Indices, room: Matrix) -> Matrix:
        """The word vectors of rows, in this room."""
        return self._vectors(self._words[rows], self._token_of[rows], room)

    def _vectors(self, words: Bytes, tokens: Indices, room: Matrix) -> Matrix:
        chunk = tokens % len(self._scale)
        found = room[: words.size].reshape(words.shape)
        np.multiply(words, self._scale[chunk, None], out=found)  # the table lies in 17 blocks, each with its own scale
        found += self._low[chunk, None]
        return found

    def _fill(self, tokens: Indices, rows: Indices, room: Matrix) -> None:
        count, size = len(tokens), self._words.shape[1]
        self._words[rows] = self._table.rows(tokens)
        words = self._vectors(self._words[rows], tokens, room)
        alone = room[count * size :][: count * _ALL].reshape(count, -1)
        bias, gain, shift = self._norm
        np.matmul(words, self._projection, out=alone)
        alone += bias
        alone -= alone.mean(axis=-1, keepdims=True)
        alone *= np.reciprocal(np.sqrt(np.einsum("ij,ij->i", alone, alone) / _ALL + self._eps))[:, None]
        alone *= gain
        alone += shift
        self.alone[rows] = alone.reshape(-1, len(KERNELS), WIDTH)
        rest = room[count * (size + _ALL) :]
        for index, (width, left) in enumerate(KERNELS):
            given = rest[: count * width * WIDTH].reshape(count, width * WIDTH)
            np.matmul(alone[:, index * WIDTH : (index + 1) * WIDTH], self._first[index], out=given)
            given[:, left * WIDTH : (left + 1) * WIDTH] += self._biases[index]
            self.given[index][rows] = given.reshape(count, width, WIDTH)


def _side_by_side(weights: Matrix) -> Matrix:
    """Weights of a window, (width * size, size), such that one token times them is what it gives to each place."""
    parts = weights.reshape(-1, WIDTH, WIDTH)
    return np.ascontiguousarray(parts.transpose(1, 0, 2).reshape(WIDTH, -1))
