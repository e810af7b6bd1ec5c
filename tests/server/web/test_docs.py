"""OpenAPI 3.1: valid, and what the server really answers fits it. The docs page needs no network."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

MAIL = {"sender": "a@gmail.com", "subject": "Inquiry", "body": {"text": "Please quote 2,000 pcs urgently."}}


@pytest.fixture
def spec(client: FlaskClient) -> dict[str, Any]:
    document = client.get("/openapi.json").json
    assert document
    return document


def schema(spec: dict[str, Any], name: str) -> Draft202012Validator:
    """A validator for one shape of the document."""
    inner = {"$ref": f"#/components/schemas/{name}", "components": spec["components"]}
    return Draft202012Validator(inner)


def test_every_schema_is_a_json_schema(spec: dict[str, Any]) -> None:
    assert spec["openapi"] == "3.1.0"
    for name, shape in spec["components"]["schemas"].items():
        Draft202012Validator.check_schema(shape)
        assert shape["description"], name


def test_every_reference_leads_somewhere(spec: dict[str, Any]) -> None:
    for target in re.findall(r"'\$ref': '#/components/(\w+)/(\w+)'", str(spec)):
        assert target[1] in spec["components"][target[0]], target


def test_every_schema_is_used(spec: dict[str, Any]) -> None:
    whole = json.dumps(spec)
    unused = [name for name in spec["components"]["schemas"] if f'"#/components/schemas/{name}"' not in whole]
    assert not unused


def test_every_call_is_described(spec: dict[str, Any], client: FlaskClient) -> None:
    assert set(spec["paths"]) == {
        "/v1/vet", "/v1/vet/{key}", "/v1/domains/{domain}", "/v1/rulebook", "/v1/searches", "/v1/feedback", "/v1/letters", "/v1/lists/reload", "/healthz", "/readyz",
        "/metrics",
    }  # fmt: skip
    for path, methods in spec["paths"].items():
        for method, call in methods.items():
            if method != "parameters":
                assert call["summary"] and call["operationId"], path


def test_answers_fit_their_shapes(client: FlaskClient, spec: dict[str, Any], rep: dict[str, str], vetting: Any) -> None:
    schema(spec, "Verdict").validate(client.post("/v1/vet", json=MAIL, headers=rep).json)
    vetting.complete = False
    schema(spec, "Verdict").validate(client.post("/v1/vet", json={}, headers=rep).json)
    schema(spec, "Domain").validate(client.get("/v1/domains/a.example", headers=rep).json)
    schema(spec, "Ready").validate(client.get("/readyz").json)
    schema(spec, "Alive").validate(client.get("/healthz").json)
    for path in ("/v1/vet/x", "/nowhere", "/v1/domains/x"):
        schema(spec, "Failure").validate(client.get(path, headers=rep).json)


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_real_verdict_fits(real: FlaskClient, spec: dict[str, Any], rep: dict[str, str], lang: str) -> None:
    verdict = real.post("/v1/vet", json=MAIL | {"lang": lang}, headers=rep).json
    schema(spec, "Verdict").validate(verdict)
    undocumented = set(verdict or {}) - set(spec["components"]["schemas"]["Verdict"]["properties"])
    assert not undocumented


def test_the_example_is_a_request(client: FlaskClient, spec: dict[str, Any], rep: dict[str, str]) -> None:
    content = spec["paths"]["/v1/vet"]["post"]["requestBody"]["content"]["application/json"]
    schema(spec, "VetRequest").validate(content["example"])
    assert client.post("/v1/vet", json=content["example"], headers=rep).status_code == 200


@pytest.mark.parametrize(
    "request_",
    [{"sendr": 1}, {"subject": 5}, {"links": [{}]}, {"headers": [["A"]]}, {"sender": []}, {"max_wait_ms": 10_001}],
    ids=str,
)
def test_what_the_server_refuses_the_document_refuses(
    client: FlaskClient, spec: dict[str, Any], rep: dict[str, str], request_: dict[str, Any]
) -> None:
    assert not schema(spec, "VetRequest").is_valid(request_)
    assert client.post("/v1/vet", json=request_, headers=rep).status_code == 422


def test_docs_page_is_whole_and_local(client: FlaskClient, spec: dict[str, Any]) -> None:
    page = client.get("/docs").text
    for path in spec["paths"]:
        assert path in page
    for anchor in re.findall(r'href="#(\w+)"', page):
        assert f'id="{anchor}"' in page, anchor
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
