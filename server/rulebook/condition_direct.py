"""Evaluates conditions of plain comparisons without CEL: the same answers at a tenth of the cost.

A mail has some four hundred conditions judged, nearly all of them `phrases.x.size() > 0 && !sender.y` and the like.
What is not plain (exists, contains, ?: and so on) is left to CEL; a test holds both against each other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from server.rulebook.condition_syntax import Node

Variables = Mapping[str, Mapping[str, Any]]
Direct = Callable[[Variables], bool | None]
"""True, False, or None where a fact that decides it is absent."""

_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def direct(node: Node) -> Direct | None:
    """The condition as a function, None if something in it is not plain. The tree has been checked for types."""
    if node.kind == "literal" and isinstance(node.value, bool):
        value = node.value
        return lambda variables: value
    if node.kind == "member":
        return _fact(node, bool)
    if node.kind == "not":
        inner = direct(node.children[0])
        return None if inner is None else _negated(inner)
    if node.kind != "binary":
        return None
    if node.value in ("&&", "||"):
        sides = [direct(child) for child in node.children]
        ready = [side for side in sides if side is not None]
        return _joined(ready, decisive=node.value == "||") if len(ready) == len(sides) else None
    return _comparison(node)


def _comparison(node: Node) -> Direct | None:
    left, right = node.children
    if node.value == "in":
        values = frozenset(child.value for child in right.children if child.kind == "literal")
        plain = left.kind == "member" and right.kind == "list" and len(values) == len(right.children)
        return _fact(left, lambda value: value in values) if plain else None
    compare = _SIGNS.get(str(node.value))
    if compare is None or right.kind != "literal":
        return None
    literal = right.value
    if left.kind == "member":
        return _fact(left, lambda value: compare(value, literal))
    if left.kind == "call" and left.value == "size" and left.children[0].kind == "member":
        return _fact(left.children[0], lambda value: compare(len(value), literal))
    return None


def _fact(node: Node, test: Callable[[Any], bool]) -> Direct:
    group, name = str(node.children[0].value), str(node.value)

    def holds(variables: Variables) -> bool | None:
        value = variables[group].get(name)
        return None if value is None else test(value)

    return holds


def _negated(inner: Direct) -> Direct:
    def holds(variables: Variables) -> bool | None:
        answer = inner(variables)
        return None if answer is None else not answer

    return holds


def _joined(sides: list[Direct], *, decisive: bool) -> Direct:
    """One side with the decisive answer decides, whatever is absent on the other."""
    first, second = sides

    def holds(variables: Variables) -> bool | None:
        answer = first(variables)
        if answer is decisive:
            return decisive
        other = second(variables)
        return other if other is decisive or answer is not None else None

    return holds
