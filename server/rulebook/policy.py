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
    """A sign of a customer level: its condition, the phrase set that shows it, and words for met and for missing."""

    id: str
    when: Condition
    phrases: str
    text: Texts
    missing: Texts


@dataclass(frozen=True, slots=True)
class Rung:
    """A customer level and how many of its criteria are needed."""

    level: int
    need: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """How to serve a customer level: hours to the reply, whether a supervisor reviews, and the steps."""

    reply_by: int | None
    review: bool
    steps: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class Depth:
    """A row of check_depth: how deep to look where the condition holds."""

    depth: str
    when: Condition


@dataclass(frozen=True, slots=True)
class CustomerLevels:
    """customer_levels.yaml. `applies_to` names the kinds of mail that get a level."""

    applies_to: frozenset[str] = frozenset()
    rungs: tuple[Rung, ...] = ()
    handling: Mapping[int, Service] = field(default_factory=dict[int, Service])
    depths: tuple[Depth, ...] = ()
