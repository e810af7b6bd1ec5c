"""Compiles the files beside the rules. Their forms were checked before; here conditions and names are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from zoneinfo import ZoneInfo

from server.rulebook.condition_types import Vocabulary
from server.rulebook.conditions import Condition, ConditionError, compile_condition
from server.rulebook.documents import Document
from server.rulebook.errors import Problem
from server.rulebook.policy import (
    NOBODY,
    Counted,
    Criterion,
    CustomerLevels,
    Group,
    Guard,
    Levels,
    LevelWords,
    Rung,
    SearchLinks,
    Service,
    Sound,
    WorkingTime,
)
from server.rulebook.read_searches import read_searches
from server.rulebook.rule import Kind

POLICY_FACTS = {
    "risk.level": "string",
    "level.vague": "int",
    "plan.size": "string",
    "plan.country": "string",
    "plan.level": "int",
    "plan.depth": "string",
}
"""What the conditions of the next step may read beside the facts: the verdict so far. Texts may be ""."""


class PolicyReader:
    """Reads one file after the other; mistakes gather in `problems`."""

    def __init__(self, words: Vocabulary, problems: list[Problem]) -> None:
        self._words = words
        self._problems = problems

    @property
    def sets(self) -> frozenset[str]:
        """The phrase sets that there are."""
        return self._words.sets

    def problem(self, document: Document, message: str, *path: str | int) -> None:
        """Note a mistake."""
        self._problems.append(document.problem(message, *path))

    def condition(self, document: Document, text: str, *path: str | int) -> Condition:
        """A condition over the facts and POLICY_FACTS."""
        words = Vocabulary({**self._words.facts, **POLICY_FACTS}, self._words.sets)
        return self._condition(document, text, *path, words=words)

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
            Guard(
                row["id"],
                row["when"],
                row["cap"],
                row["text"],
                row.get("tag", ""),
                row.get("group", ""),
                self._condition(document, row["given"], "guards", at, "given") if "given" in row else None,
            )
            for at, row in enumerate(rows)
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

    def customer_levels(self, document: Document, rules: frozenset[str]) -> CustomerLevels:
        """customer_levels.yaml. `rules`: the ids that `vague` may name."""
        data = document.data
        rungs: list[Rung] = []
        for at, row in enumerate(data["levels"]):
            unless = self.condition(document, row["unless"], "levels", at, "unless") if "unless" in row else None
            criteria = tuple(self._criteria(document, at, row["criteria"]))
            rungs.append(Rung(row["level"], row["need"], criteria, unless))
        handling = {
            int(level): Service(
                row.get("reply_by"), row.get("review", False), tuple(row["steps"]), tuple(row.get("channels", ()))
            )
            for level, row in data["handling"].items()
        }
        applies = data.get("applies_when")
        for at, name in enumerate(data.get("vague", ())):
            if name not in rules:
                self.problem(document, f"unknown rule {name}", "vague", at)
        return CustomerLevels(
            applies_to=frozenset(data["applies_to"]),
            rungs=tuple(sorted(rungs, key=lambda rung: rung.level)),
            handling=handling,
            applies_when=self.condition(document, applies, "applies_when") if applies else None,
            vague=tuple(data.get("vague", ())),
            sound=self._sound(document, data["sound"]) if "sound" in data else None,
            working=self._working(document),
        )

    def _sound(self, document: Document, row: dict[str, Any]) -> Sound:
        lifts: dict[str, str] = row.get("lifts_unless", {})
        return Sound(
            criteria_count={int(level): times for level, times in row["criteria_count"].items()},
            no_customer=row["no_customer"],
            kept=row["kept"],
            settled=self.condition(document, row["settled"], "sound", "settled"),
            text=row["text"],
            counted_text=row["counted_text"],
            counted=tuple(self._counted(document, row["counted"])),
            lifts_unless={
                int(level): self.condition(document, text, "sound", "lifts_unless", level)
                for level, text in lifts.items()
            },
        )

    def _counted(self, document: Document, rows: list[dict[str, Any]]) -> Iterator[Counted]:
        for index, row in enumerate(rows):
            if self._words.facts.get(row["fact"]) != "list":
                self.problem(document, f"{row['fact']} is no fact that is a list", "sound", "counted", index, "fact")
            times: dict[str, float] = row["times"]
            by_level = {NOBODY if level == "none" else int(level): value for level, value in times.items()}
            yield Counted(row["fact"], row["usual"], row["most"], by_level, row["text"])

    def _working(self, document: Document) -> WorkingTime:
        given = document.data.get("working_time")
        if given is None:
            return WorkingTime()
        try:
            ZoneInfo(given["timezone"])
        except (KeyError, ValueError, OSError):
            self.problem(document, "not the name of a time zone, such as Asia/Shanghai", "working_time", "timezone")
        return WorkingTime(given["timezone"], frozenset(given["days"]), given["day_ends"])

    def _criteria(self, document: Document, rung: int, rows: list[dict[str, Any]]) -> Iterator[Criterion]:
        for index, row in enumerate(rows):
            path = ("levels", rung, "criteria", index)
            given = row.get("shown", [])
            shown = (given,) if isinstance(given, str) else tuple(cast("list[str]", given))
            for name in shown:
                if name not in self._words.facts and name.removeprefix("phrases.") not in self.sets:
                    self.problem(document, f"unknown fact or phrase set {name}", *path, "shown")
            part_of = row.get("part_of", "")
            if part_of and self._words.facts.get(part_of) != "list":
                self.problem(document, f"{part_of} is no fact that is a list", *path, "part_of")
            unless = self.condition(document, row["unless"], *path, "unless") if "unless" in row else None
            yield Criterion(
                id=row["id"],
                when=self.condition(document, row["when"], *path, "when"),
                shown=shown,
                text=row["text"],
                missing=row.get("missing"),
                unless=unless,
                part_of=part_of,
                parts=row.get("parts", {}),
            )

    def search_links(self, document: Document) -> SearchLinks:
        """search_links.yaml."""
        return read_searches(document, self._words, self._problems)
