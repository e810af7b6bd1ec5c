"""The short way answers as the long way does, and only where the long way would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.web import short_way as module

Make = Callable[..., FlaskClient]
BODY = b'{"sender": "a@b.example", "subject": "Inquiry"}'
CHANGING = {"cache", "elapsed_ms"}
LONG = {"Cache-Control": "no-cache"}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The answers that went the short way."""
    answered: list[bytes] = []
    real = module.ShortWay._answer

    def noted(self: module.ShortWay, environ: dict[str, Any]) -> bytes | None:
        answer = real(self, environ)
        if answer is not None:
            answered.append(answer)
        return answer

    monkeypatch.setattr(module.ShortWay, "_answer", noted)
    return answered


def send(client: FlaskClient, headers: dict[str, str], body: bytes = BODY, **more: Any) -> Any:
    return client.post("/v1/vet", data=body, content_type="application/json", headers=headers, **more)


def test_both_ways_give_the_same_answer(client: FlaskClient, rep: dict[str, str], short: list[bytes]) -> None:
    other = BODY.replace(b"a@b", b" a@b")
    answers = [send(client, rep), send(client, rep), send(client, rep, other), send(client, rep | LONG)]
    assert short == [answer.data for answer in answers[:3]]
    assert [answer.json["cache"] for answer in answers] == [{"hit": hit, "age_s": 0} for hit in (0, 1, 1, 0)]
    heads, bodies = ([dict(answer.headers) for answer in answers], [answer.json for answer in answers])
    for head, body in zip(heads, bodies, strict=True):
        assert head | {"Content-Length": 0} == heads[-1] | {"Content-Length": 0}
        assert {k: v for k, v in body.items() if k not in CHANGING} == {
            k: v for k, v in bodies[-1].items() if k not in CHANGING
        }


def test_a_mail_as_such_goes_the_short_way_too(client: FlaskClient, rep: dict[str, str], short: list[bytes]) -> None:
    mail = b"From: a@b.example\r\nSubject: Inquiry\r\n\r\nPlease quote.\r\n"
    answers = [client.post("/v1/vet", data=mail, content_type="message/rfc822", headers=rep).json for _ in range(2)]
    assert len(short) == 1 and answers[0]["key"] == answers[1]["key"]


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Cache-Control": "no-cache"}, ""),
        ({"Accept-Language": "zh"}, ""),
        ({}, "?lang=zh_CN"),
    ],
    ids=["vet anew", "another language", "another language by query"],
)
def test_what_may_be_answered_otherwise_goes_the_long_way(
    client: FlaskClient, rep: dict[str, str], short: list[bytes], headers: dict[str, str], query: str
) -> None:
    send(client, rep)
    answer = client.post(f"/v1/vet{query}", data=BODY, content_type="application/json", headers=rep | headers)
    assert answer.status_code == 200 and len(short) == 1


@pytest.mark.parametrize("authorization", ["", "Bearer wrong-token-wrong-token", "Basic x"])
def test_no_token_no_answer(client: FlaskClient, rep: dict[str, str], short: list[bytes], authorization: str) -> None:
    send(client, rep)
    assert send(client, {"Authorization": authorization}).status_code == 401
    assert send(client, {"Authorization": authorization}, b'{"subject": "new"}').status_code == 401
    assert len(short) == 1


def test_both_ways_draw_on_one_budget(make: Make, rep: dict[str, str], short: list[bytes]) -> None:
    client = make(rate_limit=3)
    heads = [rep, rep | LONG, rep, rep, rep | LONG]
    assert [send(client, head).status_code for head in heads] == [200, 200, 200, 429, 429]
    assert len(short) == 2


def test_new_rules_count_at_once(client: FlaskClient, rep: dict[str, str], vetting: Any, short: list[bytes]) -> None:
    send(client, rep)
    vetting.rulebook.version = "fedcba9876543210"
    assert send(client, rep).json["rulebook"] == "fedcba9876543210"
    assert len(short) == 2 and len(vetting.asked) == 2


def test_an_untrusted_host_is_refused_though_the_mail_is_known(
    make: Make, rep: dict[str, str], short: list[bytes]
) -> None:
    client = make(trusted_hosts=("vet.example",))
    assert send(client, rep, base_url="http://vet.example").status_code == 200
    assert send(client, rep, base_url="http://evil.example").status_code == 400
    assert len(short) == 1


def test_a_configured_origin_gets_its_headers(make: Make, rep: dict[str, str], short: list[bytes]) -> None:
    origin = {"Origin": "chrome-extension://abcdefghijklmnop"}
    client = make(cors_origins=tuple(origin.values()))
    answers = [send(client, rep | origin) for _ in range(2)]
    assert [answer.headers["Access-Control-Allow-Origin"] for answer in answers] == [origin["Origin"]] * 2
    assert not short
    for _ in range(2):
        send(client, rep | {"Origin": "chrome-extension://other"})
    assert len(short) == 2


def test_an_incomplete_verdict_is_asked_for_again(client: FlaskClient, rep: dict[str, str], vetting: Any) -> None:
    vetting.complete = False
    first, second = send(client, rep).json, send(client, rep).json
    assert first["retry_after_ms"] > 0 and not second["cache"]["hit"] and len(vetting.asked) == 2
    vetting.complete = True
    newer = client.get(f"/v1/vet/{first['key']}", headers=rep).json or {}
    assert (newer["complete"], newer["key"]) == (True, first["key"])


def test_a_refused_body_is_refused_again(client: FlaskClient, rep: dict[str, str], short: list[bytes]) -> None:
    assert {send(client, rep, b'{"nonsense": 1}').status_code for _ in range(2)} == {422}
    assert {send(client, rep, b"{").status_code for _ in range(2)} == {400}
    assert not short


def test_it_is_counted(client: FlaskClient, rep: dict[str, str], admin: dict[str, str]) -> None:
    for _ in range(3):
        send(client, rep)
    text = client.get("/metrics", headers=admin).text
    assert 'backtone_verdicts_total{cache="hit",level="caution"} 2.0' in text
    assert 'backtone_rules_fired_total{rule="free_address"} 3.0' in text
    assert 'backtone_call_seconds_count{call="vet.vet",status="200"} 3.0' in text


@pytest.mark.parametrize(
    "body",
    [
        b'{"subject": 7}',
        b'{"subject": null}',
        b'{"lang": "de"}',
        b'{"links": [{"text": "x"}]}',
        b'{"max_wait_ms": 10001}',
        b'{"context": {"payment_term": "nonsense"}}',
        b'{"context": {"checks": {"nonsense": "found"}}}',
        b"[]",
        b"",
    ],
)
def test_what_is_not_plain_is_left_to_the_long_way(
    client: FlaskClient, rep: dict[str, str], short: list[bytes], body: bytes
) -> None:
    assert send(client, rep, body).status_code == (422 if body else 200)
    assert not short


def test_options_of_the_body_count(client: FlaskClient, rep: dict[str, str], vetting: Any, short: list[bytes]) -> None:
    body = b'{"subject": "x", "lang": "zh_CN", "max_wait_ms": 7, "context": {"payment_term": "lc_sight", "currency": "usd"}}'
    long_way = send(client, rep | {"Accept-Language": "en"}, body)
    plain = send(client, rep | {"Accept-Language": "en"}, body.replace(b'"payment_term": "lc_sight", ', b""))
    assert (long_way.status_code, short) == (200, [plain.data])
    (first, *options), (second, *others) = vetting.asked
    assert options == others == ["zh_CN", 7]
    assert second.context == {"currency": "USD"} == {k: v for k, v in first.context.items() if k != "payment_term"}
