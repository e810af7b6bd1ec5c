"""Two processes with one Redis, as behind a balancer: what one has vetted the other answers, and Redis may go away."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.lookups import shared as module
from tests.peers.fakes import eventually
from tests.peers.redis import RedisServer

pytestmark = pytest.mark.peers
SECRET = "please pay our shipping agent first"
MAIL = {"sender": "a@b.example", "subject": SECRET}


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with RedisServer() as redis:
        yield redis


@pytest.fixture
def both(make: Any, server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[FlaskClient]]:
    monkeypatch.setattr(module, "SLOW_S", 5.0)
    monkeypatch.setattr(module, "TIMEOUT_S", 5.0)
    server.client.flushall()
    clients = [make(redis_url=server.url) for _ in range(2)]
    yield clients
    for client in clients:
        engine = client.application.extensions["backtone"]
        engine.shared_verdicts._shared.close()


def post(client: FlaskClient, rep: dict[str, str], **more: Any) -> dict[str, Any]:
    answer = client.post("/v1/vet", json=MAIL | more, headers=rep)
    assert answer.status_code == 200 and answer.json
    return answer.json


def test_what_one_has_vetted_the_other_answers(
    both: list[FlaskClient], rep: dict[str, str], vetting: Any, server: RedisServer
) -> None:
    first = post(both[0], rep)
    eventually(lambda: server.client.dbsize() > 0)
    second = post(both[1], rep)
    assert second["cache"]["hit"] and second["key"] == first["key"] and second["reasons"] == first["reasons"]
    assert len(vetting.asked) == 1
    assert both[1].get(f"/v1/vet/{first['key']}", headers=rep).json["cache"]["hit"]  # type: ignore[index]


def test_a_verdict_without_its_look_ups_is_finished_for_the_other(
    both: list[FlaskClient], rep: dict[str, str], vetting: Any, server: RedisServer
) -> None:
    vetting.complete = False
    first = post(both[0], rep, max_wait_ms=0)
    assert not first["complete"]
    path = f"/v1/vet/{first['key']}"
    eventually(lambda: len(vetting.asked) == 2)  # asked again behind the caller's back, still in vain
    eventually(lambda: both[1].get(path, headers=rep).status_code == 200)
    still = both[1].get(path, headers=rep).json
    assert still and not still["complete"] and still["retry_after_ms"] > 0
    vetting.complete = True
    post(both[0], rep, max_wait_ms=0)
    eventually(lambda: both[1].get(path, headers=rep).json["complete"])  # type: ignore[index]


def test_redis_holds_nothing_of_the_mail(both: list[FlaskClient], rep: dict[str, str], server: RedisServer) -> None:
    key = post(both[0], rep)["key"]
    eventually(lambda: server.client.dbsize() > 0)
    for name in server.client.scan_iter():
        value = server.client.get(name)
        for secret in (SECRET, SECRET[:10], "b.example", key):
            assert secret.encode() not in name + value


def test_other_settings_have_other_verdicts(
    both: list[FlaskClient], make: Any, rep: dict[str, str], server: RedisServer
) -> None:
    post(both[0], rep)
    eventually(lambda: server.client.dbsize() > 0)
    other = make(redis_url=server.url, website=True)
    assert not post(other, rep)["cache"]["hit"]
    other.application.extensions["backtone"].shared_verdicts._shared.close()


def test_rubbish_in_redis_costs_a_hit(
    both: list[FlaskClient], rep: dict[str, str], vetting: Any, server: RedisServer
) -> None:
    post(both[0], rep, date="of this test alone")  # no late writing of an earlier test can put it right
    eventually(lambda: server.client.dbsize() > 0)
    for _ in range(25):  # on a busy machine the own writing may come after one of an earlier test
        for name in list(server.client.scan_iter()):
            server.client.set(name, b"rubbish")
        time.sleep(0.02)
    assert not post(both[1], rep, date="of this test alone")["cache"]["hit"]
    assert len(vetting.asked) == 2


def test_it_goes_on_without_redis(
    both: list[FlaskClient], rep: dict[str, str], admin: dict[str, str], server: RedisServer
) -> None:
    server.stop()
    try:
        for number in range(5):
            assert not post(both[0], rep, date=str(number))["cache"]["hit"]
            assert post(both[0], rep, date=str(number))["cache"]["hit"]
        text = both[0].get("/metrics", headers=admin).text
        failures = re.search(r'backtone_cache_uses_total\{cache="redis",result="failures"\} (\d+)', text)
        assert failures and int(failures[1]) >= module.FAILURES
        assert 'backtone_cache_uses_total{cache="verdicts",result="hits"} 5.0' in text
    finally:
        server.start()


def test_the_limit_holds_for_both_together(make: Any, rep: dict[str, str], server: RedisServer) -> None:
    server.client.flushall()
    clients = [make(redis_url=server.url, rate_limit=6) for _ in range(2)]
    quotas = [client.application.extensions["backtone.quota"] for client in clients]
    for quota in quotas:
        quota._clock = lambda: 600.0
        quota._next_sync = float("inf")
    for client in clients:
        assert [client.post("/v1/vet", json=MAIL, headers=rep).status_code for _ in range(4)] == [200] * 4
    for quota in quotas:
        quota.sync()
    assert clients[1].post("/v1/vet", json=MAIL, headers=rep).status_code == 429
    for client in clients:
        client.application.extensions["backtone"].shared_verdicts._shared.close()
