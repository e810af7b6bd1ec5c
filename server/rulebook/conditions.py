"""Conditions of rules, in CEL. An absent fact makes the answer None (not checked) unless the rest decides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from server.rulebook.cel_core import cel
from server.rulebook.condition_direct import Direct, direct
from server.rulebook.condition_needs import Atom, needs
from server.rulebook.condition_syntax import ConditionError, Reader
from server.rulebook.condition_types import Uses, Vocabulary, uses


class Context:
    """What conditions are evaluated in: maps of facts by group, the phrases, and later `fired` and `risk`."""

    def __init__(self, variables: dict[str, Mapping[str, Any]]) -> None:
        """`variables` holds every group, if only empty: then an absent fact is a missing key."""
        self.variables = variables

    def add_variable(self, name: str, value: Mapping[str, Any]) -> None:
        """Add a group, or replace it."""
        self.variables[name] = value

    def for_cel(self, read: Uses) -> cel.Context:
        """What one condition reads: handing everything over for each mail costs more than all conditions."""
        variables: dict[str, dict[str, Any]] = {}
        named = [name.split(".", 1) for name in read.facts]
        named += [["phrases", name] for name in read.sets] + [["fired", name] for name in read.fired]
        for group, name in named:
            known, chosen = self.variables[group], variables.setdefault(group, {})
            if name in known:
                chosen[name] = known[name]
        return cel.Context(variables=variables)


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition and what it reads."""

    text: str
    uses: Uses
    program: Any = field(repr=False, compare=False)
    direct: Direct | None = field(default=None, repr=False, compare=False)
    needs: frozenset[Atom] = frozenset()
    """Where none of these is absent or holds anything, the answer is False. Empty: that cannot be told."""

    def evaluate(self, context: Context) -> bool | None:
        """True or False; None if the answer depends on a fact that is absent from the context."""
        if self.direct is not None:
            return self.direct(context.variables)
        return self.by_cel(context)

    def by_cel(self, context: Context) -> bool | None:
        """The same answer from CEL itself, which says what a condition means."""
        try:
            return cast(bool, self.program.execute(context.for_cel(self.uses)))
        except KeyError:
            return None


def compile_condition(text: str, words: Vocabulary) -> Condition:
    """A condition checked against the vocabulary. Raises ConditionError with what is wrong."""
    tree = Reader(text).read()
    found = uses(tree, words)
    try:
        program = cel.compile(text)
    except ValueError as error:
        raise ConditionError(str(error).splitlines()[0]) from error
    return Condition(text, found, program, direct(tree), needs(tree))


def context(
    groups: Iterable[str],
    known: Mapping[str, Mapping[str, Any]],
    phrases: Mapping[str, list[str]],
    fired: Mapping[str, bool] | None = None,
) -> Context:
    """What conditions are evaluated in. Every group is there, if only empty: then an absent fact is a missing key."""
    variables: dict[str, Mapping[str, Any]] = {group: known.get(group, {}) for group in groups}
    variables["phrases"] = phrases
    variables["fired"] = fired or {}
    return Context(variables)
