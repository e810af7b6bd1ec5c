"""POST /v1/vet and its key: what is kept, for how long, and what makes it count no longer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings

MAIL = {"sender": "a@b.example", "subject": "Inquiry"}


def vet(client: FlaskClient, rep: dict[str, str], mail: dict[str, Any] = MAIL, **headers: str) -> dict[str, Any]:
    response = client.post("/v1/vet", json=mail, headers=rep | headers)
    assert response.status_code == 200 and response.json
    return response.json


def test_second_call_is_answered_from_the_cache(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    first = vet(client, rep)
    second = vet(client, rep)
    assert (first["cache"], second["cache"]["hit"]) == ({"hit": False, "age_s": 0}, True)
    assert len(vetting.asked) == 1
    changing = ("cache", "elapsed_ms")
    assert {k: v for k, v in first.items() if k not in changing} == {
        k: v for k, v in second.items() if k not in changing
    }


@pytest.mark.parametrize(
    "other",
    [
        MAIL | {"subject": "inquiry"},
        MAIL | {"lang": "zh_CN"},
        MAIL | {"links": []},
        MAIL | {"own_domains": ["ours.example"]},
        {"subject": "Inquiry"},
    ],
    ids=["subject", "language", "links known to be none", "own domains", "no sender"],
)
def test_another_mail_has_another_verdict(client: FlaskClient, rep: dict[str, str], other: dict[str, Any]) -> None:
    assert vet(client, rep)["key"] != vet(client, rep, other)["key"]


def test_wait_and_case_of_the_address_do_not_matter(client: FlaskClient, rep: dict[str, str]) -> None:
    vet(client, rep)
    assert vet(client, rep, {"sender": " A@B.example", "subject": "Inquiry", "max_wait_ms": 0})["cache"]["hit"]


def test_no_cache_vets_anew(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    vet(client, rep)
    assert not vet(client, rep, **{"Cache-Control": "no-cache"})["cache"]["hit"]
    assert len(vetting.asked) == 2


def test_new_rules_count_at_once(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    old = vet(client, rep)
    vetting.rulebook.version = "fedcba9876543210"
    new = vet(client, rep)
    assert not new["cache"]["hit"] and new["key"] != old["key"]
    assert client.get(f"/v1/vet/{old['key']}", headers=rep).status_code == 404


def test_a_pending_verdict_is_fetched_by_its_key(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    vetting.complete = False
    first = vet(client, rep, MAIL | {"max_wait_ms": 0})
    assert (first["complete"], first["retry_after_ms"] > 0) == (False, True)
    path = f"/v1/vet/{first['key']}"
    still = client.get(path, headers=rep).json
    assert still and not still["complete"] and still["retry_after_ms"]
    vetting.complete = True
    done = client.get(path, headers=rep).json
    assert done and done["complete"] and "retry_after_ms" not in done
    assert client.get(path, headers=rep).json["cache"]["hit"]  # type: ignore[index]
    assert vet(client, rep)["cache"]["hit"]


def test_an_unknown_key_is_404(client: FlaskClient, rep: dict[str, str]) -> None:
    response = client.get("/v1/vet/0123456789", headers=rep)
    assert response.status_code == 404
    assert response.json and response.json["error"]["code"] == "vet_unknown"


def test_incomplete_verdicts_are_not_kept(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    vetting.complete = False
    vet(client, rep)
    assert not vet(client, rep)["cache"]["hit"]


def test_a_verdict_is_not_stored_by_the_browser(client: FlaskClient, rep: dict[str, str]) -> None:
    response = client.post("/v1/vet", json=MAIL, headers=rep)
    assert response.headers["Cache-Control"] == "no-store"


def test_an_empty_request_is_not_assessed(real: FlaskClient, rep: dict[str, str]) -> None:
    verdict = vet(real, rep, {})
    assert (verdict["risk"]["level"], verdict["risk"]["score"]) == ("unknown", 0)


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_real_verdict_adds_up(real: FlaskClient, rep: dict[str, str], lang: str) -> None:
    mail = {
        "lang": lang,
        "sender": "robert.klein.procurement@gmail.com",
        "reply_to": ["r.klein.office@outlook.com"],
        "subject": "URGENT order",
        "body": {"text": "Our company mail server is down, please use this gmail. Pay our shipping agent first."},
        "attachments": [{"name": "PO_88213.pdf.html"}],
    }
    verdict = vet(real, rep, mail)
    points = [row["points"] for row in verdict["reasons"] + verdict["adjustments"]]
    assert sum(points) == verdict["risk"]["score"] > 0
    assert verdict["lang"] == lang


def test_a_block_counts_at_once(settings: Settings, rep: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "overlay"
    folder.mkdir()
    client = create_app(replace(settings, overlay=folder)).test_client()
    mail = {"sender": "ann@importer.example", "body": {"text": "Please quote 2,000 pcs of LP-6060 CIF Hamburg."}}
    before = vet(client, rep, mail)
    assert vet(client, rep, mail)["cache"]["hit"]
    (folder / "block.csv").write_text("entry,reason,author\nimporter.example,did not pay,Li Wei\n", "utf-8")
    client.application.extensions["backtone"].overlay.reload()
    after = vet(client, rep, mail)
    assert before["risk"]["level"] != "critical" == after["risk"]["level"]
    assert any("did not pay" in row["detail"] for row in after["reasons"])
