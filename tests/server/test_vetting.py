"""Vetting: who is looked up, what offline means, and when the verdict is complete."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Event
from typing import Any, cast

import pytest

from server.lookups.answer import Found, Registration, Unknown
from server.lookups.domain import DomainLookups
from server.lookups.report import KINDS, DomainReport
from server.model import Address, Link, ListHits, Message
from server.overlay.reader import Overlay
from server.rulebook.book import Rulebook
from server.rulebook.load import load_sound_part
from server.vetting import Vetting

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@dataclass
class Lookups:
    """Stands for the look-ups: notes what was asked, and answers that everything still runs."""

    asked: list[tuple[str, str, float, bool]] = field(default_factory=list)
    running: frozenset[str] = frozenset()
    linked: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)

    def report(self, host: str, org_domain: str, *, deadline_s: float, wait: bool = True) -> DomainReport:
        self.asked.append((host, org_domain, deadline_s, wait))
        answers: dict[str, Any] = dict.fromkeys(KINDS, Unknown("timed_out", "test", NOW, 0.0))
        return DomainReport(host, org_domain, answers, self.running)

    def registrations(self, domains: Any, *, deadline_s: float, wait: bool = True) -> DomainReport:
        self.linked.append((tuple(domains), wait))
        young = Found(Registration(created=date(2026, 11, 18)), "test", NOW, 60.0)
        return DomainReport("", "", dict.fromkeys(domains, young), self.running)


@dataclass
class Lists:
    """Stands for the company's lists."""

    own_domains: tuple[str, ...] = ("ours.example",)

    def hits(self, address: str, org_domain: str, now: datetime) -> ListHits:
        return ListHits(blocked=f"{org_domain} (block.csv)" if org_domain == "evil.example" else "")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_sound_part()[0]


def vetting(book: Rulebook, lookups: Lookups | None = None, lists: Lists | None = None, *own: str) -> Vetting:
    return Vetting(book, cast("DomainLookups | None", lookups), cast("Overlay | None", lists), own)


def mail(address: str, text: str = "We would like to buy five hundred valves.") -> Message:
    return Message(sender=Address(address), text=text, subject="Order")


def test_a_company_domain_is_looked_up(book: Rulebook) -> None:
    lookups = Lookups()
    verdict = vetting(book, lookups).vet(mail("li@shop.blue-nile.co.uk"), lang="en", max_wait_ms=1500, now=NOW)
    assert lookups.asked == [("shop.blue-nile.co.uk", "blue-nile.co.uk", 1.5, True)]
    assert verdict.complete and verdict.risk.confidence == "medium"
    assert any(row.why == "the server did not answer in time" for row in verdict.not_checked)


@pytest.mark.parametrize(
    "address", ["li@gmail.com", "li@163.com", "boss@ours.example", "me@mine.example", "nobody", ""]
)
def test_freemail_and_our_own_are_not(book: Rulebook, address: str) -> None:
    lookups = Lookups()
    made = vetting(book, lookups, Lists(), "mine.example")
    assert made.vet(mail(address), lang="en", max_wait_ms=1500, now=NOW).complete
    assert lookups.asked == []


def test_offline_never_looks_up_and_is_complete(book: Rulebook) -> None:
    lookups = Lookups(running=frozenset(("mx",)))
    verdict = vetting(book, lookups).vet(mail("li@b.example"), lang="en", max_wait_ms=0, now=NOW, offline=True)
    assert lookups.asked == [] and verdict.complete
    assert any(row.why == "look-ups were switched off" for row in verdict.not_checked)


def test_no_wait_answers_at_once_and_says_that_more_comes(book: Rulebook) -> None:
    lookups = Lookups(running=frozenset(("mx",)))
    verdict = vetting(book, lookups).vet(mail("li@b.example"), lang="en", max_wait_ms=0, now=NOW)
    assert lookups.asked == [("b.example", "b.example", 0.0, False)]
    assert not verdict.complete


def test_the_lists_speak(book: Rulebook) -> None:
    verdict = vetting(book, None, Lists()).vet(mail("x@evil.example"), lang="en", max_wait_ms=0, now=NOW)
    assert verdict.risk.level == "critical"
    assert any(reason.group == "lists" for reason in verdict.reasons)


def test_an_empty_message_is_not_assessed(book: Rulebook) -> None:
    verdict = vetting(book).vet(Message(), lang="zh_CN", max_wait_ms=0, now=NOW)
    assert (verdict.risk.level, verdict.risk.confidence, verdict.risk.score) == ("unknown", "low", 0)


def with_links(address: str, *hrefs: str) -> Message:
    links = tuple(Link("see our list", href) for href in hrefs)
    return Message(sender=Address(address), text="We would like to buy five hundred valves.", links=links)


def test_the_domains_behind_links_are_asked_for_and_a_new_one_counts(book: Rulebook) -> None:
    lookups = Lookups()
    message = with_links("a@gmail.com", "https://portal-login.top/x")
    verdict = vetting(book, lookups).vet(message, lang="en", max_wait_ms=50, now=NOW)
    assert lookups.linked == [(("portal-login.top",), False), (("portal-login.top",), True)]
    assert verdict.facts["links"]["youngest_days"] == 4
    assert "link_new_domain" in {reason.id for reason in verdict.reasons}
    assert not vetting(book, Lookups(running=frozenset({"x"}))).vet(message, lang="en", max_wait_ms=0, now=NOW).complete


@pytest.mark.parametrize(
    ("message", "offline"),
    [
        (with_links("a@buyer.com", "https://portal-login.top/x"), True),
        (with_links("a@ours.example", "https://portal-login.top/x"), False),
        (with_links("a@buyer.com", "https://www.buyer.com/x", "https://shop.buyer.com"), False),
        (with_links("a@buyer.com", "https://forms.google.com/x", "https://bit.ly/x", "http://10.0.0.1/"), False),
        (with_links("a@buyer.com", "https://mail.ours.example/x", "mailto:a@b.com", "tel:1"), False),
        (with_links("a@buyer.com"), False),
    ],
)
def test_links_that_are_not_asked_for(book: Rulebook, message: Message, offline: bool) -> None:
    lookups = Lookups()
    vetting(book, lookups, None, "ours.example").vet(message, lang="en", max_wait_ms=0, now=NOW, offline=offline)
    assert lookups.linked == []


def test_of_many_links_three_domains_are_asked_for(book: Rulebook) -> None:
    lookups = Lookups()
    hrefs = [f"https://w{number}.site-{number}.com/" for number in range(50)] * 2
    vetting(book, lookups).vet(with_links("a@buyer.com", *hrefs), lang="en", max_wait_ms=0, now=NOW)
    assert lookups.linked[0][0] == ("site-0.com", "site-1.com", "site-2.com")


def test_a_site_that_was_not_visited_is_one_gap_not_eight(book: Rulebook) -> None:
    verdict = vetting(book, Lookups()).vet(mail("a@buyer.com"), lang="en", max_wait_ms=50, now=NOW)
    rows = [row for row in verdict.not_checked if row.fact.startswith(("site", "tls"))]
    assert [(row.fact, row.why) for row in rows] == [("site", "the server did not answer in time")]
    assert {"domain_parked_no_site", "site_absent"} <= set(rows[0].rules)


def test_who_waits_for_look_ups_keeps_nobody_from_the_turn(book: Rulebook) -> None:
    asked, answered = Event(), Event()

    class Slow(Lookups):
        def report(self, host: str, org_domain: str, *, deadline_s: float, wait: bool = True) -> DomainReport:
            asked.set()
            assert answered.wait(20)
            return super().report(host, org_domain, deadline_s=deadline_s, wait=wait)

    waits = vetting(book, Slow())
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(waits.vet, mail("a@slow-house.com"), lang="en", max_wait_ms=5000, now=NOW)
        assert asked.wait(20)
        other = waits.vet(mail("b@gmail.com"), lang="en", max_wait_ms=0, now=NOW)
        assert other.risk.level == "low" and not slow.done()
        answered.set()
        assert slow.result(20).risk.level
