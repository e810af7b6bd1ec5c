"""The shapes of what the rep does next: levels, searches, checks, payment terms, handling. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Met = Literal["yes", "no", "unknown"]
"""Whether a criterion is met; unknown where nobody could look."""

CheckResult = Literal["found", "not_found", "contradicts"]
"""What the rep found when he made a check: it is so, nothing there, or something else there."""

CheckDepth = Literal["basic", "standard", "deep"]


@dataclass(frozen=True, slots=True)
class LevelCriterion:
    """A criterion of a customer level, whether it is met, and the wording that shows it."""

    id: str
    level: int
    met: Met
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class LevelOverride:
    """The level that the rep set by hand, and why."""

    level: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CustomerLevel:
    """How promising the customer is: 1 (best) to 4, or None where the mail is no inquiry."""

    level: int | None
    evidence: tuple[str, ...] = ()
    missing_for_next_level: tuple[str, ...] = ()
    criteria: tuple[LevelCriterion, ...] = ()
    override: LevelOverride | None = None


@dataclass(frozen=True, slots=True)
class SearchLink:
    """A search to run by hand. Nothing opens it by itself."""

    id: str
    topic: str
    label: str
    query: str
    url: str
    why: str
    rank: int
    good: str = ""
    """What a good result looks like."""
    bad: str = ""
    """What a bad result looks like."""
    twins: Mapping[str, str] = field(default_factory=dict[str, str])
    """The same search at other engines, by the engine's id; {} for a site of its own kind."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What to do next. `reply_by` is hours or None; `stop` lists what must not be done at this risk level."""

    reply_by: int | None = None
    review: bool = False
    steps: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    reply_before: str | None = None
    """The moment to answer by: ISO 8601 with the offset of the rep's zone, in his working hours."""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A check to make by hand. `consent`: only once the customer has agreed."""

    id: str
    label: str
    why: str
    url: str | None = None
    consent: bool = False
    result: CheckResult | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checklist of a depth, and why that depth."""

    why: tuple[str, ...] = ()
    items: tuple[CheckItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentTerm:
    """A term of payment to offer or to refuse, and why."""

    id: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class PaymentAdvice:
    """Terms to offer, best first, and terms to refuse."""

    offer: tuple[PaymentTerm, ...] = ()
    refuse: tuple[PaymentTerm, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Caveat:
    """A warning that is no sign of fraud: a compliance stop, arrears, old data."""

    id: str
    text: str
