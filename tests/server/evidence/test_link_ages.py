"""The age of the domains behind links: known for sure, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.evidence.link_ages import link_age_facts
from server.lookups.answer import Found, NotFound, Registration, Unknown
from server.model import Evidence

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def born(day: date | None) -> Found[Registration]:
    return Found(Registration(created=day), "rdap", NOW, 60.0)


YOUNG, MIDDLE, OLD = born(date(2026, 11, 18)), born(date(2026, 6, 1)), born(date(2010, 1, 1))
LATE = Unknown("timed_out", "rdap", NOW)


@pytest.mark.parametrize(
    ("answers", "days", "why"),
    [
        ({"a.com": OLD, "b.com": YOUNG}, 4, None),
        ({"a.com": YOUNG, "b.com": LATE}, 4, None),
        ({"a.com": MIDDLE, "b.com": OLD}, 174, None),
        ({"a.com": MIDDLE, "b.com": LATE}, None, "timed_out"),
        ({"a.com": LATE}, None, "timed_out"),
        ({"a.com": born(None)}, None, "not_published"),
        ({"a.com": NotFound("rdap", NOW, 60.0, nxdomain=True)}, None, "not_published"),
        ({}, None, "not_applicable"),
        (None, None, "offline"),
    ],
)
def test_the_youngest(answers: Mapping[str, Any] | None, days: int | None, why: str | None) -> None:
    evidence = Evidence()
    evidence.put("links.count", 2)
    link_age_facts(evidence, answers, NOW.date())
    assert evidence.get("links.youngest_days") == days
    assert evidence.unknown.get("links.youngest_days") == why


def test_without_links_given_the_reason_stays() -> None:
    evidence = Evidence()
    evidence.miss("links.youngest_days", "not_read")
    link_age_facts(evidence, {}, NOW.date())
    assert evidence.unknown["links.youngest_days"] == "not_read"
