"""GET /v1/domains/{domain}: facts of a domain alone."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient


def test_facts_of_a_domain(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    answer = client.get("/v1/domains/Mail.Example.ORG?lang=zh_CN&max_wait_ms=7", headers=rep).json
    assert answer
    assert (answer["domain"], answer["org_domain"], answer["complete"]) == ("mail.example.org", "example.org", True)
    assert answer["facts"]["domain"] == {"valid_mx": True}
    message, lang, wait = vetting.asked[0]
    assert (message.sender.address, lang, wait) == ("postmaster@mail.example.org", "zh_CN", 7)


def test_pending_facts_say_so(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    vetting.complete = False
    answer = client.get("/v1/domains/example.org", headers=rep).json
    assert answer and not answer["complete"] and answer["retry_after_ms"] > 0
    assert [row["fact"] for row in answer["not_checked"]] == ["domain.age_days"]


def test_a_public_provider_says_so(real: FlaskClient, rep: dict[str, str]) -> None:
    answer = real.get("/v1/domains/gmail.com", headers=rep).json
    assert answer and answer["public_provider"] and "Anybody can get a mailbox" in answer["note"]
    company = real.get("/v1/domains/importer.example", headers=rep).json
    assert company and not company["public_provider"] and "note" not in company


def test_a_chinese_domain_is_looked_up_as_punycode(client: FlaskClient, rep: dict[str, str]) -> None:
    assert client.get("/v1/domains/例子.中国", headers=rep).json["domain"] == "xn--fsqu00a.xn--fiqs8s"  # type: ignore[index]


@pytest.mark.parametrize("name", ["com", "a b.example", "a@b.example", "127.0.0.1", "-a.example", "x" * 300 + ".a"])
def test_no_domain(client: FlaskClient, rep: dict[str, str], name: str) -> None:
    response = client.get(f"/v1/domains/{name}", headers=rep)
    assert response.status_code == 422
    assert response.json and response.json["error"]["field"] == "domain"
