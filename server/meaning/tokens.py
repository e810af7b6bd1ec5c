"""Text to the numbers of its pieces: the package's tokenizer, word by word and in a fifth of the memory.

No piece goes over a space, so that a word is cut the same wherever it stands: the words of most mails were met before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from server.meaning.generations import Generations
from server.meaning.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_TOKENS = 160
"""Of one sentence. Longer ones are cut: 400 letters are about 100 tokens."""
MOST_WORDS = 8192
"""Words whose pieces are kept (2 MB), at least half of them after an exchange of generations. Only such are kept as
`_KEPT` allows, so no number, address or account stays in memory."""
_KEPT = re.compile(r"[^\W\d_]{1,20}[.,:;!?]?")
_PLAIN = re.compile("[!-~\u00c0-\u0131\u0400-\u0482\u0621-\u064a\u3001\u3002\u4e00-\u9fa5]+")
"""Letters that the package's normal form leaves as they are, alone and beside each other."""
_SPACE = "\u2581"


class Tokenizer:
    """The pieces of texts. Safe to share among threads."""

    def __init__(self, package: Any) -> None:
        self._normal: Any = package._normalizer.normalize
        self._unknown: int = package._unk_id
        self._first: int = package._bos_id
        self._last: int = package._eos_id
        self._vocabulary = Vocabulary(package._pieces, package._scores, package._unk_score, self._unknown)
        self._words: Generations[str, list[int]] = Generations(MOST_WORDS)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """For each sentence of a mail the numbers of its pieces, between those for its beginning and its end."""
        sentences = [text.split(" ") for text in texts]
        met = list(dict.fromkeys(word for words in sentences for word in words))
        kept = zip(met, self._words.get(met), strict=True)
        pieces = {word: known for word, known in kept if known is not None}
        pieces |= self._new([word for word in met if word not in pieces])
        return [self._of_sentence(words, pieces) for words in sentences]

    def _of_sentence(self, words: Sequence[str], pieces: Mapping[str, list[int]]) -> list[int]:
        found = [self._first]
        for word in words:
            found += pieces[word]
        if len(found) == 1:
            found.append(self._unknown)
        found.append(self._last)
        return found[:MOST_TOKENS]

    def _new(self, words: Sequence[str]) -> dict[str, list[int]]:
        """The pieces of words that are not kept. From now on they are, if they may."""
        normal = [_SPACE + word if _PLAIN.fullmatch(word) else str(self._normal(word)) for word in words]
        parts = [[_SPACE + part for part in word.split(_SPACE)[1:]] for word in normal]
        cuts = self._vocabulary.cut([part for row in parts for part in row])
        found = {word: [piece for _ in row for piece in next(cuts)] for word, row in zip(words, parts, strict=True)}
        self._words.put({word: pieces for word, pieces in found.items() if _KEPT.fullmatch(word)})
        return found
