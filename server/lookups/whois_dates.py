"""Which day a WHOIS answer means: the parser's reading is checked against the digits that really stand there."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import cast

EARLIEST = date(1985, 1, 1)  # no name is older than symbolics.com, 15 March 1985
NUMERIC = re.compile(r"(?<![0-9])([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})(?![0-9])")
COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])")


def as_day(value: object) -> date | None:
    """The day (UTC) of what python-whois put into a date field: a datetime, a text, or a list whose first item counts.

    The first one, since the domain's own block stands before those of its contacts.
    """
    if isinstance(value, list):
        return next((day for item in cast("list[object]", value) if (day := as_day(item)) is not None), None)
    if isinstance(value, datetime):
        try:
            return (value.astimezone(UTC) if value.tzinfo else value).date()
        except (ValueError, OverflowError):  # the year 1 and the year 9999
            return None
    if isinstance(value, str) and (match := COMPACT.fullmatch(value.strip()[:8])):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    return None


def sure(day: date | None, text: str, *, day_first: bool, latest: date) -> date | None:
    """`day` if it can only mean that, else None.

    The parser reads 05/09/2003 by a fixed order. Where the same digits read the other way round give another day, the
    text's other dates decide; `day_first` is the registry's known order. A year that does not stand in the text was
    made up from parts (python-dateutil fills gaps with today).
    """
    if day is None or not EARLIEST <= day <= latest or str(day.year) not in text:
        return None
    written = [(int(m[1]), int(m[3]), int(m[4])) for m in NUMERIC.finditer(text)]
    same = [(a, b) for a, b, year in written if year == day.year and {a, b} == {day.day, day.month}]
    if not same or day.day == day.month:
        return day
    a, b = same[0]
    first = day_first or any(x > 12 for x, _, _ in written)
    second = any(y > 12 for _, y, _ in written)
    if first == second:  # neither order is proved, or both are
        return None
    try:
        return date(day.year, b, a) if first else date(day.year, a, b)
    except ValueError:
        return None
