"""One shape for every failure, and no word of the mail in the log of a crash."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.web import errors
from server.web.errors import first_problem


def test_405_names_what_is_allowed(client: FlaskClient, rep: dict[str, str]) -> None:
    response = client.get("/v1/vet", headers=rep)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert response.json and response.json["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", ["/nowhere", "/v1", "/v1/vet/a/b", "/static/none.js"])
def test_404(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json and response.json["error"]["code"] == "not_found"


def test_a_crash_is_logged_without_content(
    client: FlaskClient,
    rep: dict[str, str],
    vetting: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def crash(message: Any, **_rest: Any) -> None:
        raise RuntimeError(f"cannot read {message.subject}")

    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(vetting, "vet", crash)
    caplog.set_level(logging.DEBUG)
    response = client.post("/v1/vet", json={"subject": "zq-secret"}, headers=rep)
    assert response.status_code == 500
    assert response.json and response.json["error"]["code"] == "internal_error"
    assert "RuntimeError" in caplog.text and "test_errors.py" in caplog.text
    assert "zq-secret" not in caplog.text and "zq-secret" not in response.text


def test_first_problem_is_a_path() -> None:
    assert first_problem({"links": {3: {"href": ["missing"]}}}) == ("links[3].href", "missing")
    assert first_problem({"_schema": ["not an object"]}) == ("body", "not an object")


def test_every_code_is_on_the_docs_page(client: FlaskClient) -> None:
    folder = Path(errors.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("*.py")]
    found = (re.findall(r'(?:ApiError\(\d+, |code, message = )"(\w+)"', source) for source in sources)
    raised = {code for codes in found for code in codes}
    assert {"token_missing", "vet_unknown", "invalid_mail"} <= raised <= set(errors.CODES)
    known = set(errors.CODES)
    assert {code for code, _ in errors.WORDS.values()} <= known | {"timed_out", "unavailable"}
    assert known <= set(re.findall(r"<code>(\w+)</code>", client.get("/docs").text))
