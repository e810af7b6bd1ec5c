"""How promising the customer is: the best level whose criteria are met, and what is missing for the next."""

from __future__ import annotations

from server.judging.signals import phrases_of
from server.model import CustomerLevel, Evidence, Lang
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context
from server.rulebook.policy import Criterion, Rung

_SHOWN = 60
_SHORT = {"en": "{text}: “{quote}”", "zh_CN": "{text}：“{quote}”"}


def customer_level(evidence: Evidence, rulebook: Rulebook, base: Context, lang: Lang) -> CustomerLevel:
    """The level of an inquiry or order talk; None for any other mail. A criterion that cannot be checked is not met."""
    policy = rulebook.customer_levels
    if evidence.get("mail.kind") not in policy.applies_to:
        return CustomerLevel(None)
    better: Rung | None = None
    for rung in policy.rungs:
        met = [criterion for criterion in rung.criteria if criterion.when.evaluate(base)]
        if len(met) >= rung.need:
            evidenced = tuple(_shown(criterion, evidence, lang) for criterion in met)
            return CustomerLevel(rung.level, evidenced, _missing(better, base, lang))
        better = rung
    return CustomerLevel(None)


def _missing(rung: Rung | None, base: Context, lang: Lang) -> tuple[str, ...]:
    if rung is None:
        return ()
    return tuple(criterion.missing[lang] for criterion in rung.criteria if not criterion.when.evaluate(base))


def _shown(criterion: Criterion, evidence: Evidence, lang: Lang) -> str:
    """The criterion's words with the first wording that shows it."""
    found = phrases_of(evidence).get(criterion.phrases)
    if not found:
        return criterion.text[lang]
    quote = " ".join(found[0].split())[:_SHOWN]
    return _SHORT[lang].replace("{text}", criterion.text[lang]).replace("{quote}", quote)


def check_depth(rulebook: Rulebook, base: Context) -> str | None:
    """How deep to check: the first row of `check_depth` in customer_levels.yaml that holds; None without such rows."""
    return next((row.depth for row in rulebook.customer_levels.depths if row.when.evaluate(base)), None)
