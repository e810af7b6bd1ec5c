"""All look-ups about a domain at once, under one deadline; what is late goes on and fills the cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.lookups.answer import Answer, Unknown
from server.lookups.build import build
from server.lookups.cache import AnswerCache
from server.lookups.flight import Flight, Flights
from server.lookups.names import ascii_name, never_asked
from server.lookups.net import SystemClock
from server.lookups.pool import Pool
from server.lookups.ports import Clock, Dialer, LookupSettings, Resolver
from server.lookups.report import KINDS, DomainReport, Kind
from server.lookups.shared import Shared
from server.lookups.shared_answers import SharedAnswers
from server.lookups.sources import Job, name_of

SOURCE = "lookups"
NEVER_TTL_S = 0.0
LATE_TTL_S = 5.0  # a look-up that never got a thread may be tried again soon


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may run at once, and how long one look-up may take (s) after its caller has stopped waiting.

    Name servers, registries and web sites have threads of their own: a hung WHOIS server delays no DNS answer.
    """

    dns_threads: int = 32
    registry_threads: int = 16
    site_threads: int = 8
    waiting: int = 512
    dns_s: float = 5.0
    registry_s: float = 10.0
    site_s: float = 15.0


class DomainLookups:
    """The door to the look-ups. One instance serves all threads of a process."""

    def __init__(
        self,
        settings: LookupSettings,
        *,
        resolver: Resolver | None = None,
        dialer: Dialer | None = None,
        clock: Clock | None = None,
        limits: Limits | None = None,
        shared: Shared | None = None,
        salt: str = "",
    ) -> None:
        """`resolver`, `dialer` and `clock` replace the real ones in tests and benchmarks.

        `shared`: the Redis in which processes tell each other; `salt` names the settings that answers depend on.
        """
        self._clock = clock = clock or SystemClock()
        self._shared = SharedAnswers(shared, salt, clock) if shared else None
        self._sources = build(settings, clock, resolver, dialer)
        switched: dict[Kind, bool] = {"blocklists": bool(settings.blocklists), "website": settings.website}
        self._off = frozenset(kind for kind, on in switched.items() if not on)
        self._limits = limits or Limits()
        self._flights = Flights()
        self._dns = Pool("lookup-dns", self._limits.dns_threads, self._limits.waiting)
        self._registry = Pool("lookup-registry", self._limits.registry_threads, self._limits.waiting)
        self._site = Pool("lookup-site", self._limits.site_threads, self._limits.waiting)
        self.cache = AnswerCache(clock)

    def report(
        self, host: str, org_domain: str, *, deadline_s: float, wait: bool = True, visit: bool = False
    ) -> DomainReport:
        """What is known of a mail host and its organisational domain after at most `deadline_s` seconds.

        Kinds that are late are Unknown: `timed_out`, or `pending` where the caller did not wait. Never raises.
        `visit`: somebody asked for the web site to be fetched, also where the setting leaves it alone; what such a
        visit found counts in later reports as long as it is kept.
        """
        note = never_asked(host)
        if note is not None:
            nothing = Unknown("reserved_name", SOURCE, self._clock.now(), NEVER_TTL_S, note)
            return DomainReport(host, org_domain, dict.fromkeys(KINDS, nothing))
        host = ascii_name(host) or host
        org = ascii_name(org_domain) or host
        until = self._clock.monotonic() + max(deadline_s, 0.0)
        if self._shared:
            self._learn(self._shared, host, org)
        started = {kind: self._start(kind, host, org, visit=visit) for kind in KINDS}
        return self._landed(host, org, started, until if wait and deadline_s > 0 else None)

    def _landed(
        self, host: str, org: str, started: Mapping[Any, Answer[Any] | Flight | None], until: float | None
    ) -> DomainReport:
        """What has landed by `until`; None: nobody waits."""
        answers: dict[str, Answer[Any]] = {}
        running: set[str] = set()
        for kind, flight in started.items():
            answer = flight
            if isinstance(flight, Flight):
                answer = flight.wait(0.0 if until is None else until - self._clock.monotonic())
            if answer is None or isinstance(answer, Flight):
                why = "pending" if until is None or flight is None else "timed_out"
                answer = Unknown(why, SOURCE, self._clock.now(), note="still asking")
                running.add(kind)
            answers[kind] = answer
        return DomainReport(host, org, answers, frozenset(running))

    def registrations(self, domains: Iterable[str], *, deadline_s: float, wait: bool = True) -> DomainReport:
        """Registrations of further organisational domains, as `answers` by domain. Otherwise like `report`."""
        until = self._clock.monotonic() + max(deadline_s, 0.0)
        started: dict[str, Answer[Any] | Flight | None] = {}
        for domain in domains:
            name = ascii_name(domain) or domain
            note = never_asked(domain)
            nothing = Unknown("reserved_name", SOURCE, self._clock.now(), NEVER_TTL_S, note or "")
            started[domain] = nothing if note is not None else self._start("registration", name, name, visit=False)
        return self._landed("", "", started, until if wait and deadline_s > 0 else None)

    def close(self) -> None:
        """Start no more look-ups. Cached answers stay available."""
        self._dns.close()
        self._registry.close()
        self._site.close()

    def outside(self) -> dict[str, str]:
        """What the look-ups have seen of the outside so far: `resolver`, `rdap` and `whois`, for /readyz.

        Waits for nothing: a name server that is not known to be honest is probed behind the caller's back, a silent
        one again each minute.
        """
        resolver = self._sources.resolver
        if resolver.state != "honest":
            until = self._clock.monotonic() + self._limits.dns_s
            self._dns.submit(lambda: resolver.probe(until))
        return {"resolver": resolver.state, **self._sources.registration.reach.states()}

    @property
    def under_way(self) -> int:
        """How many look-ups run or wait for a thread, for the metrics."""
        return len(self._flights)

    def _learn(self, shared: SharedAnswers, host: str, org: str) -> None:
        """Take over what other processes know of these names and this one does not."""
        # A site that somebody had visited from another process counts here, too.
        kinds: list[Kind] = [kind for kind in KINDS if kind not in self._off or kind == "website"]
        names: dict[Kind, str] = {kind: name_of(kind, host, org) for kind in kinds}
        wanted: list[tuple[Kind, str]] = [row for row in names.items() if self.cache.peek(*row) is None]
        for kind, (answer, age_s) in shared.get(wanted).items():
            self.cache.put(kind, names[kind], answer, age_s)

    def _start(self, kind: Kind, host: str, org: str, *, visit: bool) -> Answer[Any] | Flight | None:
        """The cached answer, or the flight that will bring it; None where everything is full."""
        name = name_of(kind, host, org)
        answer, stale = self.cache.look(kind, name)
        off = kind in self._off and not (visit and kind == "website")
        if answer is not None and (off or not stale):
            return answer
        if off:
            return Unknown("off", SOURCE, self._clock.now(), NEVER_TTL_S)
        flight, mine = self._flights.join(kind, name)
        if not mine:
            return answer or flight
        # The flight before this one may have landed between the two looks.
        landed = self.cache.peek(kind, name)
        if landed is not None:
            self._flights.end(kind, name)
            flight.land(landed)
            return landed
        pool, seconds = self._pool(kind)
        until = self._clock.monotonic() + seconds
        look_up = self._sources.job(kind, host, org, until)
        if pool.submit(lambda: self._fly(kind, name, flight, look_up, until), lambda: self._drop(kind, name, flight)):
            return answer or flight  # an answer past its time is shown while it is asked for anew
        self._flights.end(kind, name)
        return answer

    def _drop(self, kind: Kind, name: str, flight: Flight) -> None:
        """The pool closed before the look-up began: nobody waits for it any longer."""
        self._flights.end(kind, name)
        flight.land(Unknown("failed", SOURCE, self._clock.now(), NEVER_TTL_S, "the look-ups were stopped"))

    def _pool(self, kind: Kind) -> tuple[Pool, float]:
        """Where a kind runs, and how long it may."""
        match kind:
            case "registration":
                return self._registry, self._limits.registry_s
            case "website":
                return self._site, self._limits.site_s
            case _:
                return self._dns, self._limits.dns_s

    def _fly(self, kind: Kind, name: str, flight: Flight, look_up: Job, until: float) -> None:
        """Run in the pool: look up, keep the answer, hand it out, in this order so that no second flight starts."""
        answer: Answer[Any] = Unknown("failed", SOURCE, self._clock.now(), LATE_TTL_S, "the look-up broke off")
        try:
            if self._clock.monotonic() < until:
                share = self._shared
                answer = share.look_up(kind, name, look_up, until) if share else look_up()
            else:
                answer = Unknown("timed_out", SOURCE, self._clock.now(), LATE_TTL_S, "too many look-ups under way")
        finally:
            self.cache.put(kind, name, answer)
            self._flights.end(kind, name)
            flight.land(answer)
