"""Authentication results and the other headers that are believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.evidence.auth_results import parse_results
from server.evidence.headers import header_facts
from server.model import Evidence

Facts = Callable[..., Evidence]


@pytest.mark.parametrize(
    ("value", "results"),
    [
        ("mx.ours.example; spf=pass smtp.mailfrom=a@b.com; dkim=pass; dmarc=fail", "pass pass fail"),
        ("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.com; dkim=none; dmarc=bestguesspass action=none", "pass none bestguesspass"),
        ("mx.ours.example (a; spf=pass) 1; spf=fail (x \\) spf=pass); dkim=fail; dkim=pass; dmarc = none", "fail pass none"),
        ("mx.ours.example; dkim/1=pass header.d=b.com; spf=SOFTFAIL", "softfail pass -"),
        ("mx.ours.example spf=pass", "pass - -"),
        ("mx.ours.example; none", "- - -"),
        ("mx; spf=hardfail; dmarc=whatever", "fail - -"),
        ("(((((;;;===", "- - -"),
        ("", "- - -"),
    ],
)  # fmt: skip
def test_parse_results(value: str, results: str) -> None:
    found = parse_results(value)
    assert " ".join(found.get(method, "-") for method in ("spf", "dkim", "dmarc")) == results


def of(facts: Facts, *headers: tuple[str, str]) -> Evidence:
    return facts(header_facts, sender="A <a@acme.com>", headers=headers)


def test_only_the_topmost_result_counts(facts: Facts) -> None:
    found = of(
        facts, ("Authentication-Results", "mx; spf=fail"), ("Authentication-Results", "mx; spf=pass; dmarc=pass")
    )
    assert found.get("auth.spf") == "fail"
    assert found.unknown["auth.dmarc"] == "not_published"


def test_received_spf_stands_in(facts: Facts) -> None:
    assert of(facts, ("Received-SPF", "SoftFail (domain of b.com does not designate)")).get("auth.spf") == "softfail"


@pytest.mark.parametrize(
    ("headers", "fact", "value"),
    [
        ([("Resent-From", "x@y.com")], "forwarded", True),
        ([("X-Forwarded-To", "x@y.com")], "forwarded", True),
        ([("ARC-Seal", "i=1; cv=none"), ("Authentication-Results", "mx; arc=pass; spf=fail")], "forwarded", True),
        ([("ARC-Seal", "i=1; cv=pass")], "forwarded", False),
        ([("Subject", "x")], "forwarded", False),
        ([("List-Id", "<a.b.org>")], "mailing_list", True),
        ([("List-Unsubscribe", "<x>"), ("Precedence", "bulk")], "mailing_list", True),
        ([("List-Unsubscribe", "<x>")], "mailing_list", False),
        ([("Return-Path", "<bounce@mail.acme.com>")], "return_path_differs", False),
        ([("Return-Path", "<bounce@esp.com>")], "return_path_differs", True),
        ([("Return-Path", "<bounce@x.esp.com>")], "return_path_domain", "esp.com"),
        ([("Return-Path", "<>")], "return_path_domain", ""),
        ([("Return-Path", "<>")], "return_path_differs", None),
        ([], "return_path_differs", None),
    ],
)
def test_header_facts(headers: list[tuple[str, str]], fact: str, value: Any, facts: Facts) -> None:
    assert of(facts, *headers).get(f"auth.{fact}") == value


def test_without_headers_nothing_is_known(facts: Facts) -> None:
    assert facts(header_facts, sender="A <a@acme.com>").known == {}
