"""Joins the stages: look-ups and lists, evidence, meaning, judgement. Nothing else knows two of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic

from server.evidence.collect import collect
from server.evidence.lexicon import lexicon_of
from server.evidence.link_ages import link_age_facts, link_domains
from server.evidence.names import clean_host, org_domain
from server.judging.verdict import judge
from server.lookups.domain import DomainLookups
from server.lookups.report import DomainReport
from server.meaning.stage import Meaning
from server.model import Lang, Message, Verdict
from server.overlay.reader import Overlay
from server.rulebook.book import Rulebook

_TURN = Lock()
"""Threads read and judge mails in turn, and wait for look-ups side by side. Left alone they hand the interpreter's lock
to and fro at each pattern: four threads took 13 ms of a core a mail (10 by the clock), in turn they take 9."""


@dataclass(frozen=True)
class Vetting:
    """Vets mails by one rulebook. Without `lookups` all domain facts are unknown; without `meaning` all moves are."""

    rulebook: Rulebook
    lookups: DomainLookups | None = None
    overlay: Overlay | None = None
    own_domains: tuple[str, ...] = ()
    meaning: Meaning | None = None

    def vet(self, message: Message, *, lang: Lang, max_wait_ms: int, now: datetime, offline: bool = False) -> Verdict:
        """The verdict of a mail. `max_wait_ms` bounds the wait; 0 answers from text and cache at once.

        `offline` never touches look-ups. What is not back in time goes on, and the verdict says `complete: False`.
        """
        until = monotonic() + max_wait_ms / 1000
        own = self.own_domains + message.own_domains + (self.overlay.own_domains if self.overlay else ())
        address = message.sender.address if message.sender else ""
        host = clean_host(address.rpartition("@")[2]) if "@" in address else ""
        org = org_domain(host, lexicon_of(self.rulebook.tables))
        asked = not offline and host and not self._needs_no_look_up(address, host, org, own)
        lookups = None if offline else self.lookups
        linked = self._linked(message, address, host, org, own) if lookups else ()
        if lookups and linked:
            lookups.registrations(linked, deadline_s=0, wait=False)  # begin now, beside those of the sender
        report = self._report(host, org, max_wait_ms) if asked else None
        lists = self.overlay.hits(address, org, now) if self.overlay else None
        with _TURN:
            evidence = collect(message, self.rulebook, own=own, domain=report, lists=lists, now=now)
        links = lookups.registrations(linked, deadline_s=until - monotonic()) if lookups and linked else None
        link_age_facts(evidence, links.answers if links else {} if lookups else None, now.date())
        understood = self.meaning is None or self.meaning.add(message.text, evidence, until=until)
        complete = understood and all(row is None or row.complete for row in (report, links))
        with _TURN:
            return judge(evidence, self.rulebook, lang=lang, complete=complete, now=now)

    def _needs_no_look_up(self, address: str, host: str, org: str, own: tuple[str, ...]) -> bool:
        """Ours, or a provider at which anybody can get a mailbox: its records say nothing about the sender."""
        names = (host, org)
        public = any(name in table for table in self.rulebook.public_providers for name in names)
        return public or not {address, *names}.isdisjoint(own)

    def _linked(self, message: Message, address: str, host: str, org: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """The domains behind the links that are worth a question; none for our own mail."""
        if not {address, host, org}.isdisjoint(own):
            return ()
        lexicon = lexicon_of(self.rulebook.tables)
        ours = {org_domain(name.rpartition("@")[2], lexicon) for name in own}
        return link_domains(message, lexicon, frozenset({org, *ours}))

    def _report(self, host: str, org: str, max_wait_ms: int) -> DomainReport | None:
        if self.lookups is None:
            return None
        return self.lookups.report(host, org, deadline_s=max_wait_ms / 1000, wait=max_wait_ms > 0)
