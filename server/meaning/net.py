# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The network from tokens to the sums over them, with little done twice.

What depends on a token alone (its row, the projection, what it gives to the first layer of every convolution) comes
from the store. The second layer takes fewer products (see convolve.py). The sum over a sentence of normalised rows is
one product with the factors that would normalise them.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from server.meaning.convolve import TILE, Convolution
from server.meaning.places import GAPS, Places, placed
from server.meaning.store import KERNELS, ROOM, WIDTH, Store
from server.meaning.table import Table

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]
    Indices = npt.NDArray[np.int64]

MOST_TOKENS, MOST_SENTENCES = 1024, 64
"""Of one batch."""
MOST_KEPT = 1792
"""Tokens kept in the store, 14 KB each."""
_TOGETHER = 6
"""Sentences that are added up at a time."""
_TILES = (MOST_TOKENS + max(GAPS) * (MOST_SENTENCES + 1)) // TILE + 1


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
        self.words = int(weights.proj_W.shape[0])
        self.dim = self.words + len(KERNELS) * WIDTH
        self._lock = Lock()
        self._ones = np.ones(self.words, dtype=np.float32)
        self._zeros = np.zeros(WIDTH, dtype=np.float32)  # numpy is three times as fast against a row as against a 0
        points = max(layer.points for layer in self._second)
        room = max(ROOM, MOST_TOKENS * self.words, (points + 1) * _TILES * WIDTH)
        self._room = np.empty(room, dtype=np.float32)
        self._inner = np.empty(points * (_TILES + 1) * WIDTH, dtype=np.float32)
        self._outer = np.empty((len(KERNELS), TILE * (_TILES + 1) * WIDTH), dtype=np.float32)

    def sums(self, tokens: Indices, lengths: Indices, out: Matrix) -> None:
        """`out`: for each sentence the sum of what its tokens give. `lengths`: how many of `tokens` each has."""
        with self._lock:
            self._sums(tokens, lengths, out)

    def _sums(self, tokens: Indices, lengths: Indices, out: Matrix) -> None:
        count, dim = len(lengths), self.dim
        rows, which = self._store.rows(tokens, self._room)
        words = self._store.words(rows, self._room)
        sentence = np.repeat(np.arange(count), lengths)
        total = (words @ self._ones)[which]
        squares = np.vecdot(words, words)[which]
        parts: list[tuple[Matrix, Places]] = []
        for index in range(len(KERNELS)):
            places = placed(index, rows[which], sentence, count, self._store.gap)
            layers = self._convolved(index, places)
            total += (layers @ self._ones[:WIDTH])[places.layer, places.tile]
            squares += np.vecdot(layers, layers)[places.layer, places.tile]
            parts.append((layers, places))
        mean = total / dim
        factor = np.reciprocal(np.sqrt(squares / dim - mean * mean + self.eps))
        weights = np.bincount(sentence * len(rows) + which, factor, count * len(rows)).astype(np.float32)
        np.matmul(weights.reshape(count, -1), self._store.words(rows, self._room), out=out[:, : self.words])
        for index, part in enumerate(parts):
            first = self.words + index * WIDTH
            self._add_up(*part, factor, sentence, lengths, out[:, first : first + WIDTH])
        gain, shift = self._last
        out -= np.bincount(sentence, factor * mean, count).astype(np.float32)[:, None]
        out *= gain
        out += lengths[:, None].astype(np.float32) * shift

    def _add_up(
        self, layers: Matrix, places: Places, factor: Matrix, sentence: Indices, lengths: Indices, out: Matrix
    ) -> None:
        """The sums over each sentence of its rows times their factors: a few sentences and their tiles at a time."""
        count, tile = len(lengths), places.tile
        spread = self._room[: TILE * count * places.tiles].reshape(TILE, count, -1)
        spread.fill(0.0)
        spread[places.layer, sentence, tile] = factor
        ends = np.cumsum(lengths)
        for low in range(0, count, _TOGETHER):
            high = min(low + _TOGETHER, count)
            first, last = tile[ends[low] - lengths[low]], tile[ends[high - 1] - 1] + 1
            part = np.matmul(spread[:, low:high, first:last], layers[:, first:last])
            np.add.reduce(part, axis=0, out=out[low:high])

    def _convolved(self, index: int, places: Places) -> Matrix:
        """Both layers of one convolution, (TILE, tiles, WIDTH): the row of each token where its window begins."""
        width, left = KERNELS[index]
        tiles, size = places.tiles, TILE * (places.tiles + 1)
        points = self._second[index].points
        layers = self._inner[: points * (tiles + 1) * WIDTH].reshape(points, tiles + 1, WIDTH)
        inner, spare = layers[:TILE].reshape(size, WIDTH), self._outer[index]
        term, out = spare[: size * WIDTH].reshape(size, WIDTH), spare[: TILE * tiles * WIDTH]
        given = self._store.given[index].reshape(-1, WIDTH)
        alone = self._store.alone.reshape(-1, WIDTH)

        def around(offset: int) -> Indices:
            first = GAPS[index] + offset
            return places.rows[first : first + size].reshape(-1, TILE).T.ravel()

        np.take(given, around(-left) * width, axis=0, out=inner, mode="clip")
        for place in range(1, width):
            inner += np.take(given, around(place - left) * width + place, axis=0, out=term, mode="clip")
        np.maximum(inner, self._zeros, out=inner)
        here = around(0)
        inner += np.take(alone, here * len(KERNELS) + index, axis=0, out=term, mode="clip")
        inner[here == self._store.gap] = 0.0

        result = out.reshape(TILE, tiles, WIDTH)
        self._second[index].run(layers, result, self._room)
        np.maximum(result, self._zeros, out=result)
        for layer in range(TILE):
            skip, other = divmod(layer + left, TILE)
            result[layer] += layers[other, skip : skip + tiles]
        return result
