"""check_depth.yaml, payment_terms.yaml and tables/country_risk.yaml: how deep to check, and which terms to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from server.next_step import CheckDepth, CheckResult
from server.rulebook.conditions import Condition
from server.rulebook.rule import Texts

DEPTHS: tuple[CheckDepth, ...] = ("basic", "standard", "deep")
"""From shallow to deep."""

Severity = Literal["stop", "watch", "note"]
"""What being on a list means: stop and ask, check and tell the bank first, or merely look deeper."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size of order: below so many US dollars, and what S2 asks for customers of that size."""

    id: str
    below: float
    text: Texts


@dataclass(frozen=True, slots=True)
class DepthReason:
    """Why a check must go at least so deep."""

    id: str
    depth: CheckDepth
    when: Condition
    why: Texts


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check of the list. `good` and `bad` are the results that speak for and against the customer.

    `links` are searches that serve it, the best first; `also` adds it at any depth where the condition holds.
    """

    id: str
    depth: CheckDepth
    label: Texts
    why: Texts
    links: tuple[str, ...] = ()
    url: str | None = None
    consent: bool = False
    good: CheckResult | None = "found"
    bad: CheckResult | None = "contradicts"
    notes: Mapping[str, Texts] = field(default_factory=dict[str, Texts])
    also: Condition | None = None


@dataclass(frozen=True, slots=True)
class DepthPolicy:
    """check_depth.yaml. `usd` is what one unit of a currency is worth in US dollars, roughly."""

    usd: Mapping[str, float] = field(default_factory=dict[str, float])
    sizes: tuple[Size, ...] = ()
    reasons: tuple[DepthReason, ...] = ()
    items: Mapping[str, CheckRow] = field(default_factory=dict[str, CheckRow])
    texts: Mapping[str, Texts] = field(default_factory=dict[str, Texts])

    def size(self, amount: float) -> Size | None:
        """The size of an order of so many US dollars; None without sizes."""
        return next((row for row in self.sizes if amount < row.below), None)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of payment; its place in the ladder is its risk to the seller. `phrases`: the buyer asks for it."""

    id: str
    text: Texts
    why: Texts
    phrases: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """Under the condition no term beyond `up_to` is offered; None: no term at all."""

    id: str
    when: Condition
    up_to: str | None
    why: Texts


@dataclass(frozen=True, slots=True)
class PaymentPolicy:
    """payment_terms.yaml. `terms` is the ladder, the seller's safest first; `never` are ways of paying to refuse."""

    terms: tuple[Term, ...] = ()
    never: tuple[Term, ...] = ()
    limits: tuple[Limit, ...] = ()
    texts: Mapping[str, Texts] = field(default_factory=dict[str, Texts])

    def place(self, term: str) -> int:
        """The place of a term in the ladder, -1 if it is none."""
        return next((place for place, row in enumerate(self.terms) if row.id == term), -1)

    @property
    def ids(self) -> frozenset[str]:
        """All terms that a caller may name."""
        return frozenset(row.id for row in (*self.terms, *self.never))


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country on a list, as of a date."""

    code: str
    list: str
    severity: Severity
    as_of: str
    source: str
    verified: str
    text: Texts


@dataclass(frozen=True, slots=True)
class CountryRisk:
    """tables/country_risk.yaml: dated facts about countries, never points."""

    as_of: str = ""
    """The oldest date of the lists."""
    max_age_days: int = 120
    rows: Mapping[str, tuple[CountryRow, ...]] = field(default_factory=dict[str, tuple[CountryRow, ...]])
    """By ISO code."""
