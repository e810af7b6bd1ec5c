"""Joins the steps of the judgement: signals, score, level, customer level, links, handling."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from server.judging.caveats import caveats, halt
from server.judging.check_depth import check_depth, checks
from server.judging.customer_level import customer_level
from server.judging.handling import handling
from server.judging.letters import letters
from server.judging.level import confidence_of, level_of
from server.judging.payment_advice import payment_advice
from server.judging.plan import plan_of
from server.judging.score import Situation, score
from server.judging.search_links import Links, search_links
from server.judging.signals import PHRASES, Signals, base_context, not_checked, reasons, signals
from server.model import (
    Caveat,
    Checks,
    CustomerLevel,
    Evidence,
    Lang,
    Level,
    PaymentAdvice,
    Risk,
    Verdict,
)
from server.next_step import CheckDepth
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context

_NO_FACTS = frozenset((PHRASES, "moves", "hints", "meaning", "deal_signs"))
"""Groups of the evidence that are wordings of the mail: those that count stand in the reasons."""


def situation_of(evidence: Evidence, rulebook: Rulebook, base: Context) -> Situation:
    """What the score needs to know beside the rules that fired."""
    levels = rulebook.levels
    return Situation(
        known_counterpart=bool(evidence.get("lists.known")),
        trust_void=any(condition.evaluate(base) for condition in levels.trust_void_when),
        guards=frozenset(guard.id for guard in levels.guards if guard.given is None or guard.given.evaluate(base)),
    )


def judge(evidence: Evidence, rulebook: Rulebook, *, lang: Lang, complete: bool, now: datetime) -> Verdict:
    """The verdict on a mail's evidence. `complete` is passed on; `now` is the moment of judging, with its zone.

    Raises ValueError for a `now` without a time zone: ages and expiries would shift by hours.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    base = base_context(evidence, rulebook)
    result = signals(evidence, rulebook, base)
    total = score(result.fired, rulebook, situation_of(evidence, rulebook, base), lang)
    level = level_of(total.value, evidence, rulebook.levels)
    base.add_variable("risk", {"level": level})
    base.add_variable("level", {"vague": _vague(result, rulebook)})
    customer = customer_level(evidence, rulebook, base, lang)
    links = search_links(evidence, rulebook, result, base, level, lang)
    step = _next_step(evidence, rulebook, base, level, customer, links, now, lang)
    halted = halt(step.warnings)
    return Verdict(
        risk=Risk(total.value, level, confidence_of(evidence, rulebook.levels)),
        customer_level=customer,
        reasons=reasons(result, evidence, rulebook, lang),
        adjustments=total.adjustments,
        not_checked=not_checked(result, evidence, rulebook, lang),
        facts={group: dict(values) for group, values in evidence.known.items() if group not in _NO_FACTS and values},
        search_links=links,
        handling=handling(level, customer, evidence, rulebook, now, lang, halted),
        check_depth=step.depth,
        complete=complete,
        mail_kind=str(evidence.get("mail.kind") or "other"),
        rulebook=rulebook.version,
        lang=lang,
        checks=step.checks,
        payment_advice=step.payment,
        warnings=step.warnings,
        letters=() if halted else letters(level, customer, evidence),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """Depth, checks, terms and warnings; empty where the mail is no buyer's."""

    depth: CheckDepth | None = None
    checks: Checks = field(default_factory=Checks)
    payment: PaymentAdvice = field(default_factory=PaymentAdvice)
    warnings: tuple[Caveat, ...] = ()


def _next_step(
    evidence: Evidence,
    rulebook: Rulebook,
    base: Context,
    level: Level,
    customer: CustomerLevel,
    links: Links,
    now: datetime,
    lang: Lang,
) -> _Step:
    if customer.level is None or evidence.get("sender.own_domain"):
        return _Step()
    plan = plan_of(evidence, rulebook, lang)
    base.add_variable("plan", plan.variables(customer.level))
    depth = check_depth(rulebook, base)
    base.add_variable("plan", plan.variables(customer.level, depth))
    return _Step(
        depth,
        checks(depth, evidence, rulebook, base, plan, level, links.addresses, lang),
        payment_advice(evidence, rulebook, base, plan, lang),
        caveats(evidence, rulebook, plan, now, lang),
    )


def _vague(result: Signals, rulebook: Rulebook) -> int:
    """How many of the rules fired that say no product is named."""
    vague = frozenset(rulebook.customer_levels.vague)
    return sum(fired.rule.id in vague for fired in result.fired)
