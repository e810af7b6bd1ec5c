"""The offset of the Date header against the claimed country."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.clock import clock_facts, offset_hours
from server.evidence.mail import Mail
from server.model import Evidence


@pytest.mark.parametrize(
    ("date", "hours"),
    [
        ("Mon, 16 Nov 2026 10:00:00 +0800", 8),
        ("Mon, 16 Nov 2026 10:00:00 -0330", -3.5),
        ("Mon, 16 Nov 2026 10:00:00 +0545 (NPT)", 5.75),
        ("Mon, 16 Nov 2026 10:00:00 +0000", None),
        ("Mon, 16 Nov 2026 10:00:00 GMT", None),
        ("Mon, 16 Nov 2026 10:00:00 +9900", None),
        ("2026-11-16 10:00", None),
        ("", None),
        ("+" * 5000, None),
    ],
    ids=["east", "west", "comment", "utc", "gmt", "impossible", "page-date", "empty", "junk"],
)
def test_offset(date: str, hours: float | None) -> None:
    assert offset_hours(date) == hours


@pytest.mark.parametrize(
    ("offset", "country", "mismatch"),
    [
        ("+0800", "BR", "UTC+8 against BR"),
        ("-0500", "AE", "UTC-5 against AE"),
        ("+0100", "AE", ""),
        ("-0800", "US", ""),
        ("+0300", "NG", ""),
        ("+1300", "AS", ""),
        ("+0800", "", ""),
        ("+0000", "BR", None),
    ],
    ids=["asia-brazil", "america-gulf", "three-hours", "west-coast", "summer", "date-line", "none-claimed", "utc"],
)
def test_mismatch(offset: str, country: str, mismatch: str | None, mail: Callable[..., Mail]) -> None:
    evidence = Evidence()
    evidence.put("identity.claimed_country", country)
    clock_facts(mail(headers=(("Date", f"Mon, 16 Nov 2026 10:00:00 {offset}"),)), evidence)
    assert evidence.get("auth.tz_mismatch") == mismatch


def test_a_list_has_its_own_clock(mail: Callable[..., Mail]) -> None:
    evidence = Evidence()
    evidence.put("identity.claimed_country", "BR")
    headers = (("Date", "Mon, 16 Nov 2026 10:00:00 +0800"), ("List-Id", "<x.y>"))
    clock_facts(mail(headers=headers), evidence)
    assert evidence.get("auth.tz_mismatch") == ""


def test_a_date_read_off_the_page_tells_nothing(mail: Callable[..., Mail]) -> None:
    evidence = Evidence()
    clock_facts(mail(date="Mon, 16 Nov 2026 10:00:00 +0800"), evidence)
    assert evidence.get("auth.tz_offset_hours") is None
