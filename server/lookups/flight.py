"""Single flight: however many ask for the same thing at once, it is looked up once."""

from __future__ import annotations

import threading
from typing import Any

from server.lookups.answer import Answer
from server.lookups.report import Kind

MAX_WAITERS = 256  # on one look-up; beyond, callers are told to ask again instead of holding a thread


class Flight:
    """A look-up under way."""

    def __init__(self) -> None:
        self._landed = threading.Event()
        self._waiters = threading.Semaphore(MAX_WAITERS)
        self._answer: Answer[Any] | None = None

    def land(self, answer: Answer[Any]) -> None:
        """Hand the answer to all who wait."""
        self._answer = answer
        self._landed.set()

    def wait(self, seconds: float) -> Answer[Any] | None:
        """The answer, or None if it is not there within `seconds` or too many wait already."""
        if seconds > 0 and not self._landed.is_set() and self._waiters.acquire(blocking=False):
            try:
                self._landed.wait(seconds)
            finally:
                self._waiters.release()
        return self._answer


class Flights:
    """The look-ups under way, by kind and name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[tuple[Kind, str], Flight] = {}

    def join(self, kind: Kind, name: str) -> tuple[Flight, bool]:
        """The flight for this name, and whether the caller has to start it."""
        with self._lock:
            flight = self._running.get((kind, name))
            if flight is not None:
                return flight, False
            flight = self._running[kind, name] = Flight()
            return flight, True

    def end(self, kind: Kind, name: str) -> None:
        """The flight has landed or never took off."""
        with self._lock:
            self._running.pop((kind, name), None)

    def __len__(self) -> int:
        return len(self._running)
