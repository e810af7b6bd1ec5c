"""Rules that one process was told to read again are read again by the others: they count reloads together in Redis."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock, Thread

from server.lookups.shared import Shared

KEY = "reloads"
LOOK_S = 1.0
KEEP_S = 30 * 24 * 3600


class Reloads:
    """What this process knows of the reloads of all. No call waits for Redis."""

    def __init__(self, shared: Shared, reload: Callable[[], object]) -> None:
        """`reload` reads the rules again, in this process alone."""
        self._shared = shared
        self._reload = reload
        self._lock = Lock()
        self._seen: int | None = None
        self._next_look = 0.0

    def announce(self) -> None:
        """Tell the others that this process has read its rules again."""
        with self._lock:
            counts = self._shared.add({KEY: 1}, KEEP_S)
            if counts is not None:
                self._seen = counts[KEY]

    def look(self) -> None:
        """Find out, once a second and behind the caller's back, whether another process was told to."""
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + LOOK_S
            Thread(target=self.follow, name="reloads", daemon=True).start()

    def follow(self) -> None:
        """Read the rules again if another process did. The first look only learns how often that was so far."""
        with self._lock:
            (value,) = self._shared.get([KEY])
            if value is None and self._seen is None:
                self._seen = 0  # nobody has ever been told to
            if value is None or not value.isdigit() or len(value) > 15:
                return
            count, before = int(value), self._seen
            self._seen = count
            if before is not None and count != before:
                self._reload()
