"""Whether a customer pays late often and later and later, from the days overdue that the caller kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from server.model import Evidence

MOST_ROWS = 24
_LEAST_LATE = 3
"""Fewer delays are no habit."""
_LONGER = 1.5
_LEAST_MORE = 5.0
"""The later half of the dates shows this many times the days of the earlier one, and so many days more at least."""
_SEASON = (335, 395)
"""Days back to the same season of the year before."""
_SHOWN = 4
_MOST_MONEY = 1e12


@dataclass(frozen=True, slots=True)
class Row:
    """How late the customer was on a day, and what he owed then (None where nobody noted it)."""

    day: date
    late: int
    balance: float | None = None


def arrears_facts(given: Mapping[str, Any], evidence: Evidence) -> None:
    """The fact `context.overdue_trend`: the last delays where they grow, "" where they do not."""
    rows = _rows(given.get("arrears_history"))
    if rows:
        evidence.put("context.overdue_trend", _words(rows) if is_growing(rows) else "")
    else:
        evidence.miss("context.overdue_trend", "not_applicable")  # the gap is told by context.arrears_days


def is_growing(rows: list[Row]) -> bool:
    """Overdue often (three times at least, and half the time) and lengthening; `rows` go by date.

    Not where he was about as late in the same season a year before, nor where he has just caught up.
    """
    late = [row.late for row in rows if row.late > 0]
    if len(late) < _LEAST_LATE or 2 * len(late) < len(rows):
        return False
    half = len(rows) // 2
    before, after = _mean(rows[:half]), _mean(rows[-half:])
    if after < _LONGER * before or after - before < _LEAST_MORE or rows[-1].late < _mean(rows):
        return False
    return not any(
        _SEASON[0] <= (rows[-1].day - row.day).days <= _SEASON[1] and row.late * _LONGER > rows[-1].late for row in rows
    )


def _mean(rows: list[Row]) -> float:
    return sum(row.late for row in rows) / len(rows)


def _words(rows: list[Row]) -> str:
    """`2026-03-31: 5 (1,000) -> 2026-06-30: 30 (8,000)`."""
    shown: list[str] = []
    for row in rows[-_SHOWN:]:
        balance = "" if row.balance is None else f" ({row.balance:,.2f})".replace(".00)", ")")
        shown.append(f"{row.day.isoformat()}: {row.late}{balance}")
    return " -> ".join(shown)


def _rows(given: Any) -> list[Row]:
    """The rows in a good form by date, the last one of each date. What has another form is left out."""
    found: dict[date, Row] = {}
    for one in cast("list[Any]", given)[:MOST_ROWS] if isinstance(given, list) else ():
        row = cast("dict[str, Any]", one) if isinstance(one, dict) else {}
        day, late, balance = _day(row.get("date")), row.get("days"), row.get("balance")
        if day is not None and type(late) is int and late >= 0:
            found[day] = Row(day, late, _sum(balance))
    return [found[day] for day in sorted(found)]


def _sum(given: Any) -> float | None:
    is_sum = isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= _MOST_MONEY
    return float(given) if is_sum else None


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) and len(given) == 10 else None
    except ValueError:
        return None
