"""How many calls a minute each caller has left. Counted here, and with Redis by all processes together.

With Redis each process adds up what it counted twice a second and learns what the others did: no call waits for that,
and the limit holds to within half a second of calls. Without an answer each process counts for itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from math import ceil

from server.lookups.shared import Shared, short

WINDOW_S = 60
SYNC_S = 0.5
MOST = 100_000
"""Callers counted apart in one minute; those beyond share one budget."""


class Quota:
    """So many calls for each caller in each minute of the clock."""

    def __init__(self, per_minute: int, shared: Shared | None = None, clock: Callable[[], float] = time.time) -> None:
        self._most = per_minute
        self._shared = shared
        self._clock = clock
        self._lock = threading.Lock()
        self._minute = 0
        self._used: dict[str, int] = {}
        self._unsaid: dict[str, int] = {}
        """Calls that the other processes have not been told of."""
        self._next_sync = 0.0

    def take(self, who: str) -> int:
        """Count one call: 0 if it may go on, else the seconds to wait."""
        now = self._clock()
        minute = int(now // WINDOW_S)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._used.clear()
                self._unsaid.clear()
            if who not in self._used and len(self._used) >= MOST:
                who = ""
            used = self._used[who] = self._used.get(who, 0) + 1
            due = False
            if self._shared is not None:
                self._unsaid[who] = self._unsaid.get(who, 0) + 1
                due = now >= self._next_sync
                if due:
                    self._next_sync = now + SYNC_S
        if due:
            threading.Thread(target=self.sync, name="quota", daemon=True).start()
        return 0 if used <= self._most else max(1, ceil((minute + 1) * WINDOW_S - now))

    def sync(self) -> None:
        """Tell the other processes what was counted here, and learn what they have."""
        if self._shared is None:
            return
        with self._lock:
            minute, said = self._minute, self._unsaid
            self._unsaid = {}
        names = {who: f"quota:{minute}:{short(who)}" for who in said}
        totals = self._shared.add({names[who]: count for who, count in said.items()}, 2 * WINDOW_S)
        with self._lock:
            if minute != self._minute:
                return
            for who, count in said.items():
                if totals is None:
                    self._unsaid[who] = self._unsaid.get(who, 0) + count
                else:
                    self._used[who] = totals[names[who]] + self._unsaid.get(who, 0)
