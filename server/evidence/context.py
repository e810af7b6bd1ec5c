"""What the caller knows beside the mail, as facts.

The API has checked the form; a mail from a file may bring anything, so what has another form is left out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from server.evidence.arrears import arrears_facts
from server.evidence.headers import values
from server.model import CheckResult, Evidence, Message
from server.rulebook.book import Rulebook

_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "order_amount": (int, float),
    "currency": str,
    "country": str,
    "product_class": str,
    "payment_term": str,
    "order_placed": bool,
    "visited_us": bool,
    "local_influence": bool,
    "arrears_days": int,
    "open_balance": (int, float),
}
"""Keys of the request that are facts as they stand."""
_MAX_DATE = 200
CHECK_FACTS: Mapping[str, CheckResult] = {
    "context.checks_found": "found",
    "context.checks_not_found": "not_found",
    "context.checks_contradict": "contradicts",
}
"""The facts that list checks by their result."""


def context_facts(message: Message, evidence: Evidence, rulebook: Rulebook, now: datetime) -> None:
    """The facts `context.*` and `mail.sent`. What the caller did not say is unknown, save that no check was made."""
    given = message.context
    for name, kind in _PLAIN.items():
        value = given.get(name)
        if value is not None and isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            evidence.put(f"context.{name}", value)
    arrears_facts(given, evidence)
    _working_time(given, evidence)
    _override(given, evidence)
    _checks(given, evidence, rulebook)
    if (sent := sent_at(message, now)) is not None:
        evidence.put("mail.sent", sent.isoformat(timespec="seconds"))


def _working_time(given: Mapping[str, Any], evidence: Evidence) -> None:
    zone, days = given.get("timezone"), given.get("working_days")
    if isinstance(zone, str) and _is_zone(zone):
        evidence.put("context.timezone", zone)
    if isinstance(days, list):
        good = [day for day in cast("list[Any]", days) if type(day) is int and 1 <= day <= 7]
        evidence.put("context.working_days", [str(day) for day in dict.fromkeys(good)])


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _override(given: Mapping[str, Any], evidence: Evidence) -> None:
    row = given.get("level_override")
    if isinstance(row, dict):
        level = cast("dict[str, Any]", row).get("level")
        if isinstance(level, int) and 1 <= level <= 4:
            evidence.put("context.override_level", level)
            evidence.put("context.override_reason", str(cast("dict[str, Any]", row).get("reason") or ""))


def _checks(given: Mapping[str, Any], evidence: Evidence, rulebook: Rulebook) -> None:
    """Results of the checklist: by result, and by what each means for the customer."""
    checks = given.get("checks")
    results = cast("dict[str, Any]", checks) if isinstance(checks, dict) else {}
    for fact, result in CHECK_FACTS.items():
        evidence.put(fact, [name for name, got in results.items() if got == result])
    items = rulebook.check_depth.items
    good = [name for name, got in results.items() if name in items and items[name].good == got]
    bad = [name for name, got in results.items() if name in items and items[name].bad == got]
    evidence.put("context.checks_good", good)
    evidence.put("context.checks_bad", bad)


def sent_at(message: Message, now: datetime) -> datetime | None:
    """When the mail was sent, in UTC: its Date header, else the date that the caller gives.

    None where there is no date, or an impossible one: unreadable, before 1990, or more than a day ahead of `now`.
    """
    header = next(iter(values(message.headers, "date")), "") if message.headers is not None else ""
    for text in (header, message.date or ""):
        moment = _parsed(text[:_MAX_DATE].strip())
        if moment is not None and moment.year >= 1990 and (moment - now).total_seconds() <= 86_400:
            return moment
    return None


def _parsed(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
