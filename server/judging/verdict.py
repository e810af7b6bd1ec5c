"""Joins the steps of the judgement: signals, score, level, customer level, links, handling."""

from __future__ import annotations

from datetime import datetime

from server.judging.customer_level import check_depth, customer_level
from server.judging.handling import handling
from server.judging.level import confidence_of, level_of
from server.judging.score import Situation, score
from server.judging.search_links import search_links
from server.judging.signals import PHRASES, base_context, not_checked, reasons, signals
from server.model import Evidence, Lang, Risk, Verdict
from server.rulebook.book import Rulebook

_NO_FACTS = frozenset((PHRASES, "moves", "hints"))
"""Groups of the evidence that are wordings of the mail: those that count stand in the reasons."""


def judge(evidence: Evidence, rulebook: Rulebook, *, lang: Lang, complete: bool, now: datetime) -> Verdict:
    """The verdict on a mail's evidence. `complete` is passed on; `now` is the moment of judging, with its zone.

    Raises ValueError for a `now` without a time zone: ages and expiries would shift by hours.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    base = base_context(evidence, rulebook)
    result = signals(evidence, rulebook, base)
    situation = Situation(
        known_counterpart=bool(evidence.get("lists.known")),
        trust_void=any(condition.evaluate(base) for condition in rulebook.levels.trust_void_when),
    )
    total = score(result.fired, rulebook, situation, lang)
    level = level_of(total.value, evidence, rulebook.levels)
    customer = customer_level(evidence, rulebook, base, lang)
    return Verdict(
        risk=Risk(total.value, level, confidence_of(evidence, rulebook.levels)),
        customer_level=customer,
        reasons=reasons(result, evidence, lang),
        adjustments=total.adjustments,
        not_checked=not_checked(result, evidence, rulebook, lang),
        facts={group: dict(values) for group, values in evidence.known.items() if group not in _NO_FACTS and values},
        search_links=search_links(evidence, rulebook, result, base, level, lang),
        handling=handling(level, customer, rulebook, lang),
        check_depth=check_depth(rulebook, base),
        complete=complete,
        mail_kind=str(evidence.get("mail.kind") or "other"),
        rulebook=rulebook.version,
        lang=lang,
    )
