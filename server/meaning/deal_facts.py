"""The signs of a deal as facts. They tell the customer level, and nothing of the risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from server.meaning.deal_heads import SIGNS, UNDER_WAY
from server.meaning.hits import Hit
from server.model import Evidence, Quote, Value, Why


def put_deal_signs(
    evidence: Evidence,
    signs: Mapping[str, Sequence[Quote]],
    hits: Mapping[str, Sequence[Hit]],
    *,
    is_whole: bool,
) -> None:
    """Put every fact `deal_signs.*`, or why it is not there. `hits`: the moves that were found in the same mail."""
    if not signs:
        miss_deal_signs(evidence, "not_built")
        return
    found = _apart(signs, hits)
    rows = {sign: (found[sign], [quote.text for quote in found[sign]]) for sign in SIGNS if sign in found}
    begun = [sign for sign in UNDER_WAY if found.get(sign)]
    rows["under_way"] = [found[sign][0] for sign in begun], begun
    for sign, (quotes, value) in rows.items():
        if value or is_whole:
            evidence.put(f"deal_signs.{sign}", cast(Value, value), *quotes)
        else:
            evidence.unknown[f"deal_signs.{sign}"] = "not_all_read"


def miss_deal_signs(evidence: Evidence, why: Why) -> None:
    """Why nothing is known of the signs."""
    for sign in (*SIGNS, "under_way"):
        evidence.unknown[f"deal_signs.{sign}"] = why


def _apart(signs: Mapping[str, Sequence[Quote]], hits: Mapping[str, Sequence[Hit]]) -> dict[str, list[Quote]]:
    """The signs without those of a deal under way that a clear move shows: it speaks of payments that never were."""
    moves = [hit.quote for found in hits.values() for hit in found if hit.is_clear]

    def told_by_a_move(quote: Quote) -> bool:
        return any(quote.start < move.end and move.start < quote.end for move in moves)

    return {
        sign: [quote for quote in quotes if sign not in UNDER_WAY or not told_by_a_move(quote)]
        for sign, quotes in signs.items()
    }
