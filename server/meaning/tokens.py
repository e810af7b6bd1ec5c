"""Text to the numbers of its pieces: the package's tokenizer, word by word and in a fifth of the memory.

No piece goes over a space, so that a word is cut the same wherever it stands: the words of most mails were met before.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_TOKENS = 160
"""Of one sentence. Longer ones are cut: 400 letters are about 100 tokens."""
MOST_WORDS = 4096
"""Words whose pieces are kept (1 MB): only such as `_KEPT` allows, so no number, address or account stays in memory."""
_KEPT = re.compile(r"[^\W\d_]{1,20}[.,:;!?]?")
_PLAIN = re.compile("[!-~\u00c0-\u0131\u0400-\u0482\u0621-\u064a\u3001\u3002\u4e00-\u9fa5]+")
"""Letters that the package's normal form leaves as they are, alone and beside each other."""
_SPACE = "\u2581"


class Tokenizer:
    """The pieces of texts. Safe to share among threads."""

    def __init__(self, package: Any) -> None:
        self._normal: Any = package._normalizer.normalize
        self._scores: array[float] = package._scores
        self._worst: float = package._unk_score
        self._longest: int = package._max_len
        self._unknown: int = package._unk_id
        self._first: int = package._bos_id
        self._last: int = package._eos_id
        self._keys, self._values = _packed(package._prefixes)
        self._words: dict[str, tuple[int, ...]] = {}

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """For each sentence of a mail the numbers of its pieces, between those for its beginning and its end."""
        met: dict[str, tuple[int, ...]] = {}
        return [self._of_sentence(text, met) for text in texts]

    def _of_sentence(self, text: str, met: dict[str, tuple[int, ...]]) -> list[int]:
        found = [self._first]
        for word in text.split(" "):
            pieces = self._words.get(word) or met.get(word)
            if pieces is None:
                pieces = met[word] = self._of_word(word)
                self._keep(word, pieces)
            found += pieces
        if len(found) == 1:
            found.append(self._unknown)
        found.append(self._last)
        return found[:MOST_TOKENS]

    def _keep(self, word: str, pieces: tuple[int, ...]) -> None:
        if _KEPT.fullmatch(word):
            if len(self._words) >= MOST_WORDS:
                self._words.clear()
            self._words[word] = pieces

    def _of_word(self, word: str) -> tuple[int, ...]:
        normal = _SPACE + word if _PLAIN.fullmatch(word) else str(self._normal(word))
        return tuple(piece for part in normal.split(_SPACE)[1:] for piece in self._cut(_SPACE + part))

    def _cut(self, word: str) -> list[int]:
        """The likeliest pieces (Viterbi); on a tie the piece that begins first, as in the package."""
        size, data = len(word), word.encode("utf-32-le")  # the hash of a str is that of its bytes, of whatever width
        best = [0.0] + [-1e38] * size
        start_of = [0] * (size + 1)
        piece_of = [self._unknown] * (size + 1)
        keys, values, scores, mask = self._keys, self._values, self._scores, len(self._keys) - 1
        for start in range(size):
            base = best[start]
            alone = base + self._worst
            for end in range(start + 1, min(start + self._longest, size) + 1):
                key = hash(data[4 * start : 4 * end])
                slot = key & mask
                while (other := keys[slot]) != key and other:
                    slot = (slot + 1) & mask
                if not other:
                    break
                if (piece := values[slot] - 1) >= 0:
                    if (score := base + scores[piece]) > best[end]:
                        best[end], start_of[end], piece_of[end] = score, start, piece
                    if end == start + 1:
                        alone = -1e38
            if alone > best[start + 1]:
                best[start + 1], start_of[start + 1], piece_of[start + 1] = alone, start, self._unknown
        found: list[int] = []
        while size > 0:
            found.append(piece_of[size])
            size = start_of[size]
        return found[::-1]


def _packed(prefixes: Mapping[str, int]) -> tuple[array[int], array[int]]:
    """A table of hashes in place of the strings: 6 MB instead of 39. Two strings of one hash: less than 1 in 10^13.

    Each of its places holds a hash and the number of the piece plus one; 0 for the beginning of a longer one.
    """
    mask = (1 << (2 * len(prefixes)).bit_length()) - 1
    keys, values = array("q", bytes(8 * (mask + 1))), array("i", bytes(4 * (mask + 1)))
    for text, value in prefixes.items():
        key = hash(text.encode("utf-32-le"))
        slot = key & mask
        while keys[slot]:
            slot = (slot + 1) & mask
        keys[slot], values[slot] = key, value
    return keys, values
