"""Reads the part of CEL that rules may use, as a tree. What stands outside of it is refused with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<string>"[^"\\\n]*"|'[^'\\\n]*')|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"""
    r"""|(?P<sign>&&|\|\||==|!=|<=|>=|[!<>?:().,\[\]+])|(?P<end>\Z)|(?P<other>.))"""
)
_MAX_DEPTH = 60
COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">=", "in"))


class ConditionError(ValueError):
    """A condition that is not allowed; the message names the place in it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One operation: literal, list, name, member, call, not, binary or choice; `value` is its operator or name."""

    kind: str
    value: str | int | float | bool
    children: tuple[Node, ...] = ()


class Reader:
    """Recursive descent over one condition; the precedence is CEL's."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup or "end"
            self._tokens.append((kind, match.group(kind), match.start(kind)))
            if kind == "end":
                break
        self._at = 0
        self._depth = 0

    def read(self) -> Node:
        """The whole condition as a tree. Raises ConditionError."""
        node = self._choice()
        if self._kind() != "end":
            raise self._wrong("an operator or the end")
        return node

    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _peek(self) -> str:
        return self._tokens[self._at][1]

    def _take(self, *wanted: str) -> str | None:
        if self._peek() in wanted and self._kind() in ("sign", "word"):
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _need(self, sign: str) -> None:
        if self._take(sign) is None:
            raise self._wrong(repr(sign))

    def _wrong(self, wanted: str) -> ConditionError:
        kind, text, place = self._tokens[self._at]
        return ConditionError(f"{'the end' if kind == 'end' else repr(text)} at {place + 1} where {wanted} is expected")

    def _choice(self) -> Node:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ConditionError("is nested too deep")
        node = self._either()
        if self._take("?"):
            yes = self._choice()
            self._need(":")
            node = Node("choice", "?", (node, yes, self._choice()))
        self._depth -= 1
        return node

    def _either(self) -> Node:
        node = self._both()
        while self._take("||"):
            node = Node("binary", "||", (node, self._both()))
        return node

    def _both(self) -> Node:
        node = self._compared()
        while self._take("&&"):
            node = Node("binary", "&&", (node, self._compared()))
        return node

    def _compared(self) -> Node:
        node = self._sum()
        sign = self._take(*COMPARISONS)
        return Node("binary", sign, (node, self._sum())) if sign else node

    def _sum(self) -> Node:
        node = self._not()
        while self._take("+"):
            node = Node("binary", "+", (node, self._not()))
        return node

    def _not(self) -> Node:
        signs = 0
        while self._take("!"):
            signs += 1
        node = self._member()
        for _ in range(signs):
            node = Node("not", "!", (node,))
        return node

    def _member(self) -> Node:
        node = self._primary()
        while self._take("."):
            if self._kind() != "word":
                raise self._wrong("a name")
            name = self._tokens[self._at][1]
            self._at += 1
            called = self._take("(") is not None
            node = Node("call", name, (node, *self._items(")"))) if called else Node("member", name, (node,))
        return node

    def _items(self, close: str) -> list[Node]:
        items: list[Node] = []
        while not self._take(close):
            if items:
                self._need(",")
            items.append(self._choice())
        return items

    def _primary(self) -> Node:
        kind, text, _ = self._tokens[self._at]
        if self._take("("):
            node = self._choice()
            self._need(")")
            return node
        if self._take("["):
            return Node("list", "", tuple(self._items("]")))
        if kind not in ("number", "string", "word"):
            raise self._wrong("a value")
        self._at += 1
        if kind == "number":
            return Node("literal", float(text) if "." in text else int(text))
        if kind == "string":
            return Node("literal", text[1:-1])
        if text in ("true", "false"):
            return Node("literal", text == "true")
        if text == "null" or self._peek() == "(":
            raise ConditionError(
                f"{text!r} is not allowed: an unknown fact is simply absent"
                if text in ("null", "has")
                else f"{text}(…) is not allowed; write value.{text}()"
            )
        return Node("name", text)
