"""What a mail as a whole sounds like of the customer: how likely each customer level is, and that none writes.

Five directions among sentence vectors, learned from whole written mails that readers gave a level. As with the tenor a
mail's score is the mean of its units' shares, so each sentence has its part in it, which can be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import exp
from typing import NamedTuple

from server.meaning.telling import telling_of
from server.meaning.tenor import CUSTOMERS, Shares
from server.meaning.units import Sentence
from server.model import Evidence, Quote, Why
from server.rulebook.meeting import Piece


class Customer(NamedTuple):
    """By the names of CUSTOMERS; both empty where nothing could be read."""

    chances: Mapping[str, float]
    """They add up to 1."""
    told: Mapping[str, tuple[Quote, ...]]
    """The sentences that speak most for it, of the two that are likeliest."""


UNHEARD = Customer({}, {})


def customer_of(piece: Piece, shares: Sequence[Shares], alone: Sequence[tuple[Shares, Sentence]]) -> Customer:
    """What the units sound like together. `alone`: those that are one sentence, with it."""
    if not shares:
        return UNHEARD
    scores = [sum(column) / len(shares) for column in zip(*(share.customer for share in shares), strict=True)]
    best = max(scores)
    likely = [exp(score - best) for score in scores]
    total = sum(likely)
    chances = {name: one / total for name, one in zip(CUSTOMERS, likely, strict=True)}
    likeliest = sorted(range(len(CUSTOMERS)), key=lambda place: -scores[place])[:2]
    told = {CUSTOMERS[place]: telling_of(piece, alone, _part(place)) for place in likeliest}
    return Customer(chances, told)


def _part(place: int) -> Callable[[Shares], float]:
    return lambda share: share.customer[place]


def put_customer(evidence: Evidence, customer: Customer, *, is_whole: bool) -> None:
    """Put the facts `deal_signs.no_customer` and `deal_signs.level_1` to `level_4`, or why they are not there."""
    if not customer.chances or not is_whole:
        miss_customer(evidence, "not_all_read" if customer.chances else "not_built")
        return
    for name, chance in customer.chances.items():
        evidence.put(f"deal_signs.{name}", round(chance, 4), *customer.told.get(name, ()))


def miss_customer(evidence: Evidence, why: Why) -> None:
    """Why nothing is known of it."""
    for name in CUSTOMERS:
        evidence.unknown[f"deal_signs.{name}"] = why
