"""Rules and combos out of their files: names, conditions and placeholders checked, points looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from server.rulebook.condition_types import Vocabulary
from server.rulebook.conditions import ConditionError, compile_condition
from server.rulebook.documents import Document
from server.rulebook.errors import Problem
from server.rulebook.policy import Group, Levels
from server.rulebook.read_cases import read_cases
from server.rulebook.render import placeholders
from server.rulebook.rule import Fact, Rule


class RuleReader:
    """Turns checked documents into rules; mistakes gather in `problems`."""

    def __init__(
        self, facts: Mapping[str, Fact], levels: Levels, groups: Mapping[str, Group], problems: list[Problem]
    ) -> None:
        self._facts = facts
        self._levels = levels
        self._groups = groups
        self._problems = problems

    def rule(self, document: Document, words: Vocabulary, parts: Mapping[str, Rule] | None = None) -> Rule | None:
        """The rule of a file, None if it cannot be made. `parts` are the rules that a combo may read."""
        data = cast("dict[str, Any]", document.data)
        own: str | None = data["id"] if "phrases" in data or "meets" in data else None
        text = data.get("when") or f"phrases.{own}.size() > 0"
        try:
            when = compile_condition(text, words)
        except ConditionError as error:
            self._problems.append(document.problem(str(error), "when"))
            return None
        self._check_texts(document)
        self._check_cases(document, words)
        if data["group"] not in self._groups:
            self._problems.append(document.problem(f"{data['group']} is not in groups.yaml", "group"))
        trust = data["weight"].startswith("trust_")
        if trust != (data["group"] == "trust"):
            self._problems.append(document.problem("trust weights belong to the group trust, and only they", "weight"))
        named: list[str] = [own, *when.uses.sets] if own else when.uses.sets
        sets = tuple(dict.fromkeys(named))
        fired = tuple(when.uses.fired)
        return Rule(
            id=data["id"],
            group=data["group"],
            weight=data["weight"],
            points=self._levels.points[data["weight"]],
            when=when,
            own_set=own,
            bare=own is not None and "when" not in data,
            facts=tuple(when.uses.facts),
            sets=sets,
            fired=fired,
            preview=all(self._facts[name].preview for name in when.uses.facts)
            and all((parts or {})[name].preview for name in fired if name in (parts or {})),
            tags=frozenset(data.get("tags", ())),
            title=data["title"],
            reason=data["reason"],
            advice=data.get("advice", {"en": "", "zh_CN": ""}),
            false_positives=data["false_positives"],
            source=tuple(map(str, data["source"])),
            cases=read_cases(data["cases"]),
            file=document.file,
        )

    def _check_texts(self, document: Document) -> None:
        data = cast("dict[str, Any]", document.data)
        for field in ("title", "reason", "advice"):
            for locale, text in data.get(field, {}).items():
                for name in placeholders(text):
                    if name not in ("quote", "quotes") and name not in self._facts:
                        self._problems.append(document.problem(f"unknown placeholder {{{name}}}", field, locale))
                    elif field == "title":
                        message = f"{{{name}}} stands in the reason or the advice only"
                        self._problems.append(document.problem(message, field, locale))

    def _check_cases(self, document: Document, words: Vocabulary) -> None:
        for index, row in enumerate(document.data["cases"]):
            for kind, body in row.items():
                if not isinstance(body, dict):
                    continue
                content = cast("dict[str, Any]", body)
                path = ("cases", index, kind)
                for fact, value in flat(content.get("facts", {})):
                    wrong = self._wrong_value(fact, value)
                    if wrong:
                        self._problems.append(document.problem(wrong, *path, "facts", *fact.split(".")))
                for name in content.get("fired", {}):
                    if name not in (words.fired or ()):
                        self._problems.append(document.problem(f"unknown rule {name}", *path, "fired", name))

    def _wrong_value(self, name: str, value: Any) -> str | None:
        fact = self._facts.get(name)
        if fact is None:
            return f"unknown fact {name}"
        types: dict[str, tuple[type, ...]] = {
            "bool": (bool,),
            "int": (int,),
            "number": (int, float),
            "string": (str,),
            "list": (list,),
        }
        right = isinstance(value, types[fact.type]) and (fact.type == "bool" or not isinstance(value, bool))
        return None if right else f"{name} is a {fact.type}, not {value!r}"


def flat(facts: Mapping[str, Mapping[str, Any]]) -> Iterable[tuple[str, Any]]:
    """`{sender: {tld: top}}` as (`sender.tld`, `top`)."""
    return [(f"{group}.{name}", value) for group, row in facts.items() for name, value in row.items()]
