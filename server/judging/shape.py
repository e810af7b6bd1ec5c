"""The verdict as plain data, in the field names of the API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from server.judging.search_links import Links
from server.model import NotChecked, Quote, Reason, SearchLink, Verdict


def to_dict(verdict: Verdict, *, short: bool = False) -> dict[str, Any]:
    """The one shape of the answer in the API, the CLI, the panel and the try-it page; ready for JSON.

    `short` leaves out what `GET /v1/searches` and the rulebook give once for all mails: all searches but the first
    ones, addresses at other engines, and the rules behind a fact that was not checked.
    """
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
        "not_checked": [_unchecked(row, short) for row in verdict.not_checked],
        "facts": verdict.facts,
        **_searches(verdict.search_links, short),
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


def _unchecked(row: NotChecked, short: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"fact": row.fact, "why": row.why}
    return plain if short else plain | {"rules": list(row.rules)}


def _searches(links: Sequence[SearchLink], short: bool) -> dict[str, Any]:
    if not short or not isinstance(links, Links):
        return {"search_links": [_search(link) | {"twins": dict(link.twins)} for link in links]}
    more = {"ids": links.more, "values": links.values, "short": links.short}
    return {"search_links": [_search(link) for link in links.first], "more_searches": more}


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
    }
