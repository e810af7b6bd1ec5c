"""The rate limit: per token, with its own words, and not for the open pages."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from server.settings import SettingsError

Make = Callable[..., FlaskClient]


def test_each_token_has_its_own_budget(make: Make, rep: dict[str, str], admin: dict[str, str]) -> None:
    client = make(rate_limit=2)
    statuses = [client.post("/v1/vet", json={}, headers=rep).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert client.post("/v1/vet", json={}, headers=admin).status_code == 200


def test_refusal_says_when_to_come_back(make: Make, rep: dict[str, str]) -> None:
    client = make(rate_limit=1)
    client.post("/v1/vet", json={}, headers=rep)
    response = client.post("/v1/vet", json={}, headers=rep)
    assert response.json and response.json["error"]["code"] == "too_many_requests"
    assert 0 < int(response.headers["Retry-After"]) <= 61


def test_callers_without_token_are_limited_too(make: Make) -> None:
    client = make(rate_limit=2)
    assert [client.post("/v1/vet").status_code for _ in range(3)] == [401, 401, 429]


@pytest.mark.parametrize(
    ("proxies", "sent", "statuses"),
    [
        (0, ["203.0.113.1", "203.0.113.2"], [401, 429]),
        (1, ["203.0.113.1", "203.0.113.2"], [401, 401]),
        (1, ["203.0.113.1", "203.0.113.1"], [401, 429]),
        (1, ["198.51.100.7, 203.0.113.1", "198.51.100.8, 203.0.113.1"], [401, 429]),
    ],
    ids=["no proxy: the header is not believed", "by caller", "the same caller", "what the caller wrote himself"],
)
def test_callers_behind_a_proxy(make: Make, proxies: int, sent: list[str], statuses: list[int]) -> None:
    client = make(rate_limit=1, reverse_proxies=proxies)
    assert [client.post("/v1/vet", headers={"X-Forwarded-For": address}).status_code for address in sent] == statuses


def test_open_pages_are_not_limited(make: Make) -> None:
    client = make(rate_limit=1)
    assert {client.get("/healthz").status_code for _ in range(5)} == {200}


def test_redis_without_its_library_names_the_setting(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(SettingsError, match=r"BACKTONE_REDIS_URL.*pip install redis"):
        make(redis_url="redis://127.0.0.1:1/0")
