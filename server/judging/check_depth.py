"""How deep to check, why, and the list of checks. What the rep found already stands beside each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from server.judging.plan import Plan, filled
from server.model import CheckItem, CheckResult, Checks, Evidence, Lang, Level
from server.next_step import CheckDepth
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context
from server.rulebook.policy_checks import DEPTHS, CheckRow
from server.rulebook.read_checks import named

_GRAVE: frozenset[Level] = frozenset(("high", "critical"))
_RESULTS: dict[str, CheckResult] = {
    "context.checks_found": "found",
    "context.checks_not_found": "not_found",
    "context.checks_contradict": "contradicts",
}


def check_depth(rulebook: Rulebook, base: Context) -> CheckDepth | None:
    """The deepest depth that a reason asks for, basic without one; None without a policy. `base` knows `plan`."""
    policy = rulebook.check_depth
    if not policy.items:
        return None
    wanted: list[CheckDepth] = [row.depth for row in policy.reasons if row.when.evaluate(base)]
    return max([*wanted, "basic"], key=DEPTHS.index)


def checks(
    depth: CheckDepth | None,
    evidence: Evidence,
    rulebook: Rulebook,
    base: Context,
    plan: Plan,
    level: Level,
    addresses: Mapping[str, str],
    lang: Lang,
) -> Checks:
    """The checklist of a depth. At high and critical nothing that needs the customer's consent is on it: asking for
    it would warn a crook.
    """
    if depth is None:
        return Checks()
    policy = rulebook.check_depth
    rows = [
        row
        for row in policy.items.values()
        if DEPTHS.index(row.depth) <= DEPTHS.index(depth) or (row.also is not None and row.also.evaluate(base))
    ]
    if level in _GRAVE:
        rows = [row for row in rows if not row.consent and row.id != "notice"]
    results = _results(evidence)
    items = tuple(_item(row, results.get(row.id), addresses, rulebook, lang) for row in rows)
    return Checks(_why(depth, evidence, rulebook, base, plan, lang), items)


def _why(
    depth: CheckDepth, evidence: Evidence, rulebook: Rulebook, base: Context, plan: Plan, lang: Lang
) -> tuple[str, ...]:
    """The reasons for this depth, the size of the order, and what should be entered."""
    policy = rulebook.check_depth
    why = [
        filled(row.why, plan.words, lang) for row in policy.reasons if row.depth == depth and row.when.evaluate(base)
    ]
    texts = policy.texts
    if not why:
        why.append(texts["nothing_more"][lang])
    size = next((row for row in policy.sizes if row.id == plan.size), None)
    if size is not None:
        why.append(size.text[lang])
    elif evidence.get("deal.amount") is not None and not plan.words["currency"]:
        why.append(filled(texts["currency_unknown"], plan.words, lang))
    elif evidence.get("deal.amount") is not None:
        why.append(filled(texts["no_rate"], plan.words, lang))
    else:
        why.append(texts["amount_unknown"][lang])
        if evidence.get("context.currency") is not None and evidence.get("context.open_balance") is None:
            why.append(texts["currency_alone"][lang])
    if not plan.code:
        why.append(texts["country_unknown"][lang])
    return tuple(why)


def _results(evidence: Evidence) -> dict[str, CheckResult]:
    return {name: result for fact, result in _RESULTS.items() for name in cast("list[str]", evidence.get(fact) or [])}


def _item(
    row: CheckRow, result: CheckResult | None, addresses: Mapping[str, str], rulebook: Rulebook, lang: Lang
) -> CheckItem:
    links = (named(name, addresses) for name in row.links)
    url = next((addresses[name] for name in links if name is not None), row.url)
    notes = [row.notes[result][lang]] if result and result in row.notes else []
    if row.consent:
        notes.append(rulebook.check_depth.texts["after_consent"][lang])
    return CheckItem(
        id=row.id,
        label=row.label[lang],
        why=row.why[lang],
        url=url,
        consent=row.consent,
        result=result,
        note=" ".join(notes),
    )
