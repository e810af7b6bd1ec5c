"""The verdict as plain data, in the field names of the API."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from server.model import Quote, Reason, SearchLink, Verdict


def to_dict(verdict: Verdict) -> dict[str, Any]:
    """The one shape of the answer in the API, the CLI, the panel and the try-it page; ready for JSON."""
    risk, customer, handling = verdict.risk, verdict.customer_level, verdict.handling
    return {
        "risk": {"score": risk.score, "level": risk.level, "confidence": risk.confidence},
        "customer_level": {
            "level": customer.level,
            "evidence": list(customer.evidence),
            "missing_for_next_level": list(customer.missing_for_next_level),
            "criteria": [_row(row) for row in customer.criteria],
            "override": _row(customer.override) if customer.override else None,
        },
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "adjustments": [{"why": row.why, "points": row.points} for row in verdict.adjustments],
        "not_checked": [{"fact": row.fact, "why": row.why, "rules": list(row.rules)} for row in verdict.not_checked],
        "facts": verdict.facts,
        "search_links": [_search(link) for link in verdict.search_links],
        "handling": {
            "reply_by": handling.reply_by,
            "reply_before": handling.reply_before,
            "review": handling.review,
            "channels": list(handling.channels),
            "steps": list(handling.steps),
            "stop": list(handling.stop),
        },
        "check_depth": verdict.check_depth,
        "checks": {"why": list(verdict.checks.why), "items": [_row(item) for item in verdict.checks.items]},
        "payment_advice": {
            "offer": [_row(term) for term in verdict.payment_advice.offer],
            "refuse": [_row(term) for term in verdict.payment_advice.refuse],
            "note": verdict.payment_advice.note,
        },
        "warnings": [_row(caveat) for caveat in verdict.warnings],
        "letters": list(verdict.letters),
        "complete": verdict.complete,
        "mail_kind": verdict.mail_kind,
        "rulebook": verdict.rulebook,
        "lang": verdict.lang,
    }


def _row(row: object) -> dict[str, Any]:
    """A row of plain values. (`dataclasses.asdict` copies each of them, and took a tenth of a verdict's time.)"""
    return {name: getattr(row, name) for name in _names(type(row))}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "id": reason.id,
        "group": reason.group,
        "points": reason.points,
        "title": reason.title,
        "detail": reason.detail,
        "quotes": [_quote(quote) for quote in reason.quotes],
        "advice": reason.advice,
        "source": list(reason.source),
        **({"like": reason.like} if reason.like else {}),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"part": quote.part, "text": quote.text, "start": quote.start, "end": quote.end}


def _search(link: SearchLink) -> dict[str, Any]:
    return {
        "id": link.id,
        "topic": link.topic,
        "label": link.label,
        "query": link.query,
        "url": link.url,
        "why": link.why,
        "good": link.good,
        "bad": link.bad,
        "rank": link.rank,
        "twins": dict(link.twins),
    }
