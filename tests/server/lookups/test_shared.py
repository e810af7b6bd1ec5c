"""Redis as several processes share it: values, locks, counters; and what it costs when it is down, slow or hangs."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from server.lookups import shared as module
from server.lookups.shared import FAILURES, LARGEST, PREFIX, Shared, short
from tests.peers.fakes import eventually
from tests.peers.redis import RedisServer

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with RedisServer() as redis:
        yield redis


@pytest.fixture
def shared(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shared]:
    monkeypatch.setattr(module, "SLOW_S", 5.0)  # this machine may be slow; the tests of slowness set their own
    monkeypatch.setattr(module, "PROBE_S", 0.05)
    server.client.flushall()
    made = Shared(server.url)
    made._client.get_connection_kwargs().update(socket_timeout=5.0)
    yield made
    made.close()


def test_values_come_back_until_their_time_is_up(shared: Shared, server: RedisServer) -> None:
    assert shared.get(["a", "b"]) == [None, None]
    assert shared.put("a", b"1", 60)
    assert shared.get(["a", "b"]) == [b"1", None]
    assert 0 < server.client.pttl(PREFIX + "a") <= 60_000
    assert not shared.put("a", b"1", 0.0)
    shared.drop("a")
    assert shared.get(["a"]) == [None]
    assert shared.counts == {"hits": 1, "misses": 4, "failures": 0, "dropped": 1}


def test_what_is_too_large_is_neither_written_nor_read(shared: Shared, server: RedisServer) -> None:
    assert not shared.put("a", b"x" * (LARGEST + 1), 60)
    server.client.set(PREFIX + "a", b"x" * (LARGEST + 1))
    assert shared.get(["a"]) == [None]


def test_a_value_is_written_behind_the_callers_back(shared: Shared, server: RedisServer) -> None:
    shared.put_soon("a", lambda: b"1", 60)
    eventually(lambda: server.client.get(PREFIX + "a") == b"1")


def test_a_lock_has_one_holder_and_is_given_back_by_him_only(shared: Shared) -> None:
    token = shared.claim("x", 60)
    assert token and shared.claim("x", 60) == "" and shared.locked("x")
    shared.release("x", "another's")
    assert shared.locked("x")
    shared.release("x", token)
    assert not shared.locked("x") and shared.claim("x", 60)


def test_a_lock_ends_by_itself(shared: Shared) -> None:
    assert shared.claim("x", 0.05)
    eventually(lambda: not shared.locked("x"))


def test_counters_add_up(shared: Shared) -> None:
    assert shared.add({"a": 2, "b": 1}, 60) == {"a": 2, "b": 1}
    assert shared.add({"a": 3}, 60) == {"a": 5}


def test_a_value_of_another_kind_is_none(shared: Shared, server: RedisServer) -> None:
    server.client.lpush(PREFIX + "a", "x")
    assert shared.get(["a"]) == [None]
    assert shared.add({"a": 1}, 60) is None


def test_names_tell_nothing_and_parts_do_not_run_together() -> None:
    assert "a.com" not in short("mx", "a.com") and short("ab", "c") != short("a", "bc")


def test_a_dead_redis_is_soon_left_alone_and_used_again_when_it_is_back(server: RedisServer, shared: Shared) -> None:
    assert shared.put("a", b"1", 60)
    server.stop()
    try:
        for _ in range(FAILURES):
            assert shared.get(["a"]) == [None]
        assert not shared.reachable
        start = time.perf_counter()
        for _ in range(200):
            assert shared.get(["a"]) == [None] and shared.claim("x", 1) is None and shared.add({"a": 1}, 1) is None
        assert time.perf_counter() - start < 0.5
    finally:
        server.start()
    eventually(lambda: shared.reachable)
    assert shared.put("a", b"2", 60) and shared.get(["a"]) == [b"2"]


def test_a_hanging_redis_delays_only_the_first_callers(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PROBE_S", 0.05)
    shared = Shared(server.url)
    server.hold()
    try:
        start = time.perf_counter()
        for _ in range(50):
            assert shared.get(["a"]) == [None]
        assert time.perf_counter() - start < FAILURES * module.TIMEOUT_S + 2
        assert not shared.reachable and shared.counts["failures"] == FAILURES
    finally:
        server.go_on()
    eventually(lambda: shared.reachable)
    shared.close()


def test_one_that_answers_slowly_is_left_alone_too(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLOW_S", -1.0)
    for _ in range(FAILURES):
        shared.get(["a"])
    assert not shared.reachable
    monkeypatch.setattr(module, "SLOW_S", 5.0)
    eventually(lambda: shared.reachable)
