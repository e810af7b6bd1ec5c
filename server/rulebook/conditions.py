"""Conditions of rules, in CEL. An absent fact makes the answer None (not checked) unless the rest decides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import cel

from server.rulebook.condition_syntax import ConditionError, Reader
from server.rulebook.condition_types import Uses, Vocabulary, uses

Context = cel.Context


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition and what it reads."""

    text: str
    uses: Uses
    program: Any = field(repr=False, compare=False)

    def evaluate(self, context: Context) -> bool | None:
        """True or False; None if the answer depends on a fact that is absent from the context."""
        try:
            return cast(bool, self.program.execute(context))
        except KeyError:
            return None


def compile_condition(text: str, words: Vocabulary) -> Condition:
    """A condition checked against the vocabulary. Raises ConditionError with what is wrong."""
    found = uses(Reader(text).read(), words)
    try:
        program = cel.compile(text)
    except ValueError as error:
        raise ConditionError(str(error).splitlines()[0]) from error
    return Condition(text, found, program)


def context(
    groups: Iterable[str],
    known: Mapping[str, Mapping[str, Any]],
    phrases: Mapping[str, list[str]],
    fired: Mapping[str, bool] | None = None,
) -> Context:
    """What conditions are evaluated in. Every group is there, if only empty: then an absent fact is a missing key."""
    variables: dict[str, Any] = {group: known.get(group, {}) for group in groups}
    variables["phrases"] = phrases
    variables["fired"] = fired or {}
    return cel.Context(variables=variables)
