"""What the caller sends beside the mail, and when the mail was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from server.evidence.collect import collect
from server.evidence.context import sent_at
from server.judging.verdict import judge
from server.model import Evidence, Message
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def facts(book: Rulebook, **context: Any) -> Evidence:
    return collect(Message(text="Please quote 500 pcs", context=context), book, now=NOW)


def test_nothing_said_is_unknown_but_no_check_was_made(book: Rulebook) -> None:
    found = facts(book)
    assert found.get("context.order_placed") is None and found.unknown["context.order_placed"] == "not_given"
    assert found.get("context.checks_found") == []


def test_what_is_said_is_a_fact(book: Rulebook) -> None:
    found = facts(
        book,
        order_placed=False,
        arrears_days=30,
        working_days=[1, 2, 3],
        level_override={"level": 2, "reason": "Fair"},
        checks={
            "registry": "found",
            "negative_news": "found",
            "customs_records": "not_found",
            "website": "contradicts",
        },
        mailed_by="a.example",
    )
    wanted = {
        "order_placed": False,
        "arrears_days": 30,
        "working_days": ["1", "2", "3"],
        "override_level": 2,
        "override_reason": "Fair",
        "checks_found": ["registry", "negative_news"],
        "checks_not_found": ["customs_records"],
        "checks_contradict": ["website"],
        "checks_good": ["registry"],
        "checks_bad": ["negative_news", "website"],
    }
    assert found.known["context"] == wanted


@pytest.mark.parametrize(
    "context",
    [
        {"timezone": "../../etc/passwd"},
        {"timezone": "Mars/Base"},
        {"timezone": 5},
        {"working_days": [0, 8, "1", True, None]},
        {"working_days": "1"},
        {"checks": ["registry"]},
        {"checks": {"registry": 5, 7: "found"}},
        {"level_override": [2]},
        {"level_override": {"level": 9}},
        {"order_amount": "5"},
        {"order_amount": float("nan"), "currency": 5},
        {"order_placed": 1},
        {"arrears_days": True},
    ],
)
def test_what_has_another_form_is_left_out(book: Rulebook, context: dict[str, Any]) -> None:
    evidence = facts(book, **context)
    lists = {"checks_found", "checks_not_found", "checks_contradict", "checks_good", "checks_bad"}
    left = {name: value for name, value in evidence.known["context"].items() if name not in lists and value != []}
    assert not set(left) - {"order_amount"}
    found = judge(evidence, book, lang="en", complete=True, now=NOW)
    assert found.customer_level.level and found.handling.steps


def test_nothing_found_speaks_for_nobody(book: Rulebook) -> None:
    """That no complaint was found is no trust; that no customs record was found is no doubt (R-28)."""
    found = facts(
        book, checks={"negative_news": "not_found", "customs_records": "not_found", "insolvency": "not_found"}
    )
    assert found.get("context.checks_good") == [] and found.get("context.checks_bad") == []


@pytest.mark.parametrize(
    ("header", "given", "wanted"),
    [
        ("Thu, 19 Nov 2026 10:00:00 +0800", None, "2026-11-19T02:00:00+00:00"),
        (None, "2026-11-19T10:00:00+08:00", "2026-11-19T02:00:00+00:00"),
        (None, "2026-11-19", "2026-11-19T00:00:00+00:00"),
        ("no date", "2026-11-19", "2026-11-19T00:00:00+00:00"),
        ("Thu, 99 Nov 2026 10:00:00 +0800", None, None),
        (None, "2026-02-30", None),
        (None, "9999-12-31T23:59:59+00:00", None),
        (None, "0001-01-01T00:00:00+14:00", None),
        (None, "1970-01-01", None),
        (None, "2026-11-22", None),
        (None, "2026年11月19日 10:00", None),
        (None, "x" * 100_000, None),
        (None, None, None),
    ],
)
def test_impossible_dates_are_no_dates(header: str | None, given: str | None, wanted: str | None) -> None:
    headers = (("Date", header),) if header is not None else None
    found = sent_at(Message(headers=headers, date=given), NOW)
    assert (found.isoformat() if found else None) == wanted
