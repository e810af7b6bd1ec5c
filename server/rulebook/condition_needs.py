"""What must be there for a condition to hold: most conditions are settled for a mail without being evaluated."""

from __future__ import annotations

from server.rulebook.condition_syntax import Node

Atom = tuple[str, str]
"""Group and name: a fact, a phrase set (`phrases`) or a rule (`fired`)."""
_NOTHING: frozenset[Atom] = frozenset()
_FOUND = frozenset(("phrases", "fired", "moves", "hints"))
"""Groups whose values are empty on nearly every mail: the best to ask for first."""
_TEXT_CALLS = frozenset(("startsWith", "endsWith", "contains"))


def needs(node: Node) -> frozenset[Atom]:
    """Atoms of which one must be absent or hold something (not false, "", [] or 0), else the condition is false.

    Empty if no such atoms can be told: then the condition must be evaluated. The tree has been checked for types.
    """
    if node.kind == "member":
        return frozenset((_atom(node),))
    if node.kind == "call":
        return _call(node)
    if node.kind != "binary":
        return _NOTHING
    left, right = node.children
    if node.value == "&&":
        return min((side for side in (needs(left), needs(right)) if side), key=_rank, default=_NOTHING)
    if node.value == "||":
        sides = needs(left), needs(right)
        return sides[0] | sides[1] if all(sides) else _NOTHING
    return _comparison(str(node.value), left, right)


def _atom(node: Node) -> Atom:
    return str(node.children[0].value), str(node.value)


def _rank(atoms: frozenset[Atom]) -> tuple[bool, int]:
    return any(group not in _FOUND for group, _ in atoms), len(atoms)


def _call(node: Node) -> frozenset[Atom]:
    target = node.children[0]
    if target.kind != "member":
        return _NOTHING
    if node.value == "exists":
        return frozenset((_atom(target),))
    wanted = node.children[1] if node.value in _TEXT_CALLS else None
    holds_text = wanted is not None and wanted.kind == "literal" and wanted.value != ""
    return frozenset((_atom(target),)) if holds_text else _NOTHING


def _comparison(sign: str, left: Node, right: Node) -> frozenset[Atom]:
    if sign == "in" and right.kind == "member":
        return frozenset((_atom(right),))
    counted = left.kind == "call" and left.value == "size"
    member = left.children[0] if counted else left
    if member.kind != "member":
        return _NOTHING
    if sign == "in":
        values = [child.value if child.kind == "literal" else "" for child in right.children]
        return frozenset((_atom(member),)) if right.kind == "list" and all(values) else _NOTHING
    return frozenset((_atom(member),)) if right.kind == "literal" and _refuses_nothing(sign, right.value) else _NOTHING


def _refuses_nothing(sign: str, value: str | int | float | bool) -> bool:
    """Whether "", 0 and false fail the comparison with this literal."""
    if sign == "==":
        return bool(value)
    if sign == "!=":
        return not value
    number = value if isinstance(value, int | float) else -1
    return (sign == ">" and number >= 0) or (sign == ">=" and number > 0)
