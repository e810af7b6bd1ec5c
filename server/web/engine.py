"""What the blueprints work with: the vetting now in force, and how to put a newer one in its place."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import Any, Protocol, cast

from flask import current_app

from server.model import Lang, Message, Verdict
from server.overlay.reader import Overlay
from server.rulebook.policy_checks import DepthPolicy, PaymentPolicy
from server.rulebook.searches import SearchLinks
from server.web.cache import VerdictCache
from server.web.errors import WORDS, ApiError
from server.web.finishing import Finisher
from server.web.reloads import Reloads
from server.web.sharing import SharedVerdicts

MOST_PROBLEMS = 20
"""Rows of mistakes that an admin is shown at a time."""
WAITERS = 6
"""Calls that may wait for look-ups at a time: two of gunicorn's eight threads are left for those that need none."""
START_S = 30.0
"""How long a call waits for the rules at the start: reading them takes one or two seconds."""

log = logging.getLogger("backtone.web")


class Book(Protocol):
    """What the web needs of a rulebook."""

    @property
    def version(self) -> str:
        """Hash of the rules."""
        ...

    @property
    def json_bytes(self) -> bytes:
        """The rulebook as the extension reads it."""
        ...

    @property
    def rules(self) -> Any:
        """All rules."""
        ...

    @property
    def search_links(self) -> SearchLinks:
        """The searches that a verdict may name."""
        ...

    @property
    def check_depth(self) -> DepthPolicy:
        """The checks that a request may bring results of."""
        ...

    @property
    def payment_terms(self) -> PaymentPolicy:
        """The terms that a request may name."""
        ...


class Vets(Protocol):
    """What the web needs of a Vetting."""

    @property
    def rulebook(self) -> Book:
        """The rules it judges by."""
        ...

    def vet(self, message: Message, *, lang: Lang, max_wait_ms: int, now: datetime, offline: bool = False) -> Verdict:
        """The verdict of a mail."""
        ...


@dataclass
class Engine:
    """The parts behind the API. `vetting` may be replaced while requests run; take it once a request."""

    loaded: Vets | None = None
    """The vetting in force; None while the rules are read for the first time."""
    overlay: Overlay | None = None
    own_domains: tuple[str, ...] = ()
    rebuild: Callable[[], Vets] | None = None
    rebuild_errors: tuple[type[Exception], ...] = ()
    lookups: bool = True
    """Whether domains are looked up at all (BACKTONE_LOOKUPS)."""
    verdicts: VerdictCache = field(default_factory=VerdictCache)
    shared_verdicts: SharedVerdicts | None = None
    """The verdicts that several processes share (BACKTONE_REDIS_URL)."""
    lookup_counts: Callable[[], Mapping[str, dict[str, int]]] | None = None
    """Uses of the look-ups' cache by kind, for the metrics."""
    salt: str = ""
    """Names the settings that a verdict depends on."""
    reloads: Reloads | None = None
    """How other processes learn that rules are to be read again (BACKTONE_REDIS_URL)."""
    finisher: Finisher = field(default_factory=Finisher)
    rule_problems: tuple[str, ...] = ()
    _read: Event = field(default_factory=Event)
    _waiting: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(WAITERS))
    _lock: Lock = field(default_factory=Lock)

    @property
    def vetting(self) -> Vets:
        """The vetting in force. Waits for the rules at the start; raises ApiError where they do not come."""
        if self.loaded is None and not self._read.wait(START_S):
            raise ApiError(503, *WORDS[503])
        assert self.loaded
        return self.loaded

    def load(self, failed: Callable[[Exception], None] | None = None, ready: Callable[[], None] | None = None) -> None:
        """Read the rules for the first time: now, or with `failed` behind the caller's back; then `ready` is called."""
        assert self.rebuild
        if failed is not None:
            Thread(target=self._load_or, args=(failed, ready), name="rules", daemon=True).start()
            return
        self.loaded = self.rebuild()
        self._read.set()
        for problem in fairly(self.problems()):
            log.warning("%s", problem)
        if ready:
            ready()

    def _load_or(self, failed: Callable[[Exception], None], ready: Callable[[], None] | None) -> None:
        try:
            self.load(ready=ready)
        except self.rebuild_errors as error:
            failed(error)
        except Exception as error:  # a bug: without an end here calls would wait for ever
            log.error("the rules could not be read", exc_info=error)
            failed(error)

    def stamp(self, vetting: Vets) -> str:
        """Names the rules, the lists and the settings in force; part of a verdict's key."""
        if self.reloads:
            self.reloads.look()
        return f"{vetting.rulebook.version}-{self.overlay.version if self.overlay else '0'}-{self.salt}"

    @contextmanager
    def patience(self, wanted_ms: int) -> Generator[int]:
        """How long (ms) this call may wait: as asked, or not at all where so many wait that none would be left."""
        if wanted_ms <= 0 or not self._waiting.acquire(blocking=False):
            yield 0
            return
        try:
            yield wanted_ms
        finally:
            self._waiting.release()

    def own(self) -> tuple[str, ...]:
        """Our own domains and addresses, from the settings and from the lists."""
        return self.own_domains + (self.overlay.own_domains if self.overlay else ())

    def reload(self) -> tuple[str, ...]:
        """Read the company's lists and rules again, in all processes; answer what is wrong.

        Broken rules leave the old ones in force.
        """
        found = self.reload_here()
        if self.reloads:
            self.reloads.announce()
        return found

    def reload_here(self) -> tuple[str, ...]:
        """Like `reload`, in this process alone."""
        with self._lock:
            if self.overlay:
                self.overlay.reload()
            if self.rebuild:
                try:
                    self.loaded = self.rebuild()
                    self.rule_problems = ()
                except self.rebuild_errors as error:
                    self.rule_problems = tuple(f"{line}; the rules read before still count" for line in _lines(error))
                    log.warning("rules not reloaded: %s", error)
        return self.problems()

    def problems(self) -> tuple[str, ...]:
        """What the admin should mend, in words, one row for each mistake."""
        return self.rule_problems + (self.overlay.problems if self.overlay else ())


def _lines(error: Exception) -> list[str]:
    return str(error).splitlines()


def fairly(problems: Sequence[str]) -> list[str]:
    """At most twenty rows: of each file the first ones in turn, so that one bad list does not hide the other files."""
    by_file: dict[str, list[str]] = {}
    for row in problems:
        by_file.setdefault(row.partition(":")[0], []).append(row)
    in_turn = [row for turn in zip_longest(*by_file.values()) for row in turn if row is not None]
    shown = in_turn[:MOST_PROBLEMS]
    more = len(problems) - len(shown)
    return shown + ([f"and {more} more"] if more else [])


def engine() -> Engine:
    """The engine of the running app."""
    return cast(Engine, current_app.extensions["backtone"])
