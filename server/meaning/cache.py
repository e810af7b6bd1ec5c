"""What units seen before sound like: greeting and closing come with every mail. Keeps hashes, no text."""

from __future__ import annotations

import hashlib
import secrets
from typing import NamedTuple

from server.meaning.generations import Generations
from server.meaning.tenor import Shares

MOST = 20_000
"""Units kept, at least half of them after an exchange of generations: some 5 MB."""


UNASKED = -2
"""Of a score that the tenor alone may make a hint, the nearest example is looked for when it does."""


class Hint(NamedTuple):
    """A unit's score for a move that it may be a hint of, and the nearest example (-1: none is near; or UNASKED)."""

    score: float
    nearest: int


Hints = dict[int, Hint]
"""By the number of the move. Of most units it is empty."""
NOTHING: Hints = {}


class Heard(NamedTuple):
    """What a unit sounds like: the moves and signs it hints at, and its share of the mail's tenor, if that is known."""

    hints: Hints
    share: Shares | None


class UnitCache(Generations[bytes, Heard]):
    """By the hash of a unit's text. The hash has a secret, so that the keys say nothing of any mail."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(most)
        self._secret = secrets.token_bytes(32)

    def key(self, text: str) -> bytes:
        """The key of a unit."""
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12, key=self._secret).digest()
