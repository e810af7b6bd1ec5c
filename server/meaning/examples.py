"""The written examples of shared_rules/moves/: read, checked, and cut into units as a mail would be."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar
from zlib import crc32

from server.rulebook.rule import PHRASE_LANGUAGES

T = TypeVar("T")
BACKGROUND = "background"
NEAR_DUPLICATE = 0.7
"""Trigram Jaccard from which two examples of a move say the same words: paraphrases teach next to nothing."""
_SAMPLE = 40
_SHARED = 0.6
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
    found, problems = read_lines(folder, _example)
    return found, problems + near_duplicates(found)


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


def _example(move: str, line: str, place: str) -> Example | str:
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


def near_duplicates(found: Iterable[Example]) -> list[str]:
    """Pairs that say nearly the same words. A near-miss may differ from a move by its one decisive word."""
    said = Said()
    problems: list[str] = []
    for example in found:
        other = said.before((example.move, example.lang, example.polarity), example.text, example.place)
        if other:
            problems.append(f"{example.place}: says what {other} says; write another scenario")
    return problems


class Said:
    """What was said before, to find what says nearly the same words again."""

    def __init__(self) -> None:
        self._rows: dict[object, list[tuple[str, frozenset[str], frozenset[str]]]] = defaultdict(list)

    def before(self, kind: object, text: str, place: str) -> str | None:
        """The place of the first text of this kind that is a near-duplicate, if any; the text is remembered."""
        own = trigrams(text)
        sample = frozenset(sorted(own, key=_scattered)[:_SAMPLE])
        row = self._rows[kind]
        first = next((one[0] for one in row if _is_alike(own, sample, one[1], one[2])), None)
        row.append((place, own, sample))
        return first


def _is_alike(own: frozenset[str], sample: frozenset[str], theirs: frozenset[str], shown: frozenset[str]) -> bool:
    if len(sample & shown) < _SHARED * min(len(sample), len(shown)):
        return False  # texts so alike share four fifths of a sample like this one, give or take a twentieth
    return len(own & theirs) > NEAR_DUPLICATE * len(own | theirs)


def _scattered(trigram: str) -> int:
    return crc32(trigram.encode())


def trigrams(text: str) -> frozenset[str]:
    """Runs of three letters, white space and case aside."""
    plain = " ".join(text.lower().split())
    return frozenset(plain[index : index + 3] for index in range(max(1, len(plain) - 2)))


def explaining(found: Sequence[Example], moves: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """For each move and scenario the first English and Chinese example; where one is missing, the other stands in."""
    rows: dict[str, dict[str, dict[str, str]]] = {move: {} for move in moves}
    for example in found:
        if example.polarity == "move" and example.lang in ("en", "zh"):
            row = rows[example.move].setdefault(example.group, {})
            row.setdefault("en" if example.lang == "en" else "zh_CN", example.text)
    for scenarios in rows.values():
        for row in scenarios.values():
            row.setdefault("en", row.get("zh_CN", ""))
            row.setdefault("zh_CN", row["en"])
    return {move: [dict(sorted(row.items())) for row in scenarios.values()] for move, scenarios in rows.items()}
