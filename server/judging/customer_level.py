"""How promising the customer is: the best level whose criteria are met, and what is missing for the next."""

from __future__ import annotations

from typing import cast

from server.judging.customer_sound import heard, shortened, weighed
from server.judging.listed import listed
from server.judging.signals import phrases_of
from server.model import CustomerLevel, Evidence, Lang, LevelCriterion, LevelOverride
from server.next_step import Met
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context
from server.rulebook.policy import Criterion, CustomerLevels, Rung

_SHORT = {"en": "{text}: “{quote}”", "zh_CN": "{text}：“{quote}”"}
_MET: dict[bool | None, Met] = {True: "yes", False: "no", None: "unknown"}


def customer_level(evidence: Evidence, rulebook: Rulebook, base: Context, lang: Lang) -> CustomerLevel:
    """The level of an inquiry or order talk; None for any other mail. A criterion that cannot be checked is not met.

    What the rep set by hand counts before all; the criteria still say what the mail shows. `base` knows `risk` and
    `level`.
    """
    policy = rulebook.customer_levels
    override = _override(evidence)
    if not _applies(policy, evidence, base) and override is None:
        return CustomerLevel(None)
    states = {row.id: _state(row, base) for rung in policy.rungs for row in rung.criteria}
    rows = tuple(
        LevelCriterion(row.id, rung.level, _MET[states[row.id]], row.text[lang], _quote(row, states[row.id], evidence))
        for rung in policy.rungs
        for row in rung.criteria
    )
    by_criteria = next((rung.level for rung in policy.rungs if _reached(rung, states, base)), None)
    reached = override.level if override else weighed(policy.sound, by_criteria, evidence, base)
    if policy.sound and not override and by_criteria and reached and reached != by_criteria:
        rows += (heard(policy.sound, reached, by_criteria, evidence, lang),)
    if reached is None:
        return CustomerLevel(None, criteria=rows)
    better = max((rung for rung in policy.rungs if rung.level < reached), default=None, key=lambda rung: rung.level)
    return CustomerLevel(
        level=reached,
        evidence=tuple(_shown(row, lang) for row in rows if row.level == reached and row.met == "yes"),
        missing_for_next_level=_missing(better, states, evidence, lang),
        criteria=rows,
        override=override,
    )


def _applies(policy: CustomerLevels, evidence: Evidence, base: Context) -> bool:
    if evidence.get("sender.own_domain"):
        return False
    by_kind = evidence.get("mail.kind") in policy.applies_to
    return by_kind or bool(policy.applies_when and policy.applies_when.evaluate(base))


def _override(evidence: Evidence) -> LevelOverride | None:
    level = evidence.get("context.override_level")
    return LevelOverride(level, str(evidence.get("context.override_reason") or "")) if isinstance(level, int) else None


def _state(criterion: Criterion, base: Context) -> bool | None:
    """Whether it is met. Where `unless` holds it is not, whatever could be looked at."""
    if criterion.unless is not None and criterion.unless.evaluate(base):
        return False
    return criterion.when.evaluate(base)


def _reached(rung: Rung, states: dict[str, bool | None], base: Context) -> bool:
    if rung.unless is not None and rung.unless.evaluate(base) is not False:
        return False  # what cannot be looked at does not speak for him
    return sum(states[row.id] is True for row in rung.criteria) >= rung.need


def _missing(rung: Rung | None, states: dict[str, bool | None], evidence: Evidence, lang: Lang) -> tuple[str, ...]:
    """What the next level lacks, in words to send to the customer. What is asked for in parts names those missing."""
    words: dict[str, None] = {}
    for row in rung.criteria if rung else ():
        if states[row.id] is True or row.missing is None:
            continue
        there = cast("list[str]", evidence.get(row.part_of) or []) if row.part_of else []
        parts = [text[lang] for name, text in row.parts.items() if name not in there]
        if parts or not row.parts:
            words[row.missing[lang].replace("{parts}", listed(parts, lang))] = None
    return tuple(words)


def _quote(criterion: Criterion, state: bool | None, evidence: Evidence) -> str:
    """The first wording that shows a criterion that is met."""
    if not state:
        return ""
    phrases = phrases_of(evidence)
    for name in criterion.shown:
        texts = [quote.text for quote in evidence.quotes.get(name, ())]
        if texts := texts or phrases.get(name.removeprefix("phrases."), []):
            return shortened(texts[0])
    return ""


def _shown(row: LevelCriterion, lang: Lang) -> str:
    """The criterion's words with the wording that shows it."""
    if not row.quote:
        return row.text
    return _SHORT[lang].replace("{text}", row.text).replace("{quote}", row.quote)
