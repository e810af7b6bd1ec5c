"""The files beside the rules that hold conditions: levels, mail kinds, customer levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.rulebook.conditions import Condition
from server.rulebook.rule import Texts
from server.rulebook.searches import SearchLinks as SearchLinks


@dataclass(frozen=True, slots=True)
class Group:
    """A group of rules and the most points of it that count."""

    id: str
    ceiling: int
    title: Texts


@dataclass(frozen=True, slots=True)
class Guard:
    """A cap on the score (or on one group) under the condition named by `when`."""

    id: str
    when: str
    cap: int
    text: Texts
    tag: str = ""
    group: str = ""
    given: Condition | None = None
    """What must hold besides; a condition that cannot be checked does not."""


@dataclass(frozen=True, slots=True)
class LevelWords:
    """A level's name and general advice."""

    name: Texts
    advice: Texts


@dataclass(frozen=True, slots=True)
class Levels:
    """levels.yaml: every number of the judgement."""

    points: Mapping[str, int]
    """By weight; negative for trust."""
    trust_cap: int
    decisive_floor: int
    trust_void_tags: frozenset[str]
    trust_void_when: tuple[Condition, ...]
    thresholds: Mapping[str, int]
    min_chars: int
    guards: tuple[Guard, ...]
    rows: Mapping[str, Texts]
    words: Mapping[str, LevelWords]
    stop: Mapping[str, tuple[Texts, ...]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A sign of a customer level: its condition, the phrase sets or facts that show it, and words for met and missing.

    Where `unless` holds it does not count. `parts` are the values of the list `part_of` by name: what of them is not
    there stands for `{parts}` in the words for missing.
    """

    id: str
    when: Condition
    shown: tuple[str, ...]
    """Where the wording that shows it is looked for, in this order."""
    text: Texts
    missing: Texts | None = None
    """None where nobody can be asked for it."""
    unless: Condition | None = None
    part_of: str = ""
    parts: Mapping[str, Texts] = field(default_factory=dict[str, Texts])


@dataclass(frozen=True, slots=True)
class Rung:
    """A customer level, how many criteria it needs, and where it is (or may be) out of reach all the same."""

    level: int
    need: int
    criteria: tuple[Criterion, ...]
    unless: Condition | None = None


NOBODY = 0
"""Stands among the customer levels for: nobody who buys has written."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A fact whose entries are counted: each beyond `usual` makes a level `times` likelier, each less so much less."""

    fact: str
    usual: int
    most: int
    """More entries than these count no further."""
    times: Mapping[int, float]
    """By level or NOBODY; 1 where none is named."""
    text: Texts
    """With `{count}`."""


@dataclass(frozen=True, slots=True)
class Sound:
    """How what a mail as a whole sounds like is weighed against the criteria of the customer levels."""

    criteria_count: Mapping[int, float]
    """By level: so many times likelier it counts if the criteria reach it."""
    no_customer: float
    """So many times likelier than any level it must be that no buyer writes."""
    kept: int
    """A level as good as this is never taken away."""
    settled: Condition
    """Where it holds the criteria decide alone."""
    text: Texts
    """With `{level}` and `{by_criteria}`."""
    counted_text: Texts
    """With `{facts}`: those of `counted` that speak for the level."""
    counted: tuple[Counted, ...] = ()
    lifts_unless: Mapping[int, Condition] = field(default_factory=dict[int, Condition])
    """Better levels than the criteria reach that may be given all the same, unless the condition holds."""


@dataclass(frozen=True, slots=True)
class Service:
    """How to serve a customer level: hours to the reply, whether a supervisor reviews, channels, and the steps."""

    reply_by: int | None
    review: bool
    steps: tuple[Texts, ...]
    channels: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The company's time zone and working days (1 Monday to 7 Sunday), and the hour at which a day ends."""

    timezone: str = "UTC"
    days: frozenset[int] = frozenset((1, 2, 3, 4, 5))
    day_ends: int = 18


@dataclass(frozen=True, slots=True)
class CustomerLevels:
    """customer_levels.yaml, best level first. Only mails of the kinds in `applies_to`, or that `applies_when` names.

    `vague` are rules that say the buyer takes any goods at any price; how many of them fired is `level.vague`.
    """

    applies_to: frozenset[str] = frozenset()
    rungs: tuple[Rung, ...] = ()
    handling: Mapping[int, Service] = field(default_factory=dict[int, Service])
    applies_when: Condition | None = None
    vague: tuple[str, ...] = ()
    sound: Sound | None = None
    working: WorkingTime = field(default_factory=WorkingTime)
