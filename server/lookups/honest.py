"""Watches for a name server that cannot be believed: it invents answers for unknown names, or denies every name."""

from __future__ import annotations

import secrets
import threading

from server.lookups.ports import Clock, DnsReply, NoData, NoName, Records, RecordType, Resolver, Trouble

PROBE_EVERY_S = 3600.0  # networks change under a laptop
RETRY_S = 60.0
PROBE_PATIENCE_S = 2.0
EXISTS = "com"  # a name that no working resolver denies
DENIES = Trouble("failed", "the name server denies every name: it has no way out to the internet")
INVENTS = Trouble("failed", "the name server invents answers for names that do not exist")


class HonestResolver:
    """A resolver whose "no such name" can be believed: what an inventing server cannot know is answered as trouble.

    Before the first use, and each hour, a random name under `.invalid` (RFC 6761: never exists) is asked for. Before
    the first "no such name" is believed, and each hour, so is a name that surely exists: a closed network's resolver
    denies both, and would make every sender's domain look made up.
    """

    def __init__(self, inner: Resolver, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock
        self._lock = threading.Lock()
        self._next_probe = float("-inf")
        self._invented: frozenset[str] | None = None
        self._next_denial_probe = float("-inf")
        self._denies = False
        self._seen = "unknown"

    @property
    def state(self) -> str:
        """`honest`, `invents`, `denies`, `silent` (did not answer the probe) or `unknown` (not probed yet)."""
        if self._invented is not None:
            return "invents"
        return "denies" if self._denies else self._seen

    def probe(self, until: float) -> None:
        """Find the state out, if that has not been done lately."""
        if self._probe(until) is None and self._seen == "honest":
            self._denies_all(until)

    def ask(self, name: str, kind: RecordType, until: float) -> DnsReply:
        """See `ports.Resolver`."""
        invented = self._probe(until)
        reply = self._inner.ask(name, kind, until)
        if invented is None:
            return DENIES if isinstance(reply, NoName) and self._denies_all(until) else reply
        if isinstance(reply, NoName):
            return INVENTS
        if isinstance(reply, Records) and kind in ("A", "AAAA") and invented.intersection(reply.values):
            return INVENTS
        # Such a server answers NOERROR where nothing exists, so "no MX" would wrongly say that the name exists.
        if isinstance(reply, NoData) and kind != "TXT":
            return INVENTS
        return reply

    def _probe(self, until: float) -> frozenset[str] | None:
        """The invented addresses, or None where the server is honest (or did not answer the probe)."""
        with self._lock:
            now = self._clock.monotonic()
            if now >= self._next_probe:
                name = f"{secrets.token_hex(8)}.invalid"
                reply = self._inner.ask(name, "A", min(until, now + PROBE_PATIENCE_S))
                self._invented = frozenset(reply.values) if isinstance(reply, Records) else None
                settled = isinstance(reply, Records | NoName)
                self._seen = "silent" if isinstance(reply, Trouble) else "honest"
                self._next_probe = self._clock.monotonic() + (PROBE_EVERY_S if settled else RETRY_S)
            return self._invented

    def _denies_all(self, until: float) -> bool:
        """Whether the server says "no such name" of a name that exists."""
        with self._lock:
            now = self._clock.monotonic()
            if now >= self._next_denial_probe:
                reply = self._inner.ask(EXISTS, "TXT", min(until, now + PROBE_PATIENCE_S))
                self._denies = isinstance(reply, NoName)
                settled = not isinstance(reply, Trouble)
                self._next_denial_probe = self._clock.monotonic() + (PROBE_EVERY_S if settled else RETRY_S)
            return self._denies
