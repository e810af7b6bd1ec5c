"""Which letters may be offered for a mail: none that would warn a crook, none to ourselves."""

from __future__ import annotations

from server.model import CustomerLevel, Evidence, Level

NOTICE = "background_check"
MISSING = "missing_information"
_GRAVE: frozenset[Level] = frozenset(("high", "critical"))


def letters(level: Level, customer: CustomerLevel, evidence: Evidence) -> tuple[str, ...]:
    """The kinds of letters for a buyer; what is missing is only asked of levels 3 and 4 (R-70)."""
    if level in _GRAVE or evidence.get("sender.own_domain") or customer.level is None:
        return ()
    return (NOTICE, MISSING) if customer.level in (3, 4) else (NOTICE,)
