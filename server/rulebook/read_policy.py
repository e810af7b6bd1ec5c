"""Compiles the files beside the rules. Their forms were checked before; here conditions and names are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from server.rulebook.condition_types import Vocabulary
from server.rulebook.conditions import Condition, ConditionError, compile_condition
from server.rulebook.documents import Document
from server.rulebook.errors import Problem
from server.rulebook.policy import (
    Criterion,
    CustomerLevels,
    Depth,
    Group,
    Guard,
    Levels,
    LevelWords,
    Rung,
    SearchLinks,
    Service,
)
from server.rulebook.read_searches import read_searches
from server.rulebook.rule import Kind


class PolicyReader:
    """Reads one file after the other; mistakes gather in `problems`."""

    def __init__(self, words: Vocabulary, problems: list[Problem]) -> None:
        self._words = words
        self._problems = problems

    def _condition(self, document: Document, text: str, *path: str | int, words: Vocabulary | None = None) -> Condition:
        try:
            return compile_condition(text, words or self._words)
        except ConditionError as error:
            self._problems.append(document.problem(str(error), *path))
            return compile_condition("true", self._words)

    def groups(self, document: Document) -> dict[str, Group]:
        """groups.yaml."""
        return {name: Group(name, row["ceiling"], row["title"]) for name, row in document.data.items()}

    def levels(self, document: Document) -> Levels:
        """levels.yaml."""
        data = document.data
        rows = cast("list[dict[str, Any]]", data["guards"])
        guards = [
            Guard(row["id"], row["when"], row["cap"], row["text"], row.get("tag", ""), row.get("group", ""))
            for row in rows
        ]
        void = [
            self._condition(document, text, "trust_void_when", index)
            for index, text in enumerate(data.get("trust_void_when", ()))
        ]
        return Levels(
            points={**data["weights"], **{weight: -points for weight, points in data["trust"].items()}},
            trust_cap=data["trust_cap"],
            decisive_floor=data["decisive_floor"],
            trust_void_tags=frozenset(data["trust_void_tags"]),
            trust_void_when=tuple(void),
            thresholds=data["thresholds"],
            min_chars=data["min_chars"],
            guards=tuple(guards),
            rows=data["rows"],
            words={name: LevelWords(row["name"], row["advice"]) for name, row in data["levels"].items()},
            stop={name: tuple(texts) for name, texts in data.get("stop", {}).items()},
        )

    def kinds(self, document: Document) -> tuple[Kind, ...]:
        """mail_kinds.yaml."""
        return tuple(
            Kind(row["kind"], self._condition(document, row["when"], index, "when"))
            for index, row in enumerate(document.data)
        )

    def customer_levels(self, document: Document) -> CustomerLevels:
        """customer_levels.yaml."""
        data = document.data
        rungs = [
            Rung(row["level"], row["need"], tuple(self._criteria(document, index, row["criteria"])))
            for index, row in enumerate(data["levels"])
        ]
        handling = {
            int(level): Service(row.get("reply_by"), row.get("review", False), tuple(row["steps"]))
            for level, row in data["handling"].items()
        }
        depths = [
            Depth(row["depth"], self._condition(document, row["when"], "check_depth", index, "when"))
            for index, row in enumerate(data.get("check_depth", ()))
        ]
        rungs.sort(key=lambda rung: rung.level)
        return CustomerLevels(frozenset(data["applies_to"]), tuple(rungs), handling, tuple(depths))

    def _criteria(self, document: Document, rung: int, rows: list[dict[str, Any]]) -> Iterator[Criterion]:
        for index, row in enumerate(rows):
            path = ("levels", rung, "criteria", index)
            shown = row.get("phrases", "")
            if shown and shown not in self._words.sets:
                self._problems.append(document.problem(f"unknown phrase set {shown}", *path, "phrases"))
            when = self._condition(document, row["when"], *path, "when")
            yield Criterion(row["id"], when, shown, row["text"], row["missing"])

    def search_links(self, document: Document) -> SearchLinks:
        """search_links.yaml."""
        return read_searches(document, self._words, self._problems)
