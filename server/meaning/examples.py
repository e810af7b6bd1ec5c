"""The written examples of shared_rules/moves/: read, checked, and cut into units as a mail would be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from server.meaning.alike import Text, near_duplicates
from server.rulebook.rule import PHRASE_LANGUAGES

T = TypeVar("T")
BACKGROUND = "background"
Polarity = Literal["move", "near_miss", "background"]


@dataclass(frozen=True, slots=True)
class Example:
    """One line of a JSONL file. `group` is the scenario: examples of one scenario are never split between folds."""

    move: str
    lang: str
    group: str
    polarity: Polarity
    text: str
    place: str
    """File and line, for messages."""

    @property
    def scenario(self) -> str:
        """The scenario, unique among all files."""
        return f"{self.move}/{self.polarity == 'near_miss'}/{self.group}"


def read_examples(folder: Path) -> tuple[list[Example], list[str]]:
    """The examples of a moves folder in a fixed order, and what is wrong with them."""
    found, problems = read_lines(folder, as_example)
    return found, problems + repeated(found)


def read_lines(folder: Path, read: Callable[[str, str, str], T | str]) -> tuple[list[T], list[str]]:
    """What `read` makes of the lines of a folder's JSONL files, in a fixed order, and what is wrong with them.

    `read` takes the file's name without its ending, the line and its place; it gives an example or what is wrong.
    """
    problems: list[str] = []
    found: list[T] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                place = f"{path.name}:{number}"
                example = read(path.stem, line, place)
                if isinstance(example, str):
                    problems.append(f"{place}: {example}")
                else:
                    found.append(example)
    return found, problems


def as_example(move: str, line: str, place: str) -> Example | str:
    """A line as an example, or what is wrong with it."""
    try:
        row: dict[str, Any] = json.loads(line)
        polarity: Polarity = "background" if move == BACKGROUND else row["polarity"]
        example = Example(move, row["lang"], row["group"], polarity, row["text"].strip(), place)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"is no example ({error!r})"
    if example.lang not in PHRASE_LANGUAGES:
        return f"unknown language {example.lang}"
    if polarity not in ("move", "near_miss", "background"):
        return f"unknown polarity {polarity}"
    return example if example.text else "is empty"


def repeated(found: Iterable[Example]) -> list[str]:
    """Pairs that say nearly the same words. A near-miss may differ from a move by its one decisive word."""
    texts = (Text((one.move, one.lang, one.polarity), one.place, one.text) for one in found)
    return [f"{place}: says what {other} says; write another scenario" for place, other in near_duplicates(texts)]


def explaining(found: Sequence[Example], moves: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """For each move and scenario the first English and the first Chinese example, if there are any, by locale."""
    rows: dict[str, dict[str, dict[str, str]]] = {move: {} for move in moves}
    for example in found:
        if example.polarity == "move" and example.lang in ("en", "zh"):
            row = rows[example.move].setdefault(example.group, {})
            row.setdefault("en" if example.lang == "en" else "zh_CN", example.text)
    return {move: [dict(sorted(row.items())) for row in scenarios.values()] for move, scenarios in rows.items()}
