"""Which facts a condition uses, and whether it uses each as what it is. A wrong use fails the build, not a mail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from server.rulebook.condition_syntax import ConditionError, Node

FACT_TYPES = {"bool": "bool", "int": "int", "number": "number", "string": "string", "list": "list of string"}
_NUMBERS = frozenset(("int", "number"))
_TEXT_CALLS = frozenset(("startsWith", "endsWith", "contains"))


@dataclass(slots=True)
class Uses:
    """What a condition reads, in order of appearance: facts (`group.name`), phrase sets, and fired rules."""

    facts: list[str] = field(default_factory=list[str])
    sets: list[str] = field(default_factory=list[str])
    fired: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be named: fact types by `group.name`, phrase sets, and (in combos only) rules."""

    facts: Mapping[str, str]
    sets: frozenset[str]
    fired: frozenset[str] | None = None


def uses(tree: Node, words: Vocabulary) -> Uses:
    """What a condition reads. Raises ConditionError where it names something unknown or uses it wrongly."""
    checker = _Checker(words)
    kind = checker.kind(tree, {})
    if kind != "bool":
        raise ConditionError(f"gives a {kind}, not true or false")
    return checker.found


class _Checker:
    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self.found = Uses()

    def kind(self, node: Node, bound: Mapping[str, str]) -> str:
        """The type of an expression: bool, int, number, string or `list of …`."""
        match node.kind:
            case "literal":
                return _literal(node.value)
            case "list":
                return self._list(node, bound)
            case "name":
                return self._name(node, bound)
            case "member":
                return self._member(node)
            case "call":
                return self._call(node, bound)
            case "not":
                self._need(node.children[0], "bool", bound, "!")
                return "bool"
            case "choice":
                self._need(node.children[0], "bool", bound, "?")
                kinds = {self.kind(child, bound) for child in node.children[1:]}
                if len(kinds) > 1:
                    raise ConditionError(f"the two sides of ?: differ ({' and '.join(sorted(kinds))})")
                return kinds.pop()
            case _:
                return self._binary(node, bound)

    def _need(self, node: Node, wanted: str, bound: Mapping[str, str], where: str) -> None:
        kind = self.kind(node, bound)
        if kind != wanted:
            raise ConditionError(f"{where} needs a {wanted}, {_words(node)} is a {kind}")

    def _list(self, node: Node, bound: Mapping[str, str]) -> str:
        kinds = {self.kind(child, bound) for child in node.children}
        if len(kinds) != 1:
            raise ConditionError("a list holds values of one type, and at least one")
        return f"list of {kinds.pop()}"

    def _name(self, node: Node, bound: Mapping[str, str]) -> str:
        kind = bound.get(str(node.value))
        if kind is None:
            raise ConditionError(f"{node.value} alone is not a fact; facts are group.name")
        return kind

    def _member(self, node: Node) -> str:
        parent = node.children[0]
        if parent.kind != "name":
            raise ConditionError(f".{node.value} is not a fact; facts are group.name")
        group, name = str(parent.value), str(node.value)
        if group == "phrases":
            if name not in self._words.sets:
                raise ConditionError(f"unknown phrase set {name}{_near(name, self._words.sets)}")
            _add(self.found.sets, name)
            return "list of string"
        if group == "fired":
            if self._words.fired is None:
                raise ConditionError("fired.… can be read by combos only")
            if name not in self._words.fired:
                raise ConditionError(f"unknown rule {name}{_near(name, self._words.fired)}")
            _add(self.found.fired, name)
            return "bool"
        fact = f"{group}.{name}"
        if fact not in self._words.facts:
            raise ConditionError(f"unknown fact {fact}{_near(fact, self._words.facts)}")
        _add(self.found.facts, fact)
        return FACT_TYPES[self._words.facts[fact]]

    def _call(self, node: Node, bound: Mapping[str, str]) -> str:
        name, target, arguments = str(node.value), node.children[0], node.children[1:]
        if name == "exists":
            return self._exists(target, arguments, bound)
        kind = self.kind(target, bound)
        if name == "size" and not arguments:
            if kind != "string" and not kind.startswith("list"):
                raise ConditionError(f".size() needs a string or a list, {_words(target)} is a {kind}")
            return "int"
        if name in _TEXT_CALLS and len(arguments) == 1:
            self._need(target, "string", bound, f".{name}()")
            self._need(arguments[0], "string", bound, f".{name}()")
            return "bool"
        raise ConditionError(f".{name}() is not allowed; there are size, exists, startsWith, endsWith and contains")

    def _exists(self, target: Node, arguments: tuple[Node, ...], bound: Mapping[str, str]) -> str:
        kind = self.kind(target, bound)
        if not kind.startswith("list of ") or len(arguments) != 2 or arguments[0].kind != "name":
            raise ConditionError("write list.exists(x, condition on x)")
        self._need(arguments[1], "bool", {**bound, str(arguments[0].value): kind[8:]}, ".exists()")
        return "bool"

    def _binary(self, node: Node, bound: Mapping[str, str]) -> str:
        sign = str(node.value)
        if sign in ("&&", "||"):
            for child in node.children:
                self._need(child, "bool", bound, sign)
            return "bool"
        left, right = (self.kind(child, bound) for child in node.children)
        if sign == "+":
            fits: Callable[[], bool] = lambda: left == right == "int"  # noqa: E731
            result = "int"
        else:
            fits = lambda: _comparable(sign, left, right)  # noqa: E731
            result = "bool"
        if not fits():
            raise ConditionError(f"{sign} does not join a {left} and a {right}")
        return result


def _comparable(sign: str, left: str, right: str) -> bool:
    if sign == "in":
        return right == f"list of {left}"
    if left in _NUMBERS and right in _NUMBERS:
        return True
    return sign in ("==", "!=") and left == right and not left.startswith("list")


def _literal(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    return "number" if isinstance(value, float) else "string"


def _words(node: Node) -> str:
    if node.kind == "member":
        return f"{node.children[0].value}.{node.value}"
    return repr(node.value) if node.kind == "literal" else f"the {node.kind}"


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _near(name: str, known: Collection[str]) -> str:
    """` (did you mean …?)` for the nearest known name, empty if none is near."""
    longer = sorted((one for one in known if one.startswith(name)), key=len)
    close = longer or get_close_matches(name, list(known), n=1, cutoff=0.75)
    return f" (did you mean {close[0]}?)" if close else ""
