# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""The pieces that words are cut into, and the likeliest cut: the new words of a mail are looked up all at once.

A piece is known by a hash: 3 MB instead of 39. Two strings of one hash: less than 1 in 10^13.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
    Indices = npt.NDArray[np.int64]

_FACTOR = 0x9E3779B97F4A7C15
_BITS = 18
_APART = np.uint64(64 - _BITS)
"""The first 18 bits of a hash say where among them, which lie in order, to look: at half a piece on average."""
_AT_ONCE = 512
_WORST = -1e38


class Vocabulary:
    """All pieces with their scores. Safe to share among threads: nothing in it changes."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], worst: float, unknown: int) -> None:
        """`worst`: the score of a letter that is no piece; it counts as the piece `unknown`."""
        sizes = np.array([len(text) for text in pieces], dtype=np.int64)
        most = int(sizes.max())
        self._powers = np.array([_FACTOR**power % 2**64 for power in range(1, most + 1)], dtype=np.uint64)
        starts = np.cumsum(sizes) - sizes
        within = np.arange(sizes.sum()) - np.repeat(starts, sizes)
        hashes = np.add.reduceat(_codes("".join(pieces)) * self._powers[within], starts)
        order = np.argsort(hashes)
        self._hashes: Hashes = hashes[order]
        self._pieces = order.astype(np.int32)
        buckets = np.arange(2**_BITS + 1, dtype=np.uint64)
        self._begins = np.searchsorted(self._hashes >> _APART, buckets).astype(np.int32)
        self._scores = np.append(np.array(scores, dtype=np.float32), np.float32(worst))
        """The last one is that of piece -1: a letter that is none."""
        self._unknown = unknown

    def cut(self, words: Sequence[str]) -> Iterator[list[int]]:
        """For each word its likeliest pieces (Viterbi); on a tie the piece that begins first, as in the package."""
        for first in range(0, len(words), _AT_ONCE):
            yield from self._cut(words[first : first + _AT_ONCE])

    def _cut(self, words: Sequence[str]) -> Iterator[list[int]]:
        text = "\n".join(words)
        starts, ends, pieces = self._found(text, np.array([len(word) for word in words], dtype=np.int64))
        scores = self._scores[pieces].tolist()
        best, by = [_WORST] * (len(text) + 1), [0] * (len(text) + 1)
        begin = 0
        for word in words:
            best[begin] = 0.0
            begin += len(word) + 1
        begins = starts.tolist()
        for number, (start, end, score) in enumerate(zip(begins, ends.tolist(), scores, strict=True)):
            if (total := best[start] + score) > best[end]:
                best[end], by[end] = total, number
        begin = 0
        for word in words:
            found: list[int] = []
            at = begin + len(word)
            while at > begin:
                number = by[at]
                piece = int(pieces[number])
                found.append(self._unknown if piece < 0 else piece)
                at = begins[number]
            begin += len(word) + 1
            yield found[::-1]

    def _found(self, text: str, sizes: Indices) -> tuple[Indices, Indices, Indices]:
        """Start, end and number of every piece in the words of a text, in order; -1 of a letter that is none."""
        most, count = len(self._powers), len(text)
        codes = np.concatenate([_codes(text), np.zeros(most, dtype=np.uint64)])
        windows = np.lib.stride_tricks.as_strided(codes, (count, most), codes.strides * 2)
        hashes = np.cumsum(windows * self._powers, axis=1)
        stops = np.cumsum(sizes + 1) - 1
        left = np.repeat(stops, sizes + 1)[:count] - np.arange(count)
        starts, lengths = (np.arange(1, most + 1) <= left[:, None]).nonzero()
        found = self._known(hashes[starts, lengths])
        is_node = (found >= 0) | (lengths == 0)  # a letter that is no piece may stand alone
        starts, lengths = starts[is_node], lengths[is_node]
        return starts, starts + lengths + 1, found[is_node]

    def _known(self, wanted: Hashes) -> Indices:
        """The numbers of the pieces with these hashes, -1 of what is none."""
        found = np.full(len(wanted), -1, dtype=np.int64)
        bucket = (wanted >> _APART).astype(np.int64)
        at, stop = self._begins[bucket], self._begins[bucket + 1]
        asked = np.arange(len(wanted))
        while len(asked):
            is_left = at < stop
            asked, at, stop, wanted = asked[is_left], at[is_left], stop[is_left], wanted[is_left]
            is_it = self._hashes[at] == wanted
            found[asked[is_it]] = self._pieces[at[is_it]]
            at += 1
            stop[is_it] = 0
        return found


def _codes(text: str) -> Hashes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64) + np.uint64(1)
