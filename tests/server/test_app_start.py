"""The start: the process answers before its rules are read, calls wait for them, and broken rules end it with words."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from server import app as module
from server.app import create_app
from server.rulebook.errors import Problem, RulebookError
from server.settings import Settings
from server.web.tokens import add_token
from tests.peers.fakes import eventually

MAIL = {"sender": "ann@importer.example", "body": {"text": "Please quote 2,000 pcs of LP-6060 CIF Hamburg."}}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, tokens_file=tmp_path / "tokens", lookups=False, meaning=False)


def test_it_is_alive_before_it_is_ready(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    real = module.load_rulebook

    def slowly(**given: Any) -> Any:
        assert gate.wait(60)
        return real(**given)

    monkeypatch.setattr(module, "load_rulebook", slowly)
    token = add_token(settings.tokens_file, "ann", "rep")
    failures: list[Exception] = []
    client = create_app(settings, failed=failures.append).test_client()
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz", headers={"Authorization": f"Bearer {token}"})
    assert ready.status_code == 503 and ready.json
    assert (ready.json["ready"], ready.json["problems"]) == (False, ["the rules are still being read"])
    threading.Timer(0.2, gate.set).start()
    answer = client.post("/v1/vet", json=MAIL, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200 and answer.json and answer.json["rulebook"]
    assert client.get("/readyz").json["ready"]  # type: ignore[index]
    assert not failures


def test_a_call_that_waits_too_long_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def waiting(**_given: Any) -> Any:
        gate.wait(60)
        raise RulebookError([Problem("rules/x.yaml", 3, "when", "no such fact")])

    monkeypatch.setattr(module, "load_rulebook", waiting)
    monkeypatch.setattr("server.web.engine.START_S", 0.01)
    token = add_token(settings.tokens_file, "ann", "rep")
    failures: list[Exception] = []
    client = create_app(settings, failed=failures.append).test_client()
    answer = client.post("/v1/vet", json=MAIL, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 503 and answer.json and answer.json["error"]["code"] == "unavailable"
    gate.set()
    eventually(lambda: len(failures) == 1)  # its thread ends with this test


def test_broken_rules_are_told_from_the_background(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_given: Any) -> Any:
        raise RulebookError([Problem("rules/x.yaml", 3, "when", "no such fact")])

    monkeypatch.setattr(module, "load_rulebook", broken)
    failures: list[Exception] = []
    create_app(settings, failed=failures.append)
    eventually(lambda: len(failures) == 1)
    with pytest.raises(RulebookError):
        create_app(settings)


def test_serve_ends_with_status_2_and_the_place_in_the_rule(tmp_path: Path) -> None:
    rule = tmp_path / "overlay" / "rules" / "content" / "odd.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text("id: odd\ngroup: no-such-group\n")
    environ = {key: value for key, value in os.environ.items() if not key.startswith("BACKTONE_")}
    environ |= {
        "BACKTONE_LISTEN": "127.0.0.1:0",
        "BACKTONE_DATA": str(tmp_path),
        "BACKTONE_OVERLAY": str(tmp_path / "overlay"),
        "BACKTONE_LOOKUPS": "off",
        "BACKTONE_MEANING": "off",
    }
    done = subprocess.run(
        [sys.executable, "-m", "server", "serve"], env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "odd.yaml" in done.stderr and "Traceback" not in done.stderr
