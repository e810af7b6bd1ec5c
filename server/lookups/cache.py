"""Answers in memory, each with its own lifetime, and how often they were of use."""

from __future__ import annotations

import threading
from typing import Any

from cachetools import TLRUCache

from server.lookups.answer import Answer
from server.lookups.ports import Clock
from server.lookups.report import KINDS, Kind

MAX_ENTRIES = 20_000  # of one kind


class AnswerCache:
    """Answers by kind and name. The least recently used go first; an answer leaves after its `ttl_s`."""

    def __init__(self, clock: Clock, max_entries: int = MAX_ENTRIES) -> None:
        self._lock = threading.Lock()
        self._entries: dict[Kind, TLRUCache[str, Answer[Any]]] = {
            kind: TLRUCache(max_entries, _expires, clock.monotonic) for kind in KINDS
        }
        self._hits = dict.fromkeys(KINDS, 0)
        self._misses = dict.fromkeys(KINDS, 0)

    def get(self, kind: Kind, name: str) -> Answer[Any] | None:
        """The answer kept under this name, if it is still good."""
        with self._lock:
            answer = self._entries[kind].get(name)
            counters = self._misses if answer is None else self._hits
            counters[kind] += 1
            return answer

    def peek(self, kind: Kind, name: str) -> Answer[Any] | None:
        """Like `get`, without counting."""
        with self._lock:
            return self._entries[kind].get(name)

    def put(self, kind: Kind, name: str, answer: Answer[Any]) -> None:
        """Keep an answer for its own lifetime; one of no lifetime is not kept."""
        if answer.ttl_s > 0:
            with self._lock:
                self._entries[kind][name] = answer

    def counts(self) -> dict[Kind, dict[str, int]]:
        """Hits, misses and entries by kind, for the metrics."""
        with self._lock:
            return {
                kind: {"hits": self._hits[kind], "misses": self._misses[kind], "entries": len(self._entries[kind])}
                for kind in KINDS
            }


def _expires(_name: str, answer: Answer[Any], now: float) -> float:
    return now + answer.ttl_s
