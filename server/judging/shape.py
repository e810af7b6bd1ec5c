"""The verdict as plain data, in the field names of the API."""

from __future__ import annotations

from typing import Any

from server.model import Quote, Reason, Verdict


def to_dict(verdict: Verdict) -> dict[str, Any]:
    """The one shape of the answer in the API, the CLI, the panel and the try-it page; ready for JSON."""
    risk, customer, handling = verdict.risk, verdict.customer_level, verdict.handling
    return {
        "risk": {"score": risk.score, "level": risk.level, "confidence": risk.confidence},
        "customer_level": {
            "level": customer.level,
            "evidence": list(customer.evidence),
            "missing_for_next_level": list(customer.missing_for_next_level),
        },
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "adjustments": [{"why": row.why, "points": row.points} for row in verdict.adjustments],
        "not_checked": [{"fact": row.fact, "why": row.why, "rules": list(row.rules)} for row in verdict.not_checked],
        "facts": verdict.facts,
        "search_links": [
            {
                "id": link.id,
                "topic": link.topic,
                "label": link.label,
                "query": link.query,
                "url": link.url,
                "why": link.why,
                "rank": link.rank,
            }
            for link in verdict.search_links
        ],
        "handling": {
            "reply_by": handling.reply_by,
            "review": handling.review,
            "steps": list(handling.steps),
            "stop": list(handling.stop),
        },
        "check_depth": verdict.check_depth,
        "complete": verdict.complete,
        "mail_kind": verdict.mail_kind,
        "rulebook": verdict.rulebook,
        "lang": verdict.lang,
    }


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
