"""The start: the process answers before its rules are read, calls wait for them, and broken rules end it with words."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server import app as module
from server.app import create_app
from server.rulebook.errors import Problem, RulebookError
from server.settings import Settings, SettingsError
from server.web.new_tokens import add_token, ensure_tokens
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


def test_a_bug_at_the_start_ends_it_too(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_given: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "load_rulebook", broken)
    failures: list[Exception] = []
    create_app(settings, failed=failures.append)
    eventually(lambda: len(failures) == 1)


def test_own_rules_that_may_not_be_read_end_the_start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "closed", lambda folder: [f"{folder}/rules cannot be read"])
    with pytest.raises(SettingsError, match="BACKTONE_OVERLAY: .*rules cannot be read"):
        create_app(replace(settings, overlay=settings.data))


def started(tmp_path: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A server that cannot start, after its end."""
    given = {"LISTEN": "127.0.0.1:0", "DATA": str(tmp_path / "data"), "LOOKUPS": "off", "MEANING": "off"} | settings
    environ = {key: value for key, value in os.environ.items() if not key.startswith("BACKTONE_")}
    return subprocess.run(
        command or [sys.executable, "-m", "server", "serve"],
        env=environ | {f"BACKTONE_{key}": value for key, value in given.items()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def broken_overlay(folder: Path) -> str:
    """Three files that are wrong, each in another stage of reading, and a letter."""
    files = {
        "rules/content/odd.yaml": "id: odd\ngroup: no-such-group\n",
        "rules/content/bent.yaml": "id: [bent\n",
        "phrases/far.yaml": "id: far\nabout: Words of a test that stand in no mail.\nphrases: {en: ['(a']}\ncases: [{matches: a}, {silent: b}]\n",
        "letters/thanks.txt": "Subject: x",
        "letters/missing_information.en.txt": "Dear {{ person }}",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return str(folder)


NAMES = ("odd.yaml:2", "bent.yaml:", "far.yaml:3", "letters/thanks.txt:1", "letters/missing_information.en.txt:1")


def test_serve_tells_all_broken_files_with_status_2_and_no_greeting(tmp_path: Path) -> None:
    done = started(tmp_path, OVERLAY=broken_overlay(tmp_path / "own"))
    assert (done.returncode, done.stdout) == (2, "")
    assert all(name in done.stderr for name in NAMES), done.stderr
    assert "Traceback" not in done.stderr and "ERROR" not in done.stderr, done.stderr


def test_under_gunicorn_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gunicorn", "-b", "127.0.0.1:0", "server.app:from_environment()"]
    done = started(tmp_path, *command, OVERLAY=broken_overlay(tmp_path / "own"))
    assert done.returncode == 4
    assert all(name in done.stderr for name in NAMES) and "Traceback" not in done.stderr, done.stderr


@pytest.mark.parametrize("own", ["gmail.com", "ours.com, com.cn"])
def test_a_domain_that_everybody_shares_is_not_ours(tmp_path: Path, own: str) -> None:
    done = started(tmp_path, OWN_DOMAINS=own)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"backtone: BACKTONE_OWN_DOMAINS: {own.split()[-1]} is a public "), done.stderr


def test_an_address_at_a_public_provider_is_ours(settings: Settings) -> None:
    create_app(replace(settings, own_domains=("yuanjingtex@163.com", "ours.com.cn")))


def test_a_reload_tells_every_broken_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    app = create_app(replace(settings, overlay=tmp_path / "own"))
    token = ensure_tokens(settings.tokens_file)
    broken_overlay(tmp_path / "own")
    (tmp_path / "own" / "block.csv").write_text("entry\n" + "not one\n" * 40)
    done = app.test_client().post("/v1/lists/reload", headers={"Authorization": f"Bearer {token}"})
    assert done.json and done.json["ready"]
    rows = done.json["problems"]
    assert len(rows) == 21 and rows[-1] == "and 27 more"
    assert all(sum(name in row for row in rows) == 1 for name in NAMES), rows
    assert any("block.csv:2" in row for row in rows)
