"""A bounded store in two generations: what comes again outlives what does not. One look costs one dictionary's."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Generations(Generic[K, V]):
    """Keeps `most` entries, at least half of them after an exchange of generations. Safe to share among threads."""

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}
        """The generation before: what comes again joins the new one, the others go with the next exchange."""
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._new) + len(self._old)

    def __iter__(self) -> Iterator[K]:
        yield from (*self._new, *self._old)

    def get(self, keys: Sequence[K]) -> list[V | None]:
        """What is kept, None where there is nothing."""
        with self._lock:
            found = [self._new.get(key) for key in keys]
            for place, key in enumerate(keys):
                if found[place] is None and (row := self._old.pop(key, None)) is not None:
                    found[place] = self._new[key] = row
        return found

    def put(self, rows: Mapping[K, V]) -> None:
        """Keep them."""
        with self._lock:
            self._new.update(rows)
            if len(self._new) >= self._half:
                self._old, self._new = self._new, {}
