"""The moment to answer by: hours run on the rep's working days only."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from server.model import Evidence
from server.rulebook.policy import WorkingTime

_DAY = timedelta(days=1)
MIDNIGHT = time(0)


def reply_before(hours: int, evidence: Evidence, working: WorkingTime, now: datetime) -> str:
    """`2026-11-24T09:30:00+08:00`: so many hours after the mail was sent, days off left out, in the rep's zone.

    Without a believable date of the mail the clock starts now. What is overdue is due at the end of the working day.
    Midnight, as after a weekend, is told as the end of the working day before: nobody knows which day 00:00 belongs to.
    """
    zone = ZoneInfo(str(evidence.get("context.timezone") or working.timezone))
    days = frozenset(int(day) for day in cast("list[str]", evidence.get("context.working_days") or [])) or working.days
    sent = evidence.get("mail.sent")
    start = min(datetime.fromisoformat(str(sent)), now) if sent else now
    due = later(start.astimezone(zone), hours, days)
    if due.time() == MIDNIGHT:
        due = _evening_before(due, days, working.day_ends)
    if due <= now:
        due = end_of_day(now.astimezone(zone), days, working.day_ends)
    return due.replace(microsecond=0).isoformat()


def later(start: datetime, hours: int, days: frozenset[int]) -> datetime:
    """`hours` after `start`; a day off stops the clock."""
    zone = start.tzinfo
    wall, left = start.replace(tzinfo=None), timedelta(hours=hours)
    while True:
        if wall.isoweekday() not in days:
            wall = _midnight(wall + _DAY)
            continue
        rest = _midnight(wall + _DAY) - wall
        if left < rest:
            return _aware(wall + left, zone)
        left -= rest
        wall = _midnight(wall + _DAY)


def end_of_day(now: datetime, days: frozenset[int], hour: int) -> datetime:
    """The end of this working day, or of the next if it is over."""
    wall = now.replace(tzinfo=None)
    end = wall.replace(hour=hour, minute=0, second=0, microsecond=0)
    while end <= wall or end.isoweekday() not in days:
        end += _DAY
    return _aware(end, now.tzinfo)


def _evening_before(midnight: datetime, days: frozenset[int], hour: int) -> datetime:
    end = midnight.replace(tzinfo=None) - _DAY
    while end.isoweekday() not in days:
        end -= _DAY
    return _aware(end.replace(hour=hour), midnight.tzinfo)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _aware(wall: datetime, zone: tzinfo | None) -> datetime:
    return wall.replace(tzinfo=zone)
