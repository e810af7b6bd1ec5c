"""POST /v1/feedback: kept as one line, with the token's name and no word of a mail; announced in /readyz."""

from __future__ import annotations

import hashlib
import json
import stat
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.settings import Settings
from server.web import feedback

HASH = hashlib.sha256(b"our account is under audit").hexdigest()
OPINION = {
    "key": "a1b2",
    "opinion": "wrong_reason",
    "rule": "new_bank_account",
    "sentence_hash": HASH,
    "score": 62,
    "level": "high",
}


def lines(settings: Settings) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (settings.data / "feedback.jsonl").read_text("utf-8").splitlines()]


def test_an_opinion_becomes_one_line(client: FlaskClient, rep: dict[str, str], settings: Settings) -> None:
    answer = client.post("/v1/feedback", json=OPINION | {"reason": "老客户，\n电话核实过"}, headers=rep)
    assert (answer.status_code, answer.json) == (201, {"kept": True})
    client.post("/v1/feedback", json={"key": "c3", "opinion": "real_customer"}, headers=rep)
    first, second = lines(settings)
    assert first.pop("time").endswith("+00:00")
    assert first == {"by": "rep", **OPINION, "reason": "老客户，\n电话核实过"}
    assert second["opinion"] == "real_customer" and "rule" not in second
    assert stat.S_IMODE((settings.data / "feedback.jsonl").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"opinion": "great"}, "opinion"),
        ({"key": "a b"}, "key"),
        ({"key": "a1\n"}, "key"),
        ({"key": None}, "key"),
        ({"rule": None}, "rule"),
        ({"rule": "x y"}, "rule"),
        ({"sentence_hash": "our account is under audit"}, "sentence_hash"),
        ({"reason": "x" * 501}, "reason"),
        ({"score": 101}, "score"),
        ({"level": "green"}, "level"),
        ({"body": "Dear sir"}, "body"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    client: FlaskClient, rep: dict[str, str], settings: Settings, change: dict[str, Any], field: str
) -> None:
    answer = client.post("/v1/feedback", json=OPINION | change, headers=rep)
    assert answer.status_code == 422
    assert (answer.json or {})["error"]["field"] == field
    assert not (settings.data / "feedback.jsonl").exists()


def test_a_wrong_reason_must_be_named(client: FlaskClient, rep: dict[str, str]) -> None:
    answer = client.post("/v1/feedback", json={"key": "a", "opinion": "wrong_reason"}, headers=rep)
    assert (answer.json or {})["error"]["field"] == "rule"


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"x" * 20_000, "application/json", 413),
        (b"{}", "text/plain", 415),
    ],
)
def test_other_bodies(client: FlaskClient, rep: dict[str, str], data: bytes, kind: str, status: int) -> None:
    assert client.post("/v1/feedback", data=data, content_type=kind, headers=rep).status_code == status


def test_strangers_have_no_say(client: FlaskClient) -> None:
    assert client.post("/v1/feedback", json=OPINION).status_code == 401


def test_a_full_or_unwritable_file_is_said(
    client: FlaskClient, rep: dict[str, str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/v1/feedback", json=OPINION, headers=rep)
    monkeypatch.setattr(feedback, "MOST_BYTES", 10)
    full = client.post("/v1/feedback", json=OPINION, headers=rep)
    assert (full.status_code, (full.json or {})["error"]["code"]) == (503, "feedback_full")
    (settings.data / "feedback.jsonl").unlink()
    (settings.data / "feedback.jsonl").mkdir()
    blocked = client.post("/v1/feedback", json=OPINION, headers=rep)
    assert (blocked.status_code, (blocked.json or {})["error"]["code"]) == (503, "feedback_not_kept")


def test_clients_are_told_that_it_is_there(client: FlaskClient) -> None:
    state = client.get("/readyz").json or {}
    assert "feedback" in state["features"]
    assert isinstance(state["extension"], str)
