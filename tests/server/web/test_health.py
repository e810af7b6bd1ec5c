"""/healthz, /readyz, /metrics and the reload of the lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings


def test_alive_without_token(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_metrics_count_levels_rules_and_hits(client: FlaskClient, rep: dict[str, str], admin: dict[str, str]) -> None:
    for _ in range(3):
        client.post("/v1/vet", json={"subject": "zq-word"}, headers=rep)
    text = client.get("/metrics", headers=admin).text
    assert 'backtone_verdicts_total{cache="miss",level="caution"} 1.0' in text
    assert 'backtone_verdicts_total{cache="hit",level="caution"} 2.0' in text
    assert 'backtone_rules_fired_total{rule="free_address"} 3.0' in text
    assert 'backtone_call_seconds_count{call="vet.vet",status="200"} 3.0' in text
    assert "zq-word" not in text


def overlay_client(settings: Settings, vetting: Any, folder: Path) -> FlaskClient:
    return create_app(replace(settings, overlay=folder), vetting=vetting).test_client()


def test_a_broken_line_is_told_to_those_with_a_token(
    settings: Settings, vetting: Any, rep: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "block.csv").write_text("entry,reason\nbad entry,x\nevil.example,y\n", "utf-8")
    client = overlay_client(settings, vetting, tmp_path)
    state = client.get("/readyz", headers=rep)
    assert state.status_code == 200
    assert state.json and state.json["problems"] == ["block.csv:2: 'bad entry' is neither a mail address nor a domain"]
    assert state.json["lists"]["block.csv"] == 1
    stranger = client.get("/readyz").json
    assert stranger and stranger["problems"] == ["1 problem(s); send a token to read them"]


def test_not_ready_without_rules(client: FlaskClient, vetting: Any) -> None:
    vetting.rulebook.rules = ()
    assert client.get("/readyz").status_code == 503


def test_reload_reads_the_companys_rules_again(settings: Settings, admin: dict[str, str], tmp_path: Path) -> None:
    client = create_app(replace(settings, overlay=tmp_path)).test_client()
    before = client.get("/readyz", headers=admin).json
    folder = tmp_path / "rules" / "content"
    folder.mkdir(parents=True)
    rule = folder / "asks_for_teddy_bears.yaml"
    rule.write_text(RULE, "utf-8")
    after = client.post("/v1/lists/reload", headers=admin).json
    assert before and after
    assert (after["rules"], after["problems"]) == (before["rules"] + 1, [])
    assert after["rulebook"] != before["rulebook"]
    rule.write_text("id: [", "utf-8")
    broken = client.post("/v1/lists/reload", headers=admin).json
    assert broken and broken["rulebook"] == after["rulebook"]
    assert "asks_for_teddy_bears.yaml" in broken["problems"][0] and "still count" in broken["problems"][0]


RULE = """\
id: asks_for_teddy_bears
group: content
weight: weak
phrases:
  en: ["teddy bears?"]
title: {en: Teddy bears, zh_CN: 泰迪熊}
reason: {en: "Asks for “{quote}”.", zh_CN: "询问“{quote}”。"}
advice: {en: We make lamps., zh_CN: 我们生产灯具。}
false_positives: Toy shops.
source: [company]
cases:
  - fires: {text: "We want teddy bears"}
  - silent: {text: "We want lamps"}
"""


def test_accounts_are_counted_and_their_numbers_never_shown(
    settings: Settings, vetting: Any, rep: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "accounts.csv").write_text(
        "domain,account\nacme.de,DE89370400440532013001\nacme.de,12345678\n", "utf-8"
    )
    state = overlay_client(settings, vetting, tmp_path).get("/readyz", headers=rep).json
    assert state and state["lists"]["accounts.csv"] == 1
    assert state["problems"] == ["accounts.csv:2: the account is written like an IBAN, but its check digits are wrong"]
