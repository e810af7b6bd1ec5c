"""Answers in memory, each with its own lifetime, and how often they were of use."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from cachetools import TLRUCache

from server.lookups.answer import Answer, Found, NotFound
from server.lookups.ports import Clock
from server.lookups.report import KINDS, Kind

MAX_ENTRIES = 5_000  # of one kind: all of them together take some 30 MB
MAX_SITES = 500  # their texts are long
STALE_FOUND_S = 3600.0
STALE_NONE_S = 60.0
"""How much longer an answer is shown while it is asked for anew: never longer than it was good for."""


@dataclass(frozen=True, slots=True)
class Held:
    """An answer, until when it is good and until when it is kept (monotonic clock)."""

    answer: Answer[Any]
    due: float
    gone: float


class AnswerCache:
    """Answers by kind and name. The least recently used go first; an answer leaves after its `ttl_s`.

    What is past it, but not long, is still shown by `look`, which says so: the caller then asks anew behind it.
    """

    def __init__(self, clock: Clock, max_entries: int = MAX_ENTRIES) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._entries: dict[Kind, TLRUCache[str, Held]] = {
            kind: TLRUCache(min(max_entries, MAX_SITES) if kind == "website" else max_entries, _gone, clock.monotonic)
            for kind in KINDS
        }
        self._counts = {kind: {"hits": 0, "misses": 0, "stale": 0} for kind in KINDS}

    def look(self, kind: Kind, name: str) -> tuple[Answer[Any] | None, bool]:
        """The answer kept under this name, and whether it is past its time and to be asked for anew."""
        with self._lock:
            held = self._entries[kind].get(name)
            stale = held is not None and self._clock.monotonic() >= held.due
            self._counts[kind]["misses" if held is None else "stale" if stale else "hits"] += 1
            return (held.answer if held else None), stale

    def get(self, kind: Kind, name: str) -> Answer[Any] | None:
        """The answer kept under this name, if it is still good."""
        answer, stale = self.look(kind, name)
        return None if stale else answer

    def peek(self, kind: Kind, name: str) -> Answer[Any] | None:
        """Like `get`, without counting."""
        with self._lock:
            held = self._entries[kind].get(name)
            return held.answer if held is not None and self._clock.monotonic() < held.due else None

    def put(self, kind: Kind, name: str, answer: Answer[Any], age_s: float = 0.0) -> None:
        """Keep an answer for what is left of its lifetime (`age_s` of it are over); one of none is not kept."""
        left = answer.ttl_s - age_s
        if left <= 0:
            return
        now = self._clock.monotonic()
        with self._lock:
            self._entries[kind][name] = Held(answer, now + left, now + left + _stale_s(answer))

    def counts(self) -> dict[Kind, dict[str, int]]:
        """Hits, misses, answers past their time and entries by kind, for the metrics."""
        with self._lock:
            return {kind: {**self._counts[kind], "entries": len(self._entries[kind])} for kind in KINDS}


def _stale_s(answer: Answer[Any]) -> float:
    if isinstance(answer, Found):
        return min(answer.ttl_s, STALE_FOUND_S)
    return min(answer.ttl_s, STALE_NONE_S) if isinstance(answer, NotFound) else 0.0


def _gone(_name: str, held: Held, _now: float) -> float:
    return held.gone
