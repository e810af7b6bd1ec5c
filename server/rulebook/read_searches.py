"""Compiles search_links.yaml. Its form was checked before; here conditions, placeholders and names are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from server.rulebook.condition_types import Vocabulary
from server.rulebook.conditions import ConditionError, compile_condition
from server.rulebook.documents import Document
from server.rulebook.errors import Problem
from server.rulebook.searches import (
    PLAIN,
    SEARCH_VALUES,
    Profile,
    Search,
    SearchLinks,
    placeholders,
    search_of,
    site_of,
)

Row = Mapping[str, Any]


def read_searches(document: Document, words: Vocabulary, problems: list[Problem]) -> SearchLinks:
    """The searches, sites and profiles. Conditions may also read `risk.level`; mistakes go to `problems`."""
    data = document.data
    searches = _searches(document, problems)
    profiles = _profiles(document, {*searches, *data.get("slots", {})}, words, problems)
    engines, twins = data["engines"], data["twins"]
    for name in (data["default_engine"], *twins):
        if name not in engines:
            problems.append(document.problem(f"{name} is none of the engines", "twins", name))
    if data["default_engine"] not in twins:
        problems.append(document.problem("is none of the twins", "default_engine"))
    starts = tuple((name, twins[name], str(engines.get(name, "")).removesuffix("{query}")) for name in twins)
    return SearchLinks(data["show"], engines, data["default_engine"], twins, profiles, searches, starts)


def _searches(document: Document, problems: list[Problem]) -> dict[str, Search]:
    data = document.data
    dialects = tuple(dict.fromkeys((PLAIN, *data["twins"].values())))
    slots = data.get("slots", {})
    makers: dict[str, Callable[[Row], Search]] = {
        "templates": lambda row: search_of(row, dialects),
        "sites": lambda row: site_of(row, slots),
    }
    found: dict[str, Search] = {}
    for part, make in makers.items():
        for index, row in enumerate(data.get(part, ())):
            for field, message in _mistakes(row, slots, {*found, *slots}):
                problems.append(document.problem(message, part, index, field))
            found[row["id"]] = make(row)
    return found


def _mistakes(row: Row, slots: Row, taken: set[str]) -> list[tuple[str, str]]:
    """Field and words of what is wrong in a row."""
    wrong: list[tuple[str, str]] = []
    for field in ("query", "bing", "baidu", "url"):
        unknown = [name for name in placeholders(str(row.get(field, ""))) if name not in SEARCH_VALUES]
        if unknown:
            wrong.append((field, f"unknown placeholder {', '.join(unknown)}"))
    if row["id"] in taken:
        wrong.append(("id", f"the id {row['id']} is taken"))
    slot = row.get("slot", "")
    if slot and slot not in slots:
        wrong.append(("slot", f"unknown slot {slot}"))
    missing = [name for name in ("topic", "why", "good", "bad") if name not in {**slots.get(slot, {}), **row}]
    if missing:
        wrong.append(("id", f"{', '.join(missing)} is missing"))
    return wrong


def _profiles(document: Document, names: set[str], words: Vocabulary, problems: list[Problem]) -> tuple[Profile, ...]:
    wider = Vocabulary({**words.facts, "risk.level": "string"}, words.sets)
    profiles: list[Profile] = []
    for index, row in enumerate(document.data["profiles"]):
        for place, name in enumerate(row["order"]):
            if name not in names:
                problems.append(document.problem(f"unknown template {name}", "profiles", index, "order", place))
        try:
            when = compile_condition(row["when"], wider)
        except ConditionError as error:
            problems.append(document.problem(str(error), "profiles", index, "when"))
            continue
        profiles.append(Profile(row["id"], when, tuple(row["order"])))
    return tuple(profiles)
