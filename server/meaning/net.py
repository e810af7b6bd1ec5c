# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The network from tokens to the sums over them, with little done twice.

What depends on a token alone (its row, the projection, what it gives to the first layer of every convolution) comes
from the store. The second layer takes fewer products (see convolve.py). The sum over a sentence of normalised rows is
one product with the factors that would normalise them.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from server.meaning.convolve import TILE, Convolution
from server.meaning.store import KERNELS, ROOM, WIDTH, Store
from server.meaning.table import Table

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]
    Indices = npt.NDArray[np.int64]

MOST_TOKENS, MOST_SENTENCES = 1024, 64
"""Of one batch."""
MOST_KEPT = 1536
"""Tokens kept in the store, 15 KB each."""
_GAP = 2
"""Places for no token around a sentence, so that no window reaches into the next one."""
_TILES = (MOST_TOKENS + _GAP * (MOST_SENTENCES + 1)) // TILE + 1


class _Places(NamedTuple):
    """Where the tokens of a batch stand: a place after the other, with gaps between sentences."""

    tiles: int
    at: Indices
    """The place of each token."""
    rows: Indices
    """Which row of the store stands at each place, from `_GAP` before the first one on."""


class Net:
    """The network. Threads take turns, a batch each.

    Its room for numbers in between is allocated once: of what is larger than 128 KB the system would map new pages for
    every mail, which takes a tenth of the time.
    """

    def __init__(self, weights: Any, table: Table) -> None:
        self._store = Store(weights, MOST_KEPT, table)
        self._second = [Convolution(*given) for given in zip(weights.w2, weights.b2, strict=True)]
        self._last: tuple[Matrix, Matrix] = (weights.ln_g, weights.ln_b)
        self.eps: float = weights.eps
        self.words = int(self._store.words.shape[1])
        self.dim = self.words + len(KERNELS) * WIDTH
        self._lock = Lock()
        self._ones = np.ones(self.words, dtype=np.float32)
        self._zeros = np.zeros(WIDTH, dtype=np.float32)  # numpy is three times as fast against a row as against a 0
        points = max(layer.points for layer in self._second)
        self._room = np.empty(max(ROOM, 2 * points * _TILES * WIDTH), dtype=np.float32)
        self._inner = np.empty(TILE * (_TILES + 1) * WIDTH, dtype=np.float32)
        self._outer = np.empty((len(KERNELS), TILE * (_TILES + 1) * WIDTH), dtype=np.float32)

    def sums(self, tokens: Indices, lengths: Indices, out: Matrix) -> None:
        """`out`: for each sentence the sum of what its tokens give. `lengths`: how many of `tokens` each has."""
        with self._lock:
            self._sums(tokens, lengths, out)

    def _sums(self, tokens: Indices, lengths: Indices, out: Matrix) -> None:
        count, dim = len(lengths), self.dim
        distinct, which = np.unique(tokens, return_inverse=True)
        rows = self._store.rows(distinct, self._room)
        words = self._words(rows)
        sentence = np.repeat(np.arange(count), lengths)
        places = _places(rows[which], sentence, count, self._store.gap)
        total = (words @ self._ones)[which]
        squares = np.einsum("ij,ij->i", words, words)[which]
        parts: list[tuple[Matrix, Indices]] = []
        for index, (_, left) in enumerate(KERNELS):
            layers = self._convolved(index, places)
            begins = places.at - left
            found = begins % TILE * places.tiles + begins // TILE
            total += (layers @ self._ones[:WIDTH])[found]
            squares += np.einsum("ij,ij->i", layers, layers)[found]
            parts.append((layers, found))
        mean = total / dim
        factor = np.reciprocal(np.sqrt(squares / dim - mean * mean + self.eps))
        weights = np.bincount(sentence * len(rows) + which, factor, count * len(rows)).astype(np.float32)
        np.matmul(weights.reshape(count, -1), self._words(rows), out=out[:, : self.words])
        spread = self._room[: count * TILE * places.tiles].reshape(count, -1)
        for index, (layers, found) in enumerate(parts):
            spread.fill(0.0)
            spread[sentence, found] = factor
            first = self.words + index * WIDTH
            np.matmul(spread, layers, out=out[:, first : first + WIDTH])
        gain, shift = self._last
        out -= np.bincount(sentence, factor * mean, count).astype(np.float32)[:, None]
        out *= gain
        out += lengths[:, None].astype(np.float32) * shift

    def _words(self, rows: Indices) -> Matrix:
        """The word vectors, in room that the next convolution takes."""
        room = self._room[: len(rows) * self.words].reshape(len(rows), -1)
        return np.take(self._store.words, rows, axis=0, out=room, mode="clip")

    def _convolved(self, index: int, places: _Places) -> Matrix:
        """Both layers of one convolution. Rows lie in TILE layers, and each where its window begins."""
        width, left = KERNELS[index]
        tiles, size = places.tiles, TILE * (places.tiles + 1)
        inner, spare = self._inner[: size * WIDTH].reshape(size, WIDTH), self._outer[index]
        term, out = spare[: size * WIDTH].reshape(size, WIDTH), spare[: TILE * tiles * WIDTH]
        given = self._store.given[index].reshape(-1, WIDTH)
        alone = self._store.alone.reshape(-1, WIDTH)

        def around(offset: int) -> Indices:
            first = _GAP + offset
            return places.rows[first : first + size].reshape(-1, TILE).T.ravel()

        np.take(given, around(-left) * width, axis=0, out=inner, mode="clip")
        for place in range(1, width):
            inner += np.take(given, around(place - left) * width + place, axis=0, out=term, mode="clip")
        np.maximum(inner, self._zeros, out=inner)
        here = around(0)
        inner += np.take(alone, here * len(KERNELS) + index, axis=0, out=term, mode="clip")
        inner[here == self._store.gap] = 0.0

        layers, result = inner.reshape(TILE, tiles + 1, WIDTH), out.reshape(TILE, tiles, WIDTH)
        self._second[index].run(layers, result, self._room)
        np.maximum(result, self._zeros, out=result)
        for layer in range(TILE):
            skip, other = divmod(layer + left, TILE)
            result[layer] += layers[other, skip : skip + tiles]
        return out.reshape(-1, WIDTH)


def _places(rows: Indices, sentence: Indices, sentences: int, gap: int) -> _Places:
    at = np.arange(len(rows)) + _GAP * (sentence + 1)
    tiles = -(-(len(rows) + _GAP * (sentences + 1)) // TILE)
    around = np.full(TILE * (tiles + 1) + 2 * _GAP, gap, dtype=np.int64)
    around[at + _GAP] = rows
    return _Places(tiles, at, around)
