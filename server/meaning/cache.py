"""Scores of units seen before: the same greeting and the same closing come with every mail. Keeps hashes, no text."""

from __future__ import annotations

import hashlib
import secrets
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Row = npt.NDArray[np.float32]

MOST = 20_000
"""Units kept: with 30 moves some 6 MB."""


class Scored(NamedTuple):
    """A unit's score for every move, and for each it is at least a hint of, the nearest example (-1: none is near)."""

    scores: Row
    nearest: dict[int, int]


class UnitCache:
    """Scores by the hash of a unit's text. The hash has a secret, so that the keys say nothing of any mail."""

    def __init__(self, most: int = MOST) -> None:
        self._secret = secrets.token_bytes(32)
        self._rows: LRUCache[bytes, Scored] = LRUCache(most)
        self._lock = Lock()

    def key(self, text: str) -> bytes:
        """The key of a unit."""
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12, key=self._secret).digest()

    def get(self, keys: list[bytes]) -> list[Scored | None]:
        """The scores that are kept, None where there are none."""
        with self._lock:
            return [self._rows.get(key) for key in keys]

    def put(self, rows: dict[bytes, Scored]) -> None:
        """Keep scores."""
        with self._lock:
            self._rows.update(rows)
