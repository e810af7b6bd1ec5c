"""/readyz on name server and registries."""

from __future__ import annotations

from dataclasses import replace

import dns.message
import dns.rrset
import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from server.web import health
from tests.peers.fakes import eventually
from tests.peers.scripted_dns import ScriptedDns
from tests.peers.world import World

pytestmark = pytest.mark.peers


def asking(settings: Settings, address: str) -> FlaskClient:
    return create_app(replace(settings, lookups=True, resolvers=(address,))).test_client()


def test_an_honest_name_server_is_called_so(settings: Settings, rep: dict[str, str]) -> None:
    with World() as world:
        client = asking(settings, world.dns.address)
        eventually(lambda: client.get("/readyz", headers=rep).json["outside"]["resolver"] == "honest")  # type: ignore[index]
        state = client.get("/readyz", headers=rep).json
        assert state and state["outside"] == {"resolver": "honest", "rdap": "unknown", "whois": "unknown"}
        assert state["problems"] == []
        assert "site_visit" in state["features"]


def test_a_name_server_that_invents_is_a_problem_for_the_admin(settings: Settings, rep: dict[str, str]) -> None:
    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        answer = dns.message.make_response(query, recursion_available=True)
        answer.answer.append(dns.rrset.from_text(query.question[0].name, 60, "IN", "A", "10.9.9.9"))
        return answer

    with ScriptedDns(script) as server:
        client = asking(settings, server.address)
        eventually(lambda: client.get("/readyz", headers=rep).json["outside"]["resolver"] == "invents")  # type: ignore[index]
        state = client.get("/readyz", headers=rep).json
        assert state and state["ready"] and any("BACKTONE_RESOLVERS" in line for line in state["problems"])


WAYS_OUT = [
    ({"resolver": "honest", "rdap": "failing", "whois": "failing"}, True),
    ({"resolver": "honest", "rdap": "failing", "whois": "unknown"}, True),
    ({"resolver": "honest", "rdap": "failing", "whois": "reached"}, False),
    ({"resolver": "honest", "rdap": "unknown", "whois": "unknown"}, False),
    ({"resolver": "denies", "rdap": "failing", "whois": "failing"}, False),
]


def test_registries_out_of_reach_are_the_admins_to_mend(
    real: FlaskClient, rep: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for outside, told in WAYS_OUT:
        monkeypatch.setattr(health, "_outside", lambda: outside)  # noqa: B023  (asked at once)
        state = real.get("/readyz", headers=rep).json
        assert state and any("BACKTONE_WHOIS_MAP" in line for line in state["problems"]) is told, outside


def test_a_redis_that_is_away_is_told(settings: Settings, rep: dict[str, str]) -> None:
    app = create_app(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    client = app.test_client()

    def problems() -> list[str]:
        client.post("/v1/vet", json={"sender": "ann@importer.example", "body": {"text": "Please quote."}}, headers=rep)
        return (client.get("/readyz", headers=rep).json or {})["problems"]

    try:
        eventually(lambda: any("take BACKTONE_REDIS_URL out" in line for line in problems()))
    finally:
        app.extensions["backtone.shared"].close()


def test_without_look_ups_there_is_no_outside(real: FlaskClient, rep: dict[str, str]) -> None:
    state = real.get("/readyz", headers=rep).json
    assert state and state["outside"] == {} and not state["lookups"]
    assert "site_visit" not in state["features"]
