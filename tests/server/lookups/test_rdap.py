"""RDAP documents as registries write them, right and wrong."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from server.lookups.answer import Found, Registration, Unknown
from server.lookups.bootstrap import Bootstrap
from server.lookups.fetch import Fetcher, Reply
from server.lookups.net import Network, TcpDialer
from server.lookups.rdap import Rdap
from tests.peers.fakes import MovableClock, TableResolver


def read(document: Any, status: int = 200, kind: str = "application/rdap+json") -> Any:
    clock = MovableClock()
    fetcher = Fetcher(Network(TableResolver({}), TcpDialer(), clock))
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return Rdap(Bootstrap(None, fetcher, clock), fetcher, clock)._read("a.com", "rdap:x", Reply(status, kind, body))


def domain(**more: Any) -> dict[str, Any]:
    return {"objectClassName": "domain", "ldhName": "A.COM.", **more}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2003-04-01T00:00:00Z", date(2003, 4, 1)),
        ("2003-04-01T23:30:00-05:00", date(2003, 4, 2)),
        ("2003-04-01T01:00:00.123+08:00", date(2003, 3, 31)),
        ("2003-04-01", date(2003, 4, 1)),
        ("01/04/2003", None),
        ("0001-01-01T00:00:00+23:00", None),
        ("2999-01-01T00:00:00Z", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_the_day_of_registration(at: Any, day: date | None) -> None:
    events = [("last changed", "2020-01-01"), ("registration", at)]
    answer = read(domain(events=[{"eventAction": action, "eventDate": moment} for action, moment in events]))
    assert isinstance(answer, Found) and answer.value == Registration(created=day)


@pytest.mark.parametrize(
    "odd",
    [
        {"events": "x"},
        {"events": [1, None, {}]},
        {"entities": [{"roles": "registrar"}, {"roles": ["registrar"]}]},
        {"entities": [{"roles": ["registrar"], "vcardArray": ["vcard"]}]},
        {"entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn"], "x", ["fn", {}, "text", 5]]]}]},
    ],
)
def test_odd_parts_are_left_out(odd: dict[str, Any]) -> None:
    answer = read(domain(**odd))
    assert isinstance(answer, Found) and answer.value == Registration()


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        "x",
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        {"objectClassName": "entity"},
        {"objectClassName": "domain", "ldhName": "b.com"},
        {"errorCode": 500},
    ],
    ids=str,
)
def test_what_is_no_answer_about_the_domain(document: Any) -> None:
    assert isinstance(read(document), Unknown)


@pytest.mark.parametrize(
    ("status", "why"),
    [(429, "refused"), (403, "refused"), (401, "refused"), (500, "failed"), (400, "failed"), (204, "failed")],
)
def test_other_statuses(status: int, why: str) -> None:
    assert read({}, status).why == why


def test_an_unregistered_name_needs_the_registrys_word() -> None:
    assert read(b"", 404).nxdomain
    assert read({"errorCode": 404}, 404).nxdomain
    assert read(b"<html>", 404, "text/html").why == "failed"
    assert read(b"", 404, "text/html").why == "failed"


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (["client hold", "CLIENT TRANSFER PROHIBITED"], ("client hold", "client transfer prohibited")),
        (["active", "active", "serverHold", 7, None, "unheard of"], ("active", "server hold")),
        ("client hold", ()),
        ([], ()),
        (None, ()),
    ],
)
def test_status_codes(given: Any, codes: tuple[str, ...]) -> None:
    assert read(domain(status=given)).value.status == codes
