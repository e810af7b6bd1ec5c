"""Whether a rule fires, and which words of the mail show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from server.model import Quote
from server.rulebook.conditions import Context
from server.rulebook.rule import Rule


def fires(rule: Rule, context: Context, phrases: Mapping[str, list[str]]) -> bool | None:
    """True or False; None if the rule was not checked, because a fact or a phrase set that decides it is absent."""
    if rule.bare and rule.own_set is not None:
        found = phrases.get(rule.own_set)
        return None if found is None else bool(found)
    return rule.when.evaluate(context)


def quotes_of(rule: Rule, quotes: Mapping[str, tuple[Quote, ...]], parts: Iterable[Rule] = ()) -> tuple[Quote, ...]:
    """The places that show why a rule fired: its own phrases first, then its facts', then those of a combo's parts."""
    names = [f"phrases.{name}" for name in rule.sets] + list(rule.facts)
    for part in parts:
        names += [f"phrases.{name}" for name in part.sets] + list(part.facts)
    seen = dict.fromkeys((quote.part, quote.start, quote.end) for name in names for quote in quotes.get(name, ()))
    by_place = {(quote.part, quote.start, quote.end): quote for name in names for quote in quotes.get(name, ())}
    return tuple(by_place[place] for place in seen)
