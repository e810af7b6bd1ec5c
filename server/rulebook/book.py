"""The compiled rulebook: what the stages ask of the knowledge in shared_rules/."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from server.rulebook.match import Scanner
from server.rulebook.moves import Move
from server.rulebook.plan import Plan, plan
from server.rulebook.policy import CustomerLevels, Group, Levels, SearchLinks
from server.rulebook.policy_checks import CountryRisk, DepthPolicy, PaymentPolicy
from server.rulebook.rule import Fact, Kind, PhraseSet, Rule, Texts
from server.rulebook.wording import Wordings


@dataclass(frozen=True)
class Rulebook:
    """Rules, tables and words. `version` is a hash of the content; `json_bytes` is rulebook.json."""

    version: str
    json_packed: bytes = field(repr=False)
    """rulebook.json by zlib: it is asked for once a rep and release, and is four megabytes."""
    facts: Mapping[str, Fact]
    rules: tuple[Rule, ...]
    combos: tuple[Rule, ...]
    groups: Mapping[str, Group]
    levels: Levels
    texts: Mapping[str, Mapping[str, Texts]]
    kinds: tuple[Kind, ...]
    customer_levels: CustomerLevels
    search_links: SearchLinks
    check_depth: DepthPolicy
    payment_terms: PaymentPolicy
    country_risk: CountryRisk
    phrase_sets: Mapping[str, PhraseSet]
    moves: tuple[Move, ...]
    tables: dict[str, Any] = field(repr=False)
    """The lists and tables as rulebook.json carries them, but those of `lookup` as these sets."""
    lookup: Mapping[str, frozenset[str]] = field(repr=False)
    """The lists of names, as sets."""
    scanner: Scanner = field(repr=False)

    @property
    def json_bytes(self) -> bytes:
        """The rulebook as the browser reads it."""
        return zlib.decompress(self.json_packed)

    @property
    def public_providers(self) -> tuple[frozenset[str], frozenset[str]]:
        """Domains at which anybody can get a mailbox: to keep, and for an hour."""
        return self.lookup["free_providers"], self.lookup["disposable"]

    @cached_property
    def fact_groups(self) -> tuple[str, ...]:
        """The groups of the fact vocabulary: each stands in the context of conditions, if only empty."""
        return tuple(dict.fromkeys(name.split(".", 1)[0] for name in self.facts))

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """Rules and combos by id."""
        return {rule.id: rule for rule in (*self.rules, *self.combos)}

    @cached_property
    def country_rows(self) -> Mapping[tuple[str, str | int], Mapping[str, Any]]:
        """The countries by (`code`, code) and by (`dial`, number), the first row of those that share it."""
        rows: dict[tuple[str, str | int], Mapping[str, Any]] = {}
        for row in self.tables.get("countries") or ():
            for key in ("code", "dial"):
                rows.setdefault((key, row.get(key)), row)
        return rows

    @cached_property
    def fact_names(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """The facts of the vocabulary by group, as (`group.name`, name)."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for fact in self.facts:
            group, name = fact.split(".", 1)
            groups.setdefault(group, []).append((fact, name))
        return tuple((group, tuple(facts)) for group, facts in groups.items())

    @cached_property
    def wordings(self) -> Wordings:
        """The states of the phrase sets."""
        return Wordings(self.phrase_sets.values())

    @cached_property
    def waits(self) -> dict[tuple[object, ...], Mapping[str, tuple[str, ...]]]:
        """What rules wait for, by which facts are there: answers that the judging keeps from mail to mail."""
        return {}

    @cached_property
    def plans(self) -> tuple[Plan, Plan]:
        """How to go through the rules, and then through the combos."""
        return plan(self.rules), plan(self.combos)
