"""The factory and what only a real server shows: CORS, hosts, headers, and gunicorn with hostile bodies."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings, SettingsError
from server.web.new_tokens import add_token, ensure_tokens
from server.web.tokens import TokensError

ROOT = Path(__file__).parents[2]
ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


def client(tmp_path: Path, **changed: object) -> FlaskClient:
    given = {"data": tmp_path, "tokens_file": tmp_path / "tokens", "lookups": False, "meaning": False} | changed
    return create_app(Settings(**given)).test_client()  # type: ignore[arg-type]


def test_first_start_makes_a_token(tmp_path: Path) -> None:
    api = client(tmp_path)
    token = ensure_tokens(tmp_path / "tokens")
    assert api.get("/v1/rulebook", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_readable_tokens_stop_the_start(tmp_path: Path) -> None:
    add_token(tmp_path / "tokens", "ann", "rep")
    (tmp_path / "tokens").chmod(0o644)
    with pytest.raises(TokensError, match="chmod 600"):
        client(tmp_path)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (ORIGIN, True),
        (ORIGIN + ".evil.example", False),
        (ORIGIN[:-1], False),
        ("https://evil.example", False),
        ("null", False),
    ],
)
def test_cors_for_literal_origins_only(tmp_path: Path, origin: str, allowed: bool) -> None:
    api = client(tmp_path, cors_origins=(ORIGIN, "https://backtone.example"))
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "authorization,content-type"
    preflight = api.options("/v1/vet", headers=asked)
    assert preflight.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    failed = api.post("/v1/vet", headers={"Origin": origin})
    assert failed.status_code == 401
    assert failed.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
    assert "Origin" in failed.headers.get("Vary", "")


def test_no_cors_by_default(tmp_path: Path) -> None:
    response = client(tmp_path).options("/v1/vet", headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("origin", ["*", "https://.*", "https://[a-z]+.example"])
def test_patterns_are_no_origins(tmp_path: Path, origin: str) -> None:
    with pytest.raises(SettingsError, match="literal origins"):
        client(tmp_path, cors_origins=(origin,))


def test_only_trusted_hosts(tmp_path: Path) -> None:
    api = client(tmp_path, trusted_hosts=("backtone.company.example",))
    assert api.get("/healthz", headers={"Host": "backtone.company.example"}).status_code == 200
    refused = api.get("/healthz", headers={"Host": "evil.example"})
    assert refused.status_code == 400
    assert refused.json and refused.json["error"]["code"] == "untrusted_host"
    for own in ("127.0.0.1:8750", "localhost"):
        assert api.get("/healthz", headers={"Host": own}).status_code == 200, "the container's health check"


def test_a_redis_option_that_is_none_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="BACKTONE_REDIS_URL: no such option"):
        client(tmp_path, redis_url="redis://127.0.0.1:1/0?colour=red")


def test_every_answer_is_hardened(tmp_path: Path) -> None:
    api = client(tmp_path)
    for path in ("/", "/docs", "/healthz", "/v1/vet/x", "/nowhere"):
        headers = api.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer", path
        assert headers["Content-Security-Policy"].startswith("default-src 'none'"), path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """The API under gunicorn: its port and a token."""
    folder = tmp_path_factory.mktemp("serve")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    token = ensure_tokens(folder / "tokens")
    settings = {"BACKTONE_DATA": str(folder), "BACKTONE_LOOKUPS": "off"}
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "server/deploy/gunicorn.conf.py")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "-b", f"127.0.0.1:{port}", "server.app:from_environment()"],
            cwd=ROOT,
            env=os.environ | settings,
            stderr=log,
        )
        try:
            wait_for(port, process, folder / "log")
            yield port, token
        finally:
            process.terminate()
            process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text("utf-8")
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def post(server: tuple[int, str], body: bytes | Iterator[bytes], kind: str = "application/json") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server[0], timeout=20)
    headers = {"Authorization": f"Bearer {server[1]}", "Content-Type": kind}
    try:
        connection.request("POST", "/v1/vet", body, headers)  # type: ignore[arg-type]
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_served_mail(server: tuple[int, str]) -> None:
    mail = {"subject": "Inquiry", "body": {"text": "Please quote 2,000 pcs of LP-6060 CIF Hamburg."}}
    status, body = post(server, json.dumps(mail).encode())
    assert status == 200
    assert json.loads(body)["risk"]["level"] in ("low", "caution")


def test_served_5_mb_gets_its_answer(server: tuple[int, str]) -> None:
    status, body = post(server, b'{"subject":"' + b"x" * 5_000_000 + b'"}')
    assert status == 413
    assert json.loads(body)["error"]["code"] == "too_large"


def test_served_body_without_length_is_capped(server: tuple[int, str]) -> None:
    status, body = post(server, iter([b'{"subject":"', *[b"x" * 100_000] * 30, b'"}']))
    assert status == 413
    assert json.loads(body)["error"]["code"] == "too_large"


def test_served_eml_without_length_is_capped(server: tuple[int, str]) -> None:
    body = (piece for piece in (b"From: ann@importer.example\r\n\r\n", *[b"x" * 999_998 + b"\r\n"] * 27))
    status, answer = post(server, body, "message/rfc822")
    assert status == 413
    assert "26,214,400 bytes" in json.loads(answer)["error"]["message"]


def test_served_refusal_before_the_body_is_read(server: tuple[int, str]) -> None:
    status, answer = post((server[0], "wrong-token-wrong-token"), b"x" * 5_000_000)
    assert status == 401
    assert json.loads(answer)["error"]["code"] == "token_unknown"


def test_served_eml_without_length(server: tuple[int, str]) -> None:
    lines = [b"From: Ann <ann@importer.example>\r\n", b"Subject: Inquiry\r\n\r\n", b"Please quote 2,000 pcs.\r\n" * 9]
    status, body = post(server, iter(lines), "message/rfc822")
    assert status == 200
    assert json.loads(body)["facts"]["sender"]["domain"] == "importer.example"


def test_a_calm_fraud_move_is_named_by_what_it_means(tmp_path: Path) -> None:
    app = client(tmp_path, meaning=True)
    token = ensure_tokens(tmp_path / "tokens")
    text = (
        "Thank you for the proforma, all points are agreed. Our forwarding agent takes no transfers from abroad, so kindly "
        "settle his handling invoice of USD 1,940 directly with him and add the sum to the balance we pay you in March."
    )
    body = {"sender": "anna@berg-import.com", "body": {"text": text}, "max_wait_ms": 10_000}
    answer = app.post("/v1/vet", json=body, headers={"Authorization": f"Bearer {token}"})
    verdict = answer.get_json()
    assert verdict["complete"]
    assert any(row["id"].startswith(("move_", "hint_")) and row["quotes"] for row in verdict["reasons"]), verdict[
        "reasons"
    ]


@pytest.mark.parametrize(
    ("head", "status", "code"),
    [
        (b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\n\r\n", 414, "too_large"),
        (b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 9000 + b"\r\n\r\n", 431, "too_large"),
        (b"GET / HTTP/1.1\r\n" + b"X-Many: 1\r\n" * 70 + b"\r\n", 431, "too_large"),
        (b"<script>alert(1)</script>\r\n\r\n", 400, "bad_request"),
    ],
    ids=["long address", "long header", "many headers", "no HTTP"],
)
def test_served_refusal_of_a_head(server: tuple[int, str], head: bytes, status: int, code: str) -> None:
    with socket.create_connection(("127.0.0.1", server[0]), timeout=20) as connection:
        connection.sendall(head)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        body = answer.read()
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/json")
    assert json.loads(body)["error"]["code"] == code
    assert b"script" not in body
