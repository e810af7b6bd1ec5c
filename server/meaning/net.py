# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The network from word vectors to the sums over tokens, with little done twice.

What depends on a token alone (its row, the projection, what it gives to the first layer of every convolution) is
computed once for all its places. The second layer takes fewer products (see convolve.py). The sum over a sentence of
normalised rows is one product with the factors that would normalise them.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from server.meaning.convolve import TILE, Convolution

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]
    Indices = npt.NDArray[np.int64]

MOST_TOKENS, MOST_SENTENCES = 1024, 64
"""Of one batch. A mail of 3 KB is one."""
_KERNELS = ((2, 0), (3, 1), (5, 2))
"""Width of each convolution and how many tokens of it lie to the left."""
_GAP = 2
"""Rows of zeros around a sentence, so that no window reaches into the next one."""
_WIDTH = 256
_ALL = len(_KERNELS) * _WIDTH
_TILES = (MOST_TOKENS + _GAP * (MOST_SENTENCES + 1)) // TILE + 1


class _Places(NamedTuple):
    """Where the tokens of a batch stand: a place after the other, with gaps between sentences."""

    tiles: int
    at: Indices
    """The place of each token."""
    tokens: Indices
    """Which distinct token stands at each place, from `_GAP` before the first one on; the last number is a gap."""


class Net:
    """The network. Threads take turns, a batch each: its room for numbers in between is allocated once."""

    def __init__(self, weights: Any) -> None:
        self._scale: Matrix = weights.scale
        self._low: Matrix = weights.lo
        self._projection: Matrix = weights.proj_W
        self._projected: tuple[Matrix, Matrix, Matrix] = (weights.proj_b, weights.ln_g_all, weights.ln_b_all)
        self._first: list[Matrix] = [_side_by_side(matrix) for matrix in weights.w1]
        self._second = [Convolution(matrix, width) for matrix, (width, _) in zip(weights.w2, _KERNELS, strict=True)]
        self._biases: list[tuple[Matrix, Matrix]] = list(zip(weights.b1, weights.b2, strict=True))
        self._last: tuple[Matrix, Matrix] = (weights.ln_g, weights.ln_b)
        self.eps: float = weights.eps
        self.words = int(weights.proj_W.shape[0])
        self.dim = self.words + _ALL
        self._lock = Lock()
        self._ones = np.ones(self.words, dtype=np.float32)
        self._row = np.empty((MOST_TOKENS, self.words), dtype=np.float32)
        self._alone = np.empty((MOST_TOKENS + 1, _ALL), dtype=np.float32)
        points = 2 * max(layer.points for layer in self._second) * _TILES * _WIDTH
        self._room = np.empty(max((MOST_TOKENS + 1) * _KERNELS[-1][0] * _WIDTH, points), dtype=np.float32)
        self._inner = np.empty(TILE * (_TILES + 1) * _WIDTH, dtype=np.float32)
        self._outer = np.empty((len(_KERNELS), TILE * (_TILES + 1) * _WIDTH), dtype=np.float32)

    def sums(
        self, table: npt.NDArray[np.uint8], tokens: Indices, which: Indices, lengths: Indices, out: Matrix
    ) -> None:
        """`out`: for each sentence the sum of what its tokens give.

        `table`: the rows of the distinct `tokens`; `which`: the place of every token among these; `lengths`: how many
        each sentence has.
        """
        with self._lock:
            self._sums(table, tokens, which, lengths, out)

    def _sums(
        self, table: npt.NDArray[np.uint8], tokens: Indices, which: Indices, lengths: Indices, out: Matrix
    ) -> None:
        count, dim = len(lengths), self.dim
        words, alone = self._tokens(table, tokens)
        sentence = np.repeat(np.arange(count), lengths)
        places = _places(which, sentence, count, len(tokens))
        total = (words @ self._ones)[which]
        squares = np.einsum("ij,ij->i", words, words)[which]
        parts: list[tuple[Matrix, Indices]] = []
        for index, (_, left) in enumerate(_KERNELS):
            layers = self._convolved(index, alone, places)
            begins = places.at - left
            rows = begins % TILE * places.tiles + begins // TILE
            total += (layers @ self._ones[:_WIDTH])[rows]
            squares += np.einsum("ij,ij->i", layers, layers)[rows]
            parts.append((layers, rows))
        mean = total / dim
        factor = np.reciprocal(np.sqrt(squares / dim - mean * mean + self.eps))
        spread = np.bincount(sentence * len(tokens) + which, factor, count * len(tokens)).astype(np.float32)
        np.matmul(spread.reshape(count, -1), words, out=out[:, : self.words])
        for index, (layers, rows) in enumerate(parts):
            spread = np.zeros((count, len(layers)), dtype=np.float32)
            spread[sentence, rows] = factor
            first = self.words + index * _WIDTH
            np.matmul(spread, layers, out=out[:, first : first + _WIDTH])
        gain, shift = self._last
        out -= np.bincount(sentence, factor * mean, count).astype(np.float32)[:, None]
        out *= gain
        out += lengths[:, None].astype(np.float32) * shift

    def _tokens(self, table: npt.NDArray[np.uint8], tokens: Indices) -> tuple[Matrix, Matrix]:
        """The word vectors of distinct tokens, and their projections with a row of zeros behind them."""
        count = len(tokens)
        words, alone = self._row[:count], self._alone[: count + 1]
        chunk = tokens % len(self._scale)  # the table lies in 17 blocks, each with its own scale
        np.copyto(words, table)
        words *= self._scale[chunk, None]
        words += self._low[chunk, None]
        bias, gain, shift = self._projected
        rows = alone[:count]
        np.matmul(words, self._projection, out=rows)
        rows += bias
        rows -= rows.mean(axis=-1, keepdims=True)
        rows *= np.reciprocal(np.sqrt(np.einsum("ij,ij->i", rows, rows) / _ALL + self.eps))[:, None]
        rows *= gain
        rows += shift
        alone[count] = 0.0
        return words, alone

    def _convolved(self, index: int, alone: Matrix, places: _Places) -> Matrix:
        """Both layers of one convolution. Rows lie in TILE layers, and each where its window begins."""
        width, left = _KERNELS[index]
        tiles, size = places.tiles, TILE * (places.tiles + 1)
        inner, spare = self._inner[: size * _WIDTH].reshape(size, _WIDTH), self._outer[index]
        term, out = spare[: size * _WIDTH].reshape(size, _WIDTH), spare[: TILE * tiles * _WIDTH]
        own = alone[:, index * _WIDTH : (index + 1) * _WIDTH]
        given = self._room[: len(own) * width * _WIDTH].reshape(len(own), width * _WIDTH)
        np.matmul(own, self._first[index], out=given)
        rows = given.reshape(-1, _WIDTH)

        def around(offset: int) -> Indices:
            first = _GAP + offset
            return places.tokens[first : first + size].reshape(-1, TILE).T.ravel()

        np.take(rows, around(-left) * width, axis=0, out=inner, mode="clip")
        for place in range(1, width):
            inner += np.take(rows, around(place - left) * width + place, axis=0, out=term, mode="clip")
        bias, outer_bias = self._biases[index]
        inner += bias
        np.maximum(inner, 0, out=inner)
        here = around(0)
        inner += np.take(own, here, axis=0, out=term, mode="clip")
        inner[here == len(own) - 1] = 0.0

        layers, result = inner.reshape(TILE, tiles + 1, _WIDTH), out.reshape(TILE, tiles, _WIDTH)
        self._second[index].run(layers, result, self._room)
        result += outer_bias
        np.maximum(result, 0, out=result)
        for layer in range(TILE):
            skip, other = divmod(layer + left, TILE)
            result[layer] += layers[other, skip : skip + tiles]
        return out.reshape(-1, _WIDTH)


def _side_by_side(weights: Matrix) -> Matrix:
    """Weights of a window, (width * size, size), such that one token times them is what it gives to each place."""
    parts = weights.reshape(-1, _WIDTH, _WIDTH)
    return np.ascontiguousarray(parts.transpose(1, 0, 2).reshape(_WIDTH, -1))


def _places(which: Indices, sentence: Indices, sentences: int, gap: int) -> _Places:
    at = np.arange(len(which)) + _GAP * (sentence + 1)
    tiles = -(-(len(which) + _GAP * (sentences + 1)) // TILE)
    tokens = np.full(TILE * (tiles + 1) + 2 * _GAP, gap, dtype=np.int64)
    tokens[at + _GAP] = which
    return _Places(tiles, at, tokens)
