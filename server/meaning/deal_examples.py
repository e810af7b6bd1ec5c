"""The written examples of shared_rules/deals/: sentences, each with every sign of a deal that it shows.

The honest sentences of the moves teach too: deals/background.yaml says which signs a group of them shows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from server.meaning.alike import Text, near_duplicates
from server.meaning.deal_heads import SIGNS
from server.meaning.examples import as_example, read_lines
from server.rulebook.rule import PHRASE_LANGUAGES

BACKGROUND = "background.yaml"


@dataclass(frozen=True, slots=True)
class DealExample:
    """One line of a JSONL file. A sentence without signs is ordinary talk, and teaches every head what it is not."""

    lang: str
    group: str
    signs: frozenset[str]
    text: str
    place: str
    """File and line, for messages."""
    unclear: frozenset[str] = frozenset()
    """Signs that it may show or not: their heads do not learn from it."""


def read_deal_examples(folder: Path) -> tuple[list[DealExample], list[str]]:
    """The examples of a deals folder in a fixed order, and what is wrong with them."""
    found, problems = read_lines(folder, _example)
    pairs = near_duplicates(Text(one.lang, one.place, one.text) for one in found)
    problems += [f"{place}: says what {other} says; write something else" for place, other in pairs]
    groups, wrong = _groups(folder / BACKGROUND)
    if groups:
        honest, _ = read_lines(folder.parent / "moves", as_example)
        found += [
            DealExample(one.lang, one.group, *groups[one.group][:1], one.text, one.place, *groups[one.group][1:])
            for one in honest
            if one.polarity == "background" and one.group in groups
        ]
    return found, problems + wrong


def _groups(path: Path) -> tuple[dict[str, tuple[frozenset[str], frozenset[str]]], list[str]]:
    """Signs and unclear signs of each group of honest sentences."""
    if not path.is_file():
        return {}, []
    rows: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    groups = {name: (frozenset(row["signs"]), frozenset(row.get("unclear", ()))) for name, row in rows.items()}
    named = {sign for signs, unclear in groups.values() for sign in signs | unclear}
    return groups, [f"{path.name}: unknown sign {sign}" for sign in sorted(named.difference(SIGNS))]


def _example(_file: str, line: str, place: str) -> DealExample | str:
    try:
        row: dict[str, Any] = json.loads(line)
        example = DealExample(row["lang"], row["group"], frozenset(row["signs"]), row["text"].strip(), place)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"is no example ({error!r})"
    if example.lang not in PHRASE_LANGUAGES:
        return f"unknown language {example.lang}"
    if unknown := sorted(example.signs.difference(SIGNS)):
        return f"unknown sign {unknown[0]}"
    return example if example.text else "is empty"
