"""What to do next: how the customer is served, unless the risk forbids it."""

from __future__ import annotations

from server.model import CustomerLevel, Handling, Lang, Level
from server.rulebook.book import Rulebook

_GRAVE: frozenset[Level] = frozenset(("high", "critical"))


def handling(level: Level, customer: CustomerLevel, rulebook: Rulebook, lang: Lang) -> Handling:
    """Steps and stops. At high and critical nothing presses for a reply, and a supervisor looks at it."""
    levels = rulebook.levels
    stop = tuple(text[lang] for text in levels.stop.get(level, ()))
    advice = levels.words[level].advice[lang]
    if level in _GRAVE:
        return Handling(None, True, (advice,), stop)
    service = rulebook.customer_levels.handling.get(customer.level) if customer.level is not None else None
    if service is None:
        return Handling(None, False, (advice,), stop)
    steps = tuple(text[lang] for text in service.steps)
    return Handling(service.reply_by, service.review, steps if level == "low" else (advice, *steps), stop)
