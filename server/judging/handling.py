"""What to do next: how the customer is served, unless the risk forbids it."""

from __future__ import annotations

from datetime import datetime

from server.judging.due import reply_before
from server.model import CustomerLevel, Evidence, Handling, Lang, Level
from server.rulebook.book import Rulebook

_GRAVE: frozenset[Level] = frozenset(("high", "critical"))


def handling(
    level: Level,
    customer: CustomerLevel,
    evidence: Evidence,
    rulebook: Rulebook,
    now: datetime,
    lang: Lang,
    halt: str = "",
) -> Handling:
    """Steps and stops. At high and critical nothing presses for a reply, and a supervisor looks at it; so he does where
    `halt` says why nothing may be done at all.
    """
    levels = rulebook.levels
    stop = tuple(text[lang] for text in levels.stop.get(level, ()))
    advice = levels.words[level].advice[lang]
    if level in _GRAVE:
        return Handling(None, True, (advice,), stop)
    if halt:
        return Handling(None, True, (halt,), stop)
    policy = rulebook.customer_levels
    service = policy.handling.get(customer.level) if customer.level is not None else None
    if service is None:
        return Handling(None, False, (advice,), stop)
    steps = tuple(text[lang] for text in service.steps)
    hours = service.reply_by
    return Handling(
        reply_by=hours,
        review=service.review,
        steps=steps if level == "low" else (advice, *steps),
        stop=stop,
        reply_before=reply_before(hours, evidence, policy.working, now) if hours else None,
        channels=tuple(text[lang] for text in service.channels),
    )
