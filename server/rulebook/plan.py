"""In which order rules are looked at, and which can be left out for a mail: prepared once for a rulebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.rulebook.rule import Rule


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules of one round with what settles them. Numbers count the rules in their order."""

    rules: tuple[Rule, ...]
    silent: dict[str, bool | None]
    """Every rule as not fired: what stays so for most rules of a mail."""
    always: frozenset[int]
    """Rules that are always evaluated."""
    by_atom: Mapping[str, Mapping[str, tuple[int, ...]]]
    """Group, name: the rules that can fire only if one of such atoms is absent or holds something."""

    def open(self, variables: Mapping[str, Mapping[str, Any]]) -> list[int]:
        """The rules that may fire or be unknown, in order; all others are false."""
        found = set(self.always)
        for group, names in self.by_atom.items():
            known = variables[group].get
            for name, numbers in names.items():
                value = known(name)
                if value or value is None:
                    found.update(numbers)
        return sorted(found)


def plan(rules: Sequence[Rule]) -> Plan:
    """The plan for these rules."""
    index: dict[str, dict[str, list[int]]] = {}
    always: set[int] = set()
    for number, rule in enumerate(rules):
        atoms = rule.when.needs
        if not atoms:
            always.add(number)
        for group, name in atoms:
            index.setdefault(group, {}).setdefault(name, []).append(number)
    by_atom = {group: {name: tuple(found) for name, found in names.items()} for group, names in index.items()}
    silent: dict[str, bool | None] = {rule.id: False for rule in rules}
    return Plan(tuple(rules), silent, frozenset(always), by_atom)
