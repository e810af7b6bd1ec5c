"""GET /v1/domains with look-ups: every look-up has its row, and the site is visited on demand only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.lookups import build
from server.lookups.report import KINDS
from server.settings import Settings
from tests.peers.fakes import LoopbackAndMap, eventually
from tests.peers.site import WebPeer, page
from tests.peers.world import World

pytestmark = pytest.mark.peers
NAME = "nordwind-tools.com"
FRONT = "<html lang=de><title>Nordwind Tools</title><body>Werkzeuge <a href=/kontakt>Kontakt</a></body></html>"


def with_world(world: World, settings: Settings) -> FlaskClient:
    given = Settings.from_env(world.settings)
    return create_app(
        replace(
            settings,
            lookups=True,
            resolvers=given.resolvers,
            whois_map=given.whois_map,
            rdap_bootstrap=given.rdap_bootstrap,
        )
    ).test_client()


@pytest.fixture
def world() -> Iterator[World]:
    with World() as world:
        yield world


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebPeer]:
    """The web site of every domain: connections to the documentation world's address end at this peer."""
    with WebPeer(lambda host, path: page(FRONT)) as peer:
        dialer = LoopbackAndMap({("93.184.215.14", 80): peer.port})
        monkeypatch.setattr(build, "TcpDialer", lambda: dialer)
        yield peer


def rows(answer: Any) -> dict[str, Any]:
    return {row["what"]: row for row in answer["checked"]}


def test_every_look_up_is_a_row(world: World, settings: Settings, rep: dict[str, str]) -> None:
    answer: Any = with_world(world, settings).get(f"/v1/domains/{NAME}?max_wait_ms=9000", headers=rep).json
    found = rows(answer)
    assert list(found) == list(KINDS)
    assert {what: row["outcome"] for what, row in found.items() if row["outcome"] != "found"} == {
        "blocklists": "unknown",
        "website": "unknown",
    }
    assert found["mx"] == {**found["mx"], "value": "mx1.mail-host.net", "source": "dns", "label": "Mail servers (MX)"}
    assert found["registration"]["value"] == ("2003-04-01 … 2031-04-01, Peer Registrar Ltd, client transfer prohibited")
    assert found["registration"]["source"].startswith("rdap:127.0.0.1")
    assert all(0 <= row["age_s"] < 60 for row in found.values())
    assert found["website"]["why"] == "switched off on this server"
    assert answer["facts"]["domain"]["name_servers"] == ["ns1.name-host.net", "ns2.name-host.net"]


def test_a_verdict_says_why_the_site_was_left_alone(world: World, settings: Settings, rep: dict[str, str]) -> None:
    mail = {"sender": f"ann@{NAME}", "body": {"text": "Please quote 2,000 pcs of LP-6060."}, "max_wait_ms": 9000}
    answer: Any = with_world(world, settings).post("/v1/vet?detail=full", json=mail, headers=rep).json
    told = {row["fact"]: row["why"] for row in answer["not_checked"]}
    assert told["site"] == "not visited: its owner could see that somebody looks"


def test_rows_are_in_the_readers_language(world: World, settings: Settings, rep: dict[str, str]) -> None:
    url = "/v1/domains/never-registered.com?max_wait_ms=9000&lang=zh_CN"
    found = rows(with_world(world, settings).get(url, headers=rep).json)
    assert found["mx"]["label"] == "收信服务器（MX）"
    assert (found["mx"]["outcome"], found["mx"]["value"]) == ("not_found", "NXDOMAIN")
    assert found["blocklists"]["why"] == "本服务器未启用"


def test_the_site_is_left_alone_until_somebody_asks(
    world: World, web: WebPeer, settings: Settings, rep: dict[str, str]
) -> None:
    client = with_world(world, settings)
    url = f"/v1/domains/{NAME}?max_wait_ms=9000"
    assert "url" not in client.get(url, headers=rep).json["facts"]["site"]  # type: ignore[index]
    mail = {"sender": {"address": f"kari@{NAME}"}, "body": {"text": "Dear sirs, please quote 500 drills."}}
    client.post("/v1/vet", json=mail, headers=rep)
    assert web.asked == [], "opening a mail must not tell its sender"

    answer: Any = client.get(url + "&site=1", headers=rep).json
    assert answer["complete"] and answer["facts"]["site"]["title"] == "Nordwind Tools"
    found = rows(answer)
    assert found["website"]["outcome"] == "found" and found["tls"]["outcome"] == "not_found"
    visits = len(web.asked)
    assert visits == 2, "the front page and the contact page"

    kept: Any = client.get(url, headers=rep).json
    assert kept["facts"]["site"] == answer["facts"]["site"], "what the visit found counts from then on"
    verdict: Any = client.post("/v1/vet", json=mail, headers={**rep, "Cache-Control": "no-cache"}).json
    assert verdict["facts"]["site"]["title"] == "Nordwind Tools"
    assert len(web.asked) == visits


def test_a_visit_that_takes_longer_is_fetched_by_asking_again(
    world: World, web: WebPeer, settings: Settings, rep: dict[str, str]
) -> None:
    client = with_world(world, settings)
    url = f"/v1/domains/{NAME}?max_wait_ms=0&site=1"
    first: Any = client.get(url, headers=rep).json
    assert not first["complete"] and first["retry_after_ms"] > 0
    eventually(lambda: client.get(url, headers=rep).json["complete"])  # type: ignore[index]
    assert client.get(url, headers=rep).json["facts"]["site"]["status"] == 200  # type: ignore[index]


@pytest.mark.parametrize("name", ["gmail.com", "importer.example", "printer.local"])
def test_nobody_is_asked_about_public_providers_and_private_names(
    name: str, world: World, web: WebPeer, settings: Settings, rep: dict[str, str]
) -> None:
    answer: Any = with_world(world, settings).get(f"/v1/domains/{name}?site=1", headers=rep).json
    assert {row["outcome"] for row in answer["checked"]} <= {"unknown"}
    assert web.asked == [] and not any(name in asked for asked, _ in world.dns.asked)


@pytest.mark.parametrize("value", ["2", "yes", "-1"])
def test_another_value_is_refused(client: FlaskClient, rep: dict[str, str], value: str) -> None:
    response = client.get(f"/v1/domains/example.org?site={value}", headers=rep)
    assert response.status_code == 422 and response.json and response.json["error"]["field"] == "site"


def test_a_reserved_name_lowers_the_confidence_and_says_why(
    world: World, settings: Settings, rep: dict[str, str]
) -> None:
    mail = {
        "sender": {"address": "kari@printer.local"},
        "body": {"text": "Dear sirs, please quote 500 cordless drills, model NW-18, CIF Hamburg. Kari Hansen"},
    }
    verdict: Any = with_world(world, settings).post("/v1/vet", json=mail, headers=rep).json
    assert verdict["risk"]["confidence"] == "medium"
    whys = {row["why"] for row in verdict["not_checked"] if row["fact"].startswith("domain.")}
    assert any("no public domain name" in why for why in whys)
