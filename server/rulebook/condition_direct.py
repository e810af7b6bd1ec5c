"""Evaluates conditions of plain comparisons without CEL: the same answers at a tenth of the cost.

A mail has some four hundred conditions judged, nearly all of them `phrases.x.size() > 0 && !sender.y` and the like.
What is not plain (?: and so on) is left to CEL; a test holds both against each other.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from server.rulebook.condition_syntax import Node

Variables = Mapping[str, Mapping[str, Any]]
Direct = Callable[[Variables], bool | None]
"""True, False, or None where a fact that decides it is absent."""
Number = Callable[[Variables], "int | None"]

_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TEXT_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "contains": operator.contains,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
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
    if node.kind == "call":
        return _call(node)
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
        return _membership(left, right)
    compare = _SIGNS.get(str(node.value))
    if compare is not None and left.kind == right.kind == "member":
        return _two_facts(left, right, compare)
    if compare is None or right.kind != "literal":
        return None
    literal = right.value
    if left.kind == "member":
        return _fact(left, lambda value: compare(value, literal))
    if _is_size(left):
        return _fact(left.children[0], lambda value: compare(len(value), literal))
    total = _number(left)
    return None if total is None else _of_number(total, lambda value: compare(value, literal))


def _number(node: Node) -> Number | None:
    """A whole number, a size, or a sum of such as a function, None if it is something else."""
    if node.kind == "literal" and isinstance(node.value, int):
        number = node.value
        return lambda variables: number
    if node.kind == "member" or _is_size(node):
        member = node if node.kind == "member" else node.children[0]
        group, name, counted = str(member.children[0].value), str(member.value), member is not node
        return lambda variables: (
            None if (value := variables[group].get(name)) is None else len(value) if counted else value
        )
    if node.kind != "binary" or node.value != "+":
        return None
    one, other = map(_number, node.children)
    return None if one is None or other is None else _sum(one, other)


def _sum(one: Number, other: Number) -> Number:
    def added(variables: Variables) -> int | None:
        first = one(variables)
        second = None if first is None else other(variables)
        return None if first is None or second is None else first + second

    return added


def _of_number(number: Number, test: Callable[[int], bool]) -> Direct:
    def holds(variables: Variables) -> bool | None:
        value = number(variables)
        return None if value is None else test(value)

    return holds


def _membership(left: Node, right: Node) -> Direct | None:
    """`fact in [...]`, `fact.size() in [...]` and `"x" in fact`."""
    if left.kind == "literal" and right.kind == "member":
        literal = left.value
        return _fact(right, lambda value: literal in value)
    values = _literals(right)
    if values is None:
        return None
    if left.kind == "member":
        return _fact(left, lambda value: value in values)
    return _fact(left.children[0], lambda value: len(value) in values) if _is_size(left) else None


def _is_size(node: Node) -> bool:
    return node.kind == "call" and node.value == "size" and node.children[0].kind == "member"


def _literals(node: Node) -> frozenset[str | int | float | bool] | None:
    plain = node.kind == "list" and all(child.kind == "literal" for child in node.children)
    return frozenset(child.value for child in node.children) if plain else None


def _call(node: Node) -> Direct | None:
    """`fact.contains("x")` and the like, and `fact.exists(x, …)` of nothing but such tests of x."""
    target = node.children[0]
    if target.kind != "member":
        return None
    if node.value == "exists":
        holds = _of_one(node.children[2], str(node.children[1].value))
        return None if holds is None else _fact(target, lambda values: any(map(holds, values)))
    test = _text_test(node)
    return None if test is None else _fact(target, test)


def _text_test(node: Node) -> Callable[[str], bool] | None:
    if node.value not in _TEXT_TESTS or node.children[1].kind != "literal":
        return None
    test, literal = _TEXT_TESTS[str(node.value)], str(node.children[1].value)
    return lambda value: test(value, literal)


def _of_one(node: Node, name: str) -> Callable[[str], bool] | None:
    """The condition on one item of a list as a function, None if it is more than tests of the item, && and ||."""
    if node.kind == "call" and node.children[0] == Node("name", name):
        return _text_test(node)
    if node.kind == "binary" and node.children[0] == Node("name", name):
        return _item_test(str(node.value), node.children[1])
    if node.kind != "binary" or node.value not in ("&&", "||"):
        return None
    sides = [_of_one(child, name) for child in node.children]
    ready = [side for side in sides if side is not None]
    if len(ready) != len(sides):
        return None
    first, second = ready
    if node.value == "&&":
        return lambda value: first(value) and second(value)
    return lambda value: first(value) or second(value)


def _item_test(sign: str, right: Node) -> Callable[[str], bool] | None:
    """An item compared with a literal, or looked for in a list of them."""
    if sign == "in":
        values = _literals(right)
        return None if values is None else lambda value: value in values
    compare = _SIGNS.get(sign)
    if compare is None or right.kind != "literal":
        return None
    literal = right.value
    return lambda value: compare(value, literal)


def _two_facts(left: Node, right: Node, compare: Callable[[Any, Any], bool]) -> Direct:
    group, name = str(left.children[0].value), str(left.value)
    other_group, other_name = str(right.children[0].value), str(right.value)

    def holds(variables: Variables) -> bool | None:
        value, other = variables[group].get(name), variables[other_group].get(other_name)
        return None if value is None or other is None else compare(value, other)

    return holds


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
