"""What units seen before sound like: greeting and closing come with every mail. Keeps hashes, no text."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple

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


class UnitCache:
    """By the hash of a unit's text. The hash has a secret, so that the keys say nothing of any mail."""

    def __init__(self, most: int = MOST) -> None:
        self._secret = secrets.token_bytes(32)
        self._half = most // 2
        self._new: dict[bytes, Heard] = {}
        self._old: dict[bytes, Heard] = {}
        """The generation before: units that come again join the new one, the others go with the next exchange."""
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._new) + len(self._old)

    def key(self, text: str) -> bytes:
        """The key of a unit."""
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12, key=self._secret).digest()

    def get(self, keys: list[bytes]) -> list[Heard | None]:
        """What is kept, None where there is nothing."""
        with self._lock:
            found = [self._new.get(key) for key in keys]
            for place, key in enumerate(keys):
                if found[place] is None and (row := self._old.pop(key, None)) is not None:
                    found[place] = self._new[key] = row
        return found

    def put(self, rows: Mapping[bytes, Heard]) -> None:
        """Keep them."""
        with self._lock:
            self._new.update(rows)
            if len(self._new) >= self._half:
                self._old, self._new = self._new, {}
