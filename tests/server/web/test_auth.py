"""Who may call what. Every endpoint that is not listed as open asks for a token."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.web.auth import ADMIN, OPEN


def paths(client: FlaskClient) -> list[tuple[str, str, str]]:
    """Endpoint, method and an address of each call."""
    rules = client.application.url_map.iter_rules()
    return [
        (rule.endpoint, method, rule.rule.replace("<key>", "k").replace("<domain>", "a.example"))
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    ]


def test_every_other_call_needs_a_token(client: FlaskClient) -> None:
    for endpoint, method, path in paths(client):
        with client.open(path, method=method) as response:
            assert (response.status_code == 401) == (endpoint not in OPEN), (endpoint, response.status_code)


def test_the_lists_name_real_endpoints(client: FlaskClient) -> None:
    assert {endpoint for endpoint, _, _ in paths(client)} >= OPEN | ADMIN


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "token_missing"),
        ("", "token_missing"),
        ("Basic YTpi", "token_missing"),
        ("Bearer", "token_missing"),
        ("Bearer wrong-token-wrong-token-wrong", "token_unknown"),
        ("Bearer \xe4\xf6", "token_unknown"),
    ],
    ids=["none", "empty", "basic", "no token", "wrong", "not ascii"],
)
def test_refusal_says_what_to_do(client: FlaskClient, header: str | None, code: str) -> None:
    response = client.post("/v1/vet", json={}, headers={"Authorization": header} if header is not None else {})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.json and response.json["error"]["code"] == code
    assert "Authorization: Bearer" in response.json["error"]["message"]


def test_admin_calls_refuse_a_rep(client: FlaskClient, rep: dict[str, str], admin: dict[str, str]) -> None:
    for path, method in (("/metrics", "GET"), ("/v1/lists/reload", "POST")):
        refused = client.open(path, method=method, headers=rep)
        assert (refused.status_code, refused.json and refused.json["error"]["code"]) == (403, "admin_only")
        assert client.open(path, method=method, headers=admin).status_code == 200
