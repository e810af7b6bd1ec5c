"""Answers that processes tell each other: read back exactly or not at all, and looked up once among all."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest

from server.lookups import shared as module
from server.lookups.answer import (
    Answer,
    Certificate,
    Dmarc,
    Found,
    MailHosts,
    NotFound,
    Registration,
    Site,
    Spf,
    Unknown,
)
from server.lookups.domain import DomainLookups
from server.lookups.shared import PREFIX, Shared
from server.lookups.shared_answers import UNKNOWN_S, SharedAnswers, read, written
from server.settings import Settings
from tests.peers.fakes import LoopbackAndMap, MovableClock, eventually
from tests.peers.redis import RedisServer
from tests.peers.site import WebPeer, page
from tests.peers.world import World

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
VALUES = [
    MailHosts(("mx1.a.com", "mx2.a.com")),
    MailHosts((), null_mx=True),
    Spf("v=spf1 -all", True, 3, None),
    Dmarc("v=DMARC1; p=none", "none", False, "a.com"),
    Registration(date(2003, 4, 1), None, "Registrar Ltd", ("client hold",)),
    Site("https://a.com/", 200, True, "阀门", links=("b.com",), certificate=Certificate(date(2026, 1, 1), None)),
    "v=STSv1; id=1",
    ("ns1.a.com", "ns2.a.com"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    answer = Found(value, "dns", NOW, 300.0)
    data = written("k", answer)
    assert data is not None and read("k", data) == answer


@pytest.mark.parametrize(
    "answer", [NotFound("dns", NOW, 60.0, nxdomain=True), Unknown("timed_out", "whois:x", NOW, 45.0, "slow")]
)
def test_none_and_unknown_come_back_too(answer: Answer[Any]) -> None:
    data = written("k", answer)
    assert data is not None and read("k", data) == answer


def test_a_value_of_an_unknown_kind_is_not_shared() -> None:
    assert written("k", Found(object(), "dns", NOW, 60.0)) is None


GOOD = orjson.loads(written("k", Found(Spf("v=spf1 -all", True), "dns", NOW, 60.0)) or b"")


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"key": "another"},
        {"found": "Dmarc"},
        {"found": "object"},
        {"value": {"record": "v=spf1"}},
        {"value": {**GOOD["value"], "more": 1}},
        {"value": {**GOOD["value"], "strict": "yes"}},
        {"value": "v=spf1 -all"},
        {"at": "yesterday"},
        {"at": "2026-11-22T05:00:00"},
        {"ttl_s": "60"},
        {"ttl_s": True},
    ],
    ids=str,
)
def test_what_does_not_fit_is_not_read(change: dict[str, Any]) -> None:
    assert read("k", orjson.dumps(GOOD)) is not None
    assert read("k", orjson.dumps(GOOD | change)) is None


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff\x00", b"null", b"{" * 2000, b'{"v":1}'])
def test_rubbish_is_not_read(data: bytes) -> None:
    assert read("k", data) is None


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with RedisServer() as redis:
        yield redis


@pytest.fixture
def shared(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shared]:
    monkeypatch.setattr(module, "SLOW_S", 5.0)
    monkeypatch.setattr(module, "TIMEOUT_S", 5.0)
    server.client.flushall()
    made = Shared(server.url)
    yield made
    made.close()


def answers(shared: Shared, salt: str = "s", clock: MovableClock | None = None) -> SharedAnswers:
    return SharedAnswers(shared, salt, clock or MovableClock())


def found(clock: MovableClock) -> Found[str]:
    """The same answer whenever it is asked for within an hour."""
    return Found("v=STSv1; id=1", "dns", clock.now().replace(minute=0, second=0, microsecond=0), 7200.0)


@pytest.mark.peers
def test_what_one_has_asked_the_other_knows(shared: Shared, server: RedisServer) -> None:
    clock = MovableClock()
    first, second = answers(shared, clock=clock), answers(shared, clock=clock)
    answer = found(clock)
    assert first.look_up("mta_sts", "a.com", lambda: answer, clock.monotonic() + 10) == answer
    asked: list[int] = []
    known = second.look_up("mta_sts", "a.com", lambda: asked.append(1) or answer, clock.monotonic() + 10)
    assert known == answer and not asked
    assert not second.get([("mta_sts", "b.com"), ("mx", "a.com")])
    assert not answers(shared, "other settings", clock).get([("mta_sts", "a.com")])
    assert all(b"a.com" not in key for key in server.client.scan_iter())


@pytest.mark.peers
def test_a_foreign_value_is_dropped_and_asked_for(shared: Shared, server: RedisServer) -> None:
    clock = MovableClock()
    mine = answers(shared, clock=clock)
    key = PREFIX + mine._key("mx", "a.com")
    server.client.set(key, b"someone else's")
    assert mine.look_up("mx", "a.com", lambda: found(clock), clock.monotonic() + 10) == found(clock)
    assert shared.counts["dropped"] == 1 and b"STSv1" in server.client.get(key)


@pytest.mark.peers
def test_a_failure_is_told_for_a_short_time_only(shared: Shared, server: RedisServer) -> None:
    clock = MovableClock()
    mine = answers(shared, clock=clock)
    mine.look_up("mx", "a.com", lambda: Unknown("timed_out", "dns", clock.now(), 45.0), clock.monotonic() + 10)
    assert 0 < server.client.pttl(PREFIX + mine._key("mx", "a.com")) <= UNKNOWN_S * 1000


@pytest.mark.peers
def test_a_hundred_askers_in_several_processes_ask_once(shared: Shared) -> None:
    clock = MovableClock()
    asked: list[int] = []

    def ask() -> Answer[Any]:
        asked.append(1)
        time.sleep(0.2)
        return found(clock)

    processes = [answers(shared, clock=clock) for _ in range(4)]
    with ThreadPoolExecutor(16) as pool:
        got = list(
            pool.map(lambda at: processes[at % 4].look_up("mx", "a.com", ask, clock.monotonic() + 30), range(100))
        )
    assert len(asked) == 1 and set(got) == {found(clock)}


@pytest.mark.peers
@pytest.mark.parametrize("lock_s", [0.3, 60.0], ids=["its lock ends", "its lock stays"])
def test_the_death_of_the_one_who_asks_leaves_time_to_ask(shared: Shared, lock_s: float) -> None:
    clock = MovableClock()
    mine = answers(shared, clock=clock)
    assert shared.claim(mine._key("mx", "a.com"), lock_s)  # and never comes back
    until = clock.monotonic() + 4
    left: list[float] = []
    mine.look_up("mx", "a.com", lambda: left.append(until - clock.monotonic()) or found(clock), until)
    assert len(left) == 1 and left[0] > 0.5


@pytest.mark.peers
def test_without_redis_everybody_asks_for_himself(server: RedisServer) -> None:
    clock = MovableClock()
    away = Shared("redis://127.0.0.1:1/0")
    mine = answers(away, clock=clock)
    for _ in range(5):
        assert mine.look_up("mx", "a.com", lambda: found(clock), clock.monotonic() + 10) == found(clock)
    away.close()


@pytest.mark.peers
def test_two_processes_ask_the_outside_once(shared: Shared) -> None:
    with World() as world:
        settings = Settings.from_env(world.settings)
        both = [DomainLookups(settings, shared=shared, salt="s") for _ in range(2)]
        with ThreadPoolExecutor(16) as pool:
            reports = list(
                pool.map(
                    lambda at: both[at % 2].report("nordwind-tools.com", "nordwind-tools.com", deadline_s=30), range(40)
                )
            )
        assert all(report.complete for report in reports)
        mail = {("nordwind-tools.com", "MX"), ("_dmarc.nordwind-tools.com", "TXT"), ("nordwind-tools.com", "NS")}
        assert {world.dns.asked[question] for question in mail} == {1}
        assert set(world.registry.asked.values()) == {1}
        late = DomainLookups(settings, shared=shared, salt="s").report(
            "nordwind-tools.com", "nordwind-tools.com", deadline_s=0, wait=False
        )
        assert late.complete, "what others know needs no waiting"


@pytest.mark.peers
def test_an_answer_past_its_time_is_shown_while_it_is_asked_for_anew() -> None:
    clock = MovableClock()
    with World() as world:
        lookups = DomainLookups(Settings.from_env(world.settings), clock=clock)
        name = "nordwind-tools.com"
        assert lookups.report(name, name, deadline_s=30).complete
        before = world.dns.asked[name, "MX"]
        clock.ahead += timedelta(seconds=400).total_seconds()
        start = time.monotonic()
        report = lookups.report(name, name, deadline_s=0, wait=False)
        assert isinstance(report.answers["mx"], Found) and "mx" not in report.running
        assert time.monotonic() - start < 5
        eventually(lambda: world.dns.asked[name, "MX"] == before + 1)


def test_stopping_frees_those_who_wait() -> None:
    gate = threading.Event()
    lookups = DomainLookups(Settings(resolvers=("127.0.0.1:1",)))
    for pool in (lookups._dns, lookups._registry, lookups._site):
        for _ in range(pool._size):
            pool.submit(lambda: gate.wait(30) and None)
    with ThreadPoolExecutor(1) as one:
        waiting = one.submit(lookups.report, "a.com", "a.com", deadline_s=60)
        eventually(lambda: lookups.under_way >= 5)
        start = time.monotonic()
        lookups.close()
        report = waiting.result(20)
    gate.set()
    assert time.monotonic() - start < 10
    assert {answer.why for answer in report.answers.values() if isinstance(answer, Unknown)} >= {"failed"}


def test_a_visit_of_one_process_counts_in_the_others_that_leave_sites_alone(shared: Shared) -> None:
    with World() as world, WebPeer(lambda *_: page("<title>Tools</title>")) as web:
        settings = Settings.from_env(world.settings)
        dialer = LoopbackAndMap({("93.184.215.14", 80): web.port})
        one, other = (DomainLookups(settings, dialer=dialer, shared=shared) for _ in range(2))
        name = "nordwind-tools.com"
        assert isinstance(one.report(name, name, deadline_s=20, visit=True).answers["website"], Found)
        seen = other.report(name, name, deadline_s=20).answers["website"]
        assert isinstance(seen, Found) and seen.value.title == "Tools" and len(web.asked) == 1
