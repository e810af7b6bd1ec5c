"""Bad and odd requests: each is answered in the one shape, names the field at fault, and leaves no mail in the log."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from gunicorn.http.errors import InvalidChunkSize
from werkzeug.datastructures import LanguageAccept

from server.web.reading import reader_language

JSON = "application/json"
SECRET = "zq-secret-word-of-the-mail"

BAD: dict[str, tuple[bytes | dict[str, Any] | list[Any], int, str, str | None]] = {
    "malformed JSON": (b'{"subject": "' + SECRET.encode(), 400, "malformed_json", "body"),
    "invalid UTF-8": (b'{"subject": "' + SECRET.encode() + b'\xff"}', 400, "invalid_utf8", "body"),
    "half a surrogate pair": (b'{"subject": "\\ud800"}', 400, "malformed_json", "body"),
    "binary": (bytes(range(256)), 400, "invalid_utf8", "body"),
    "nested 100,000 deep": (b"[" * 100_000, 400, "malformed_json", "body"),
    "a list": ([], 422, "invalid_field", "body"),
    "unknown field": ({"sendr": SECRET}, 422, "unknown_field", "sendr"),
    "unknown field inside": ({"body": {"txt": SECRET}}, 422, "unknown_field", "body.txt"),
    "unknown field of a link": ({"links": [{"href": "a", "url": SECRET}]}, 422, "unknown_field", "links[0].url"),
    "unknown field of the sender": ({"sender": {"mail": SECRET}}, 422, "unknown_field", "sender.mail"),
    "subject is a number": ({"subject": 5}, 422, "invalid_field", "subject"),
    "subject is null": ({"subject": None}, 422, "invalid_field", "subject"),
    "body is a string": ({"body": SECRET}, 422, "invalid_field", "body"),
    "links is an object": ({"links": {}}, 422, "invalid_field", "links"),
    "link without href": ({"links": [{"text": SECRET}]}, 422, "invalid_field", "links[0].href"),
    "sender is a list": ({"sender": []}, 422, "invalid_field", "sender"),
    "sender's address is a number": ({"sender": {"address": 1}}, 422, "invalid_field", "sender.address"),
    "header is no pair": ({"headers": [["From", SECRET], ["To"]]}, 422, "invalid_field", "headers[1]"),
    "size is a string": ({"attachments": [{"name": "a", "size": "9"}]}, 422, "invalid_field", "attachments[0].size"),
    "size is broken": ({"attachments": [{"name": "a", "size": 1.5}]}, 422, "invalid_field", "attachments[0].size"),
    "outgoing is 0": ({"thread": [{"outgoing": 0}]}, 422, "invalid_field", "thread[0].outgoing"),
    "wait is true": ({"max_wait_ms": True}, 422, "invalid_field", "max_wait_ms"),
    "wait is too long": ({"max_wait_ms": 10_001}, 422, "invalid_field", "max_wait_ms"),
    "wait is negative": ({"max_wait_ms": -1}, 422, "invalid_field", "max_wait_ms"),
    "language": ({"lang": "fr"}, 422, "invalid_field", "lang"),
    "subject too long": ({"subject": "x" * 2001}, 422, "invalid_field", "subject"),
    "100,000 links": (b'{"links":[' + b"{}," * 99_999 + b"{}]}", 422, "invalid_field", "links"),
    "100,000 whole links": (
        b'{"links":[' + b'{"text":"here","href":"https://importer.example/a"},' * 99_999 + b'{"href":"a"}]}',
        422,
        "invalid_field",
        "links",
    ),
    "201 attachments": ({"attachments": [{"name": "a"}] * 201}, 422, "invalid_field", "attachments"),
    "301 headers": ({"headers": [["A", "b"]] * 301}, 422, "invalid_field", "headers"),
    "501 recipients": ({"recipients": ["a@b.example"] * 501}, 422, "invalid_field", "recipients"),
    "101 mails of thread": ({"thread": [{}] * 101}, 422, "invalid_field", "thread"),
    "header too long": ({"headers": [["A", "b" * 8001]]}, 422, "invalid_field", "headers[0]"),
    "context holds what nobody knows": ({"context": {"a": []}}, 422, "unknown_field", "context.a"),
    "amount is a word": ({"context": {"order_amount": "5"}}, 422, "invalid_field", "context.order_amount"),
    "amount is negative": ({"context": {"order_amount": -1}}, 422, "invalid_field", "context.order_amount"),
    "amount is no number": (b'{"context": {"order_amount": 1e999}}', 400, "malformed_json", "body"),
    "currency": ({"context": {"currency": "XXX"}}, 422, "invalid_field", "context.currency"),
    "country": ({"context": {"country": "Atlantis"}}, 422, "invalid_field", "context.country"),
    "country ZZ": ({"context": {"country": "ZZ"}}, 422, "invalid_field", "context.country"),
    "payment term": ({"context": {"payment_term": "barter"}}, 422, "invalid_field", "context.payment_term"),
    "unknown check": ({"context": {"checks": {"palm": "found"}}}, 422, "invalid_field", "context.checks.palm"),
    "product class": ({"context": {"product_class": "nice"}}, 422, "invalid_field", "context.product_class"),
    "order placed is 1": ({"context": {"order_placed": 1}}, 422, "invalid_field", "context.order_placed"),
    "level 5": (
        {"context": {"level_override": {"level": 5, "reason": "x"}}},
        422,
        "invalid_field",
        "context.level_override.level",
    ),
    "level without a reason": (
        {"context": {"level_override": {"level": 2, "reason": "  "}}},
        422,
        "invalid_field",
        "context.level_override.reason",
    ),
    "arrears of half a day": ({"context": {"arrears_days": 0.5}}, 422, "invalid_field", "context.arrears_days"),
    "balance is true": ({"context": {"open_balance": True}}, 422, "invalid_field", "context.open_balance"),
    "25 delays": (
        {"context": {"arrears_history": [{"date": "2026-03-31", "days": 5}] * 25}},
        422,
        "invalid_field",
        "context.arrears_history",
    ),
    "delay on no day": (
        {"context": {"arrears_history": [{"date": "2026-03-31", "days": 5}, {"date": "2026-02-30", "days": 5}]}},
        422,
        "invalid_field",
        "context.arrears_history[1].date",
    ),
    "delay without days": (
        {"context": {"arrears_history": [{"date": "2026-03-31"}]}},
        422,
        "invalid_field",
        "context.arrears_history[0].days",
    ),
    "delay of a word": (
        {"context": {"arrears_history": [{"date": "2026-03-31", "days": "5"}]}},
        422,
        "invalid_field",
        "context.arrears_history[0].days",
    ),
    "delay with a balance below zero": (
        {"context": {"arrears_history": [{"date": "2026-03-31", "days": 5, "balance": -1}]}},
        422,
        "invalid_field",
        "context.arrears_history[0].balance",
    ),
    "delay with more": (
        {"context": {"arrears_history": [{"date": "2026-03-31", "days": 5, "who": "x"}]}},
        422,
        "unknown_field",
        "context.arrears_history[0].who",
    ),
    "one delay, no list": (
        {"context": {"arrears_history": {"date": "2026-03-31", "days": 5}}},
        422,
        "invalid_field",
        "context.arrears_history",
    ),
    "check result": ({"context": {"checks": {"registry": "ok"}}}, 422, "invalid_field", "context.checks.registry"),
    "61 checks": (
        {"context": {"checks": {f"check_{n}": "found" for n in range(61)}}},
        422,
        "invalid_field",
        "context.checks",
    ),
    "time zone": ({"context": {"timezone": "../etc/passwd"}}, 422, "invalid_field", "context.timezone"),
    "eighth day": ({"context": {"working_days": [8]}}, 422, "invalid_field", "context.working_days[0]"),
    "no working day": ({"context": {"working_days": []}}, 422, "invalid_field", "context.working_days"),
    "5 MB of nonsense": (b"x" * 5_000_000, 413, "too_large", None),
    "9 MB": (b'{"links":[' + b"0," * 4_500_000 + b"0]}", 413, "too_large", None),
    "5 MB": (b'{"subject": "' + b"x" * 5_000_000 + b'"}', 413, "too_large", None),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_request(client: FlaskClient, rep: dict[str, str], name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body, status, code, field = BAD[name]
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = client.post("/v1/vet", data=data, content_type=JSON, headers=rep)
    error = response.json["error"] if response.json else {}
    assert (response.status_code, error.get("code"), error.get("field")) == (status, code, field)
    assert error["message"]
    assert SECRET not in caplog.text and SECRET not in error["message"]


def test_limit_of_links_is_named(client: FlaskClient, rep: dict[str, str]) -> None:
    response = client.post("/v1/vet", json={"links": [{"href": "a"}] * 2001}, headers=rep)
    assert response.json and response.json["error"]["message"] == "links: 2,001 entries; at most 2,000 are taken"


def test_limit_of_the_body_is_named(client: FlaskClient, rep: dict[str, str]) -> None:
    response = client.post("/v1/vet", data=b" " * 1_048_577, content_type=JSON, headers=rep)
    assert response.json and "1,048,576 bytes" in response.json["error"]["message"]


GOOD: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no sender": {"subject": "Inquiry", "body": {"text": "Please quote"}},
    "empty lists": {"reply_to": [], "links": [], "attachments": [], "headers": [], "recipients": [], "thread": []},
    "sender as a string": {"sender": "Ann <a@b.example>"},
    "a whole number as 5.0": {"attachments": [{"name": "a", "size": 5.0}], "max_wait_ms": 0.0},
    "subject of 2,000 characters": {"subject": "询" * 2000},
    "text of nearly 1 MiB": {"body": {"text": "x" * 1_048_000}},
    "everything": {
        "lang": "zh_CN",
        "sender": {"address": "A@B.example", "name": "Ann"},
        "sent_by": "relay.example",
        "reply_to": ["c@d.example", {"address": "e@f.example"}],
        "recipients": ["undisclosed-recipients:;"],
        "own_domains": ["ours.example"],
        "subject": "Hello",
        "date": "2026-03-01",
        "body": {"text": "Hi"},
        "quoted_text": "Old",
        "links": [{"text": "here", "href": "https://x.example"}],
        "attachments": [{"name": "a.pdf", "size": 3}],
        "headers": [["From", "a@b.example"]],
        "thread": [{"sender": "a@b.example", "outgoing": True, "text": "before"}],
        "context": {
            "order_amount": 12000,
            "currency": "eur",
            "country": "DE",
            "product_class": "ordinary",
            "payment_term": "lc_sight",
            "order_placed": True,
            "visited_us": False,
            "local_influence": True,
            "level_override": {"level": 2, "reason": "Met at the fair"},
            "arrears_days": 30,
            "open_balance": 1500.5,
            "arrears_history": [{"date": "2026-03-31", "days": 0}, {"date": "2026-06-30", "days": 5, "balance": 1.5}],
            "checks": {"registry": "found"},
            "timezone": "Asia/Shanghai",
            "working_days": [1, 2, 3, 4, 5, 6],
            "thread_length": 3,
            "mailed_by": "a.example",
        },
        "missing": ["headers"],
        "max_wait_ms": 10_000,
    },
}


@pytest.mark.parametrize("name", GOOD)
def test_good_request(client: FlaskClient, rep: dict[str, str], name: str) -> None:
    response = client.post("/v1/vet", json=GOOD[name], headers=rep)
    assert (response.status_code, response.json and response.json.get("error")) == (200, None)


def test_no_body_at_all_is_an_empty_request(client: FlaskClient, rep: dict[str, str]) -> None:
    assert client.post("/v1/vet", headers=rep).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_other_media_type(client: FlaskClient, rep: dict[str, str], kind: str) -> None:
    response = client.post("/v1/vet", data=b"x", content_type=kind, headers=rep)
    assert response.status_code == 415
    assert response.json and response.json["error"]["code"] == "unsupported_media_type"


def test_packed_body(client: FlaskClient, rep: dict[str, str]) -> None:
    headers = rep | {"Content-Encoding": "gzip"}
    assert client.post("/v1/vet", data=b"x", content_type=JSON, headers=headers).status_code == 415


def test_a_whole_mail(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    mail = b"From: Ann <ann@b.example>\r\nSubject: Inquiry\r\n\r\nPlease quote 2,000 pcs.\r\n"
    path = "/v1/vet?lang=zh_CN&max_wait_ms=0"
    response = client.post(path, data=mail, content_type="message/rfc822", headers=rep)
    assert response.status_code == 200
    message, lang, wait = vetting.asked[-1]
    assert "Please quote 2,000 pcs." in message.text
    assert (lang, wait) == ("zh_CN", 0)


def test_a_mail_over_25_mib(client: FlaskClient, rep: dict[str, str]) -> None:
    mail = b"Subject: x\r\n\r\n" + b"x" * (25 * 1024 * 1024)
    response = client.post("/v1/vet", data=mail, content_type="message/rfc822", headers=rep)
    assert response.status_code == 413
    assert response.json and response.json["error"]["code"] == "too_large"


@pytest.mark.parametrize(
    "data",
    [b"", b" \r\n", b"Just words\n\n" + SECRET.encode(), bytes(range(256)) * 50, b"\xd0\xcf\x11\xe0 outlook"],
    ids=["empty", "blank", "no headers", "binary", "msg file"],
)
def test_no_mail(client: FlaskClient, rep: dict[str, str], data: bytes) -> None:
    response = client.post("/v1/vet", data=data, content_type="message/rfc822", headers=rep)
    error = response.json["error"] if response.json else {}
    assert (response.status_code, error.get("code"), error.get("field")) == (422, "invalid_mail", "message")
    assert SECRET not in error["message"]


@pytest.mark.parametrize("query", ["lang=fr", "max_wait_ms=x", "max_wait_ms=10001", "wait=1"])
def test_a_mail_with_a_bad_query(client: FlaskClient, rep: dict[str, str], query: str) -> None:
    response = client.post(f"/v1/vet?{query}", data=b"A: b\r\n\r\n", content_type="message/rfc822", headers=rep)
    assert response.status_code == 422
    assert response.json and response.json["error"]["field"] == query.partition("=")[0]


@pytest.mark.parametrize(
    ("given", "accepted", "expected"),
    [
        ("en", [("zh-CN", 1.0)], "en"),
        (None, [("zh-CN", 1.0), ("en", 0.8)], "zh_CN"),
        (None, [("zh-TW", 1.0)], "zh_CN"),
        (None, [("fr", 1.0), ("zh", 0.5)], "zh_CN"),
        (None, [("fr", 1.0)], "en"),
        (None, [], "en"),
    ],
)
def test_language(given: str | None, accepted: list[tuple[str, float]], expected: str) -> None:
    assert reader_language(given, LanguageAccept(accepted)) == expected


def test_16000_nested_tags(real: FlaskClient, rep: dict[str, str]) -> None:
    html = "<div>" * 16_000 + "Please quote 2,000 pcs" + "</div>" * 16_000
    response = real.post("/v1/vet", json={"body": {"html": html}}, headers=rep)
    assert response.status_code == 200
    assert response.json and response.json["elapsed_ms"] < 2000


def test_nothing_of_a_mail_is_logged(real: FlaskClient, rep: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    mail = {"sender": f"{SECRET}@b.example", "subject": SECRET, "body": {"text": f"Urgent! {SECRET} pay the agent"}}
    key = real.post("/v1/vet", json=mail, headers=rep).json["key"]  # type: ignore[index]
    real.get(f"/v1/vet/{key}?x={SECRET}", headers=rep)
    real.get(f"/v1/domains/{SECRET}.example", headers=rep)
    real.get(f"/{SECRET}", headers=rep)
    assert SECRET not in caplog.text and key not in caplog.text
    assert "POST /v1/vet 200" in caplog.text


@pytest.mark.parametrize("body", [{"sender": None}, {"context": None}, {"reply_to": [None]}, {"headers": [None]}])
def test_null_is_refused_in_the_same_words_everywhere(
    client: FlaskClient, rep: dict[str, str], body: dict[str, object]
) -> None:
    response = client.post("/v1/vet", json=body, headers=rep)
    assert response.json and response.json["error"]["message"].endswith(": null: leave the field out instead")


class BrokenChunks(io.RawIOBase):
    """A body as gunicorn hands it on where its chunks are no chunks."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise InvalidChunkSize(b"zz")


@pytest.mark.parametrize("kind", [JSON, "message/rfc822"])
def test_broken_chunks_are_the_callers_fault(client: FlaskClient, rep: dict[str, str], kind: str) -> None:
    response = client.post(
        "/v1/vet",
        content_type=kind,
        headers=rep,
        environ_overrides={"wsgi.input": BrokenChunks(), "wsgi.input_terminated": True},
    )
    assert (response.status_code, response.json and response.json["error"]["code"]) == (400, "bad_request")
