"""The moment to answer by: zone, days off, overdue mails, clock changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from server.judging.due import reply_before
from server.model import Evidence
from server.rulebook.policy import WorkingTime

CHINA = WorkingTime("Asia/Shanghai", frozenset({1, 2, 3, 4, 5}), 18)
FRIDAY = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)  # 15:00 in Shanghai


def due(hours: int, now: datetime, working: WorkingTime = CHINA, **facts: Any) -> str:
    evidence = Evidence()
    for name, value in facts.items():
        evidence.put(name.replace("__", "."), value)
    return reply_before(hours, evidence, working, now)


@pytest.mark.parametrize(
    ("hours", "now", "facts", "wanted"),
    [
        (24, datetime(2026, 11, 18, 7, 0, tzinfo=UTC), {}, "2026-11-19T15:00:00+08:00"),
        (24, FRIDAY, {}, "2026-11-23T15:00:00+08:00"),
        (72, FRIDAY, {}, "2026-11-25T15:00:00+08:00"),
        (24, datetime(2026, 11, 21, 7, 0, tzinfo=UTC), {}, "2026-11-23T18:00:00+08:00"),
        (72, datetime(2026, 11, 22, 7, 0, tzinfo=UTC), {}, "2026-11-25T18:00:00+08:00"),
        (48, datetime(2026, 11, 18, 16, 0, tzinfo=UTC), {}, "2026-11-20T18:00:00+08:00"),
        (24, FRIDAY, {"context__working_days": ["1", "2", "3", "4", "5", "6"]}, "2026-11-21T15:00:00+08:00"),
        (24, FRIDAY, {"context__timezone": "America/New_York"}, "2026-11-23T02:00:00-05:00"),
        # sent on Wednesday, opened on Thursday: the clock has run since Wednesday
        (
            24,
            datetime(2026, 11, 19, 1, 0, tzinfo=UTC),
            {"mail__sent": "2026-11-18T07:00:00+00:00"},
            "2026-11-19T15:00:00+08:00",
        ),
        # overdue: by the end of today, or of the next working day
        (24, FRIDAY, {"mail__sent": "2026-11-10T07:00:00+00:00"}, "2026-11-20T18:00:00+08:00"),
        (
            24,
            datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
            {"mail__sent": "2026-11-10T07:00:00+00:00"},
            "2026-11-23T18:00:00+08:00",
        ),
        # a date ahead of now does not lengthen the time
        (24, FRIDAY, {"mail__sent": "2026-11-21T06:00:00+00:00"}, "2026-11-23T15:00:00+08:00"),
        # Europe changes its clocks on 25 October 2026
        (
            24,
            datetime(2026, 10, 23, 8, 0, tzinfo=UTC),
            {"context__timezone": "Europe/Berlin"},
            "2026-10-26T10:00:00+01:00",
        ),
    ],
)
def test_reply_before(hours: int, now: datetime, facts: dict[str, Any], wanted: str) -> None:
    assert due(hours, now, **facts) == wanted
