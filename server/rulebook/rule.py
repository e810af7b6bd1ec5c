"""What the compiled rulebook is made of. Plain data; the compiling is in load.py and its siblings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from server.rulebook.conditions import Condition

Texts = Mapping[str, str]
"""Words by locale: `en` and `zh_CN`."""

CaseKind = Literal["fires", "silent", "not_checked", "matches"]
CASE_KINDS: Final[tuple[CaseKind, ...]] = ("fires", "silent", "not_checked", "matches")
PHRASE_LANGUAGES = ("en", "zh", "es", "pt", "fr", "ru", "ar", "tr", "de")


@dataclass(frozen=True, slots=True)
class Fact:
    """A word of the fact vocabulary. `preview`: the browser computes the same value."""

    name: str
    type: str
    preview: bool
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One example inside a rule file: a text and facts, and what the rule must make of them."""

    kind: CaseKind
    number: int
    """Counted from 1 within its kind, as in the test's name `content/some_rule: fires 2`."""
    text: str | None = None
    subject: str | None = None
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    fired: Mapping[str, bool] = field(default_factory=dict[str, bool])
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Phrase sets that must stand together, and sets that must not stand with them."""

    id: str
    meets: tuple[str, ...]
    without: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True)
class PhraseSet:
    """A named list of wordings: its languages, and its patterns as (language, RE2 source) in file order."""

    id: str
    languages: frozenset[str]
    patterns: tuple[tuple[str, str], ...] = ()
    meeting: Meeting | None = None
    cases: tuple[Case, ...] = ()
    file: str = ""
    server_only: bool = False
    """Not in rulebook.json: only conditions that the browser never asks read it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or a combo (group `combo`). `points` are negative for trust."""

    id: str
    group: str
    weight: str
    points: int
    when: Condition
    own_set: str | None
    """The phrase set of the rule's own `phrases`, if it has any."""
    bare: bool
    """No condition was written: the rule fires when its own set was found."""
    facts: tuple[str, ...]
    sets: tuple[str, ...]
    fired: tuple[str, ...]
    preview: bool
    tags: frozenset[str]
    title: Texts
    reason: Texts
    advice: Texts
    false_positives: str
    source: tuple[str, ...]
    cases: tuple[Case, ...] = field(repr=False)
    file: str = ""
    wants: tuple[tuple[str, str, str], ...] = field(init=False, repr=False, compare=False)
    """The facts as (`group.name`, group, name)."""
    wants_sets: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the names apart once, not for each mail."""
        object.__setattr__(self, "wants", tuple((fact, *fact.split(".", 1)) for fact in self.facts))
        object.__setattr__(self, "wants_sets", frozenset(self.sets))

    @property
    def decisive(self) -> bool:
        """Whether the rule floors the score."""
        return self.weight == "decisive"


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of mail_kinds.yaml: the kind of mail where the condition holds."""

    kind: str
    when: Condition
