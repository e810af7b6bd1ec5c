"""Calls that wait for hung servers leave threads for those that need not wait."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from server.web.engine import WAITERS, Engine
from tests.peers.world import Domain, World

THREADS = 8
"""gunicorn's, in server/deploy/gunicorn.conf.py."""
HUNG = 200


def test_so_many_may_wait_and_no_more(vetting: Any) -> None:
    engine = Engine(vetting)
    waits = [engine.patience(3000) for _ in range(WAITERS)]
    assert [wait.__enter__() for wait in waits] == [3000] * WAITERS
    with engine.patience(3000) as none:
        assert none == 0
    for wait in waits:
        wait.__exit__(None, None, None)
    with engine.patience(0) as asked_for_none, engine.patience(3000) as again:
        assert (asked_for_none, again) == (0, 3000)


def post(client: FlaskClient, rep: dict[str, str], domain: str, wait_ms: int) -> dict[str, Any]:
    mail = {"sender": f"ann@{domain}", "body": {"text": "Please quote 20 pumps."}, "max_wait_ms": wait_ms}
    answer = client.post("/v1/vet", json=mail, headers=rep)
    assert answer.status_code == 200 and answer.json
    return answer.json


@pytest.mark.peers
@pytest.mark.slow
def test_two_hundred_hung_domains_do_not_slow_a_known_one(settings: Settings, rep: dict[str, str]) -> None:
    hung = {f"hung-{number}.com": Domain(dns="hang", registry="hang") for number in range(HUNG)}
    with World({"known-firm.com": Domain(), "other-firm.com": Domain(), **hung}) as world:
        asked = Settings.from_env(world.settings)
        given = replace(
            settings,
            lookups=True,
            resolvers=asked.resolvers,
            whois_map=asked.whois_map,
            rdap_bootstrap=asked.rdap_bootstrap,
        )
        client = create_app(given).test_client()
        assert post(client, rep, "known-firm.com", 10_000)["complete"]
        start = time.monotonic()
        with ThreadPoolExecutor(THREADS) as pool:
            waiting = [
                pool.submit(post, client.application.test_client(), rep, domain, 3000) for domain in sorted(hung)
            ]
            mail = {"sender": "bob@known-firm.com", "body": {"text": "And 30 valves."}, "max_wait_ms": 3000}
            known = pool.submit(client.application.test_client().post, "/v1/vet", json=mail, headers=rep)
            answer = known.result(60).json
            took = time.monotonic() - start
            answers = [row.result(60) for row in waiting]
    # All eight threads waiting for their turn would have taken 200 / 8 x 3 s = 75 s.
    assert answer and answer["complete"] and took < 30
    assert not any(row["complete"] for row in answers)
    assert all(row["facts"].get("sender") for row in answers), "what needs no look-up is there all the same"
