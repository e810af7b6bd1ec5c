"""Warnings that are no signs of fraud: a compliance stop, unpaid invoices, old lists of countries."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from server.judging.plan import Plan, age_in_days, filled
from server.model import Caveat, Evidence, Lang
from server.rulebook.book import Rulebook

HALTS = frozenset(("compliance_stop", "sanctions_hit"))
"""Warnings that leave nothing to the rep before his supervisor has decided."""


def halt(found: tuple[Caveat, ...]) -> str:
    """Why nothing may be done yet, in words; "" if something may."""
    return next((row.text for row in found if row.id in HALTS), "")


def caveats(evidence: Evidence, rulebook: Rulebook, plan: Plan, now: datetime, lang: Lang) -> tuple[Caveat, ...]:
    """The warnings of this deal, the gravest first. The age of the lists is told where a country was looked up."""
    texts = rulebook.check_depth.texts
    found: list[Caveat] = []
    if plan.country in ("stop", "watch"):
        name = f"compliance_{plan.country}"
        found.append(Caveat(name, filled(texts[name], plan.words, lang)))
    if "sanctions_screening" in cast("list[str]", evidence.get("context.checks_found") or []):
        found.append(Caveat("sanctions_hit", texts["sanctions_hit"][lang]))
    arrears = _arrears(evidence, rulebook, plan, lang)
    if arrears:
        words = {**plan.words, "open": arrears}
        found.append(Caveat("arrears", filled(texts["arrears"], words, lang)))
    countries = rulebook.country_risk
    if plan.code and countries.as_of and age_in_days(countries.as_of, now) > countries.max_age_days:
        words = {**plan.words, "as_of": countries.as_of, "days": str(countries.max_age_days)}
        found.append(Caveat("country_data_old", filled(texts["country_data_old"], words, lang)))
    return tuple(found)


def _arrears(evidence: Evidence, rulebook: Rulebook, plan: Plan, lang: Lang) -> str:
    """What is unpaid, in words; "" if nothing is known to be."""
    texts = rulebook.check_depth.texts
    named = (("context.arrears_days", "arrears_days"), ("context.open_balance", "arrears_sum"))
    parts = [filled(texts[text], plan.words, lang) for fact, text in named if evidence.get(fact)]
    return ("，" if lang == "zh_CN" else ", ").join(parts)
