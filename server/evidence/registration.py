"""Facts of a domain's registration. On the server only."""

from __future__ import annotations

from datetime import date
from typing import Any

from server.lookups.answer import Answer, Found, Registration, Unknown
from server.model import Evidence, Why

HOLDS = ("server hold", "client hold", "pending delete", "redemption period", "pending restore", "inactive")
"""Status codes of a domain that does not work, or is about to stop (ICANN's EPP status codes); the worst first."""


def registration_facts(evidence: Evidence, answer: Answer[Any] | None, today: date) -> None:
    """Age, dates, registrar and status codes; a datum that the registry keeps to itself is `not_published`."""
    record = answer.value if isinstance(answer, Found) and isinstance(answer.value, Registration) else Registration()
    if record.created is not None:
        evidence.put("domain.age_days", max(0, (today - record.created).days))
        evidence.put("domain.created", record.created.isoformat())
    if record.expires is not None:
        evidence.put("domain.expires", record.expires.isoformat())
        evidence.put("domain.expires_in_days", (record.expires - today).days)
    if record.registrar:
        evidence.put("domain.registrar", record.registrar)
    if record.status:
        evidence.put("domain.status", list(record.status))
        evidence.put("domain.on_hold", next((code for code in HOLDS if code in record.status), ""))
    why: Why = answer.why if isinstance(answer, Unknown) else "pending" if answer is None else "not_published"
    for name in ("age_days", "created", "expires", "expires_in_days", "registrar", "status", "on_hold"):
        evidence.miss(f"domain.{name}", why)
