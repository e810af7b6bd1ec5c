"""The writer's clock: the offset of the Date header, and whether the claimed country keeps such a time."""

from __future__ import annotations

from email.utils import parsedate_tz

from server.evidence.headers import is_mailing_list, values
from server.evidence.mail import Mail
from server.model import Evidence

_MAX_DATE = 200
_DAY = 14
MIN_GAP = 4
"""Hours between the offset and the nearest one of the country from which on they do not fit (domain reference 3.3)."""


def clock_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `auth.tz_offset_hours` and `auth.tz_mismatch`, after `identity.claimed_country`.

    Only the header's own Date counts: a date read off a page is in the reader's time. Servers write +0000, which tells
    nothing; a mailing list's date may be the list's.
    """
    headers = mail.message.headers
    if headers is None:
        return
    offset = offset_hours(next(iter(values(headers, "date")), ""))
    if offset is None:
        evidence.miss("auth.tz_offset_hours", "not_published")
        evidence.miss("auth.tz_mismatch", "not_published")
        return
    evidence.put("auth.tz_offset_hours", offset)
    claimed = evidence.get("identity.claimed_country")
    zone = mail.lexicon.server.timezones.get(str(claimed or ""))
    if claimed is None:
        evidence.miss("auth.tz_mismatch", mail.why("body"))
    elif zone is None or is_mailing_list(headers) or _gap(offset, zone) < MIN_GAP:
        evidence.put("auth.tz_mismatch", "")
    else:
        evidence.put("auth.tz_mismatch", f"UTC{offset:+g} against {claimed}")


def offset_hours(date: str) -> float | None:
    """Hours east of UTC by a Date header; None if it has none, or the +0000 that servers write."""
    parsed = parsedate_tz(date[:_MAX_DATE])
    seconds = parsed[9] if parsed else None
    return seconds / 3600 if seconds and abs(seconds) <= _DAY * 3600 else None


def _gap(offset: float, zone: tuple[float, float]) -> float:
    """Hours to the country's nearest offset, the shorter way round the globe: -11 and +13 are an hour's day apart."""
    low, high = zone
    if low <= offset <= high:
        return 0
    straight = min(abs(offset - low), abs(offset - high))
    around = min(abs(offset + 24 - high), abs(offset + 24 - low), abs(offset - 24 - low), abs(offset - 24 - high))
    return min(straight, around)
