"""Late often, and later and later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from server.evidence.arrears import arrears_facts
from server.model import Evidence

FACT = "context.overdue_trend"


def trend(rows: Any) -> object:
    evidence = Evidence()
    arrears_facts({"arrears_history": rows}, evidence)
    return evidence.get(FACT)


def monthly(*late: int, step: int = 30) -> list[dict[str, Any]]:
    start = date(2026, 10, 31) - timedelta(days=step * (len(late) - 1))
    return [{"date": (start + timedelta(days=step * at)).isoformat(), "days": days} for at, days in enumerate(late)]


@pytest.mark.parametrize(
    ("late", "grows"),
    [
        ((5, 12, 30), True),
        ((0, 0, 5, 10, 20), True),
        ((10, 8, 12, 20, 15, 30), True),
        ((0, 10, 40), False),  # late twice
        ((0, 0, 0, 0, 5, 10, 20), False),  # seldom late
        ((20, 20, 20, 20), False),
        ((30, 20, 10), False),
        ((5, 6, 7, 8), False),  # a few days more
        ((2, 10, 30, 30, 3), False),  # has caught up
        ((40, 45, 50, 55), False),
        ((), None),
    ],
)
def test_what_is_a_trend(late: tuple[int, ...], grows: bool | None) -> None:
    found = trend(monthly(*late))
    assert (found if found is None else found != "") == grows


def test_a_delay_like_that_of_a_year_before_is_the_season() -> None:
    quarters = monthly(38, 5, 4, 12, 40, step=91)
    assert trend(quarters) == ""
    assert trend([{**quarters[0], "days": 3}, *quarters[1:]])


def test_the_last_values_are_shown_in_their_order() -> None:
    rows = monthly(1, 5, 12, 30, 45)
    rows[3]["balance"], rows[4]["balance"] = 3500, 8000.5
    assert trend(rows[::-1]) == "2026-08-02: 5 -> 2026-09-01: 12 -> 2026-10-01: 30 (3,500) -> 2026-10-31: 45 (8,000.50)"


@pytest.mark.parametrize(
    "junk",
    [5, "x", {}, [5], [{}], [{"date": "2026-02-30", "days": 5}], [{"date": "2026-03-01", "days": True}],
     [{"date": None, "days": 5}], [{"date": "2026-03-01", "days": -5}]],
)  # fmt: skip
def test_what_has_another_form_is_left_out(junk: Any) -> None:
    assert trend(junk) is None


def test_without_a_history_nothing_is_missing() -> None:
    evidence = Evidence()
    arrears_facts({}, evidence)
    assert evidence.unknown[FACT] == "not_applicable"


def test_only_as_many_rows_as_the_api_takes_are_read() -> None:
    assert trend([{"date": "2026-01-01", "days": 0}] * 24 + monthly(5, 12, 30)) == ""
