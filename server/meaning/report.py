"""How good each head is on scenarios it has not seen, as numbers and as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.meaning.examples import Example
from server.meaning.fitting import CLEAR, HINT, Head, Rows

FLOOR = 0.05
"""Least share of a move's examples that must be at least a hint with their scenario left out. It is far below what the
move reaches in use: there all scenarios have been learned from."""
MOST_BACKGROUND = 0.005


@dataclass
class Share:
    """Hits of how many."""

    hits: int = 0
    of: int = 0

    def add(self, *, hit: bool) -> None:
        """Count one."""
        self.hits += hit
        self.of += 1

    @property
    def value(self) -> float:
        """The share; 0 of none."""
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.hits}/{self.of})" if self.of else "-"


@dataclass
class Result:
    """One move: examples, near-misses and background at least a hint, or clear, with scenarios left out."""

    move: str
    recall: Share = field(default_factory=Share)
    clear: Share = field(default_factory=Share)
    near: Share = field(default_factory=Share)
    near_clear: Share = field(default_factory=Share)
    background: Share = field(default_factory=Share)
    scenarios: int = 0
    by_language: dict[str, Share] = field(default_factory=dict[str, Share])


def results(found: Sequence[Example], rows: Rows, heads: Mapping[str, Head]) -> list[Result]:
    """An example counts as hit if one of its units is at least a hint; `clear` counts those that are the move."""
    judged: list[Result] = []
    for move, head in heads.items():
        best: dict[int, float] = {}
        for index, score in zip(rows.example, head.scores.tolist(), strict=True):
            best[index] = max(best.get(index, score), score)
        result = Result(move)
        groups: set[str] = set()
        for index, score in best.items():
            example, hit = found[index], score >= HINT
            if example.polarity == "background":
                result.background.add(hit=hit)
            elif example.move == move and example.polarity == "near_miss":
                result.near.add(hit=hit)
                result.near_clear.add(hit=score >= CLEAR)
            elif example.move == move:
                groups.add(example.group)
                result.recall.add(hit=hit)
                result.clear.add(hit=score >= CLEAR)
                result.by_language.setdefault(example.lang, Share()).add(hit=hit)
        result.scenarios = len(groups)
        judged.append(result)
    return judged


def is_below_floor(result: Result) -> bool:
    """A move that is missed or wrong too often to weigh anything: it is shipped as information only."""
    return result.recall.value < FLOOR or result.background.value > 2 * MOST_BACKGROUND


def report(judged: Sequence[Result], encoder: str, examples: int) -> str:
    """REPORT.md. No date and no machine in it: the same input gives the same bytes."""
    lines = [
        "# Moves: how good the heads are",
        "",
        f"Made by `make moves` from {examples} examples with {encoder}. Every figure is out of fold: the",
        "scenario of an example was left out when the head that judges it was trained. Figures by language",
        "rest on few examples each.",
        "",
        "| move | scenarios | hint+ | clear | near-misses: hint+ | clear | background: hint+ | shipped as |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.move} | {row.scenarios} | {row.recall} | {row.clear} | {row.near} | {row.near_clear} "
        f"| {row.background} | {'information' if is_below_floor(row) else 'reason'} |"
        for row in judged
    ]
    languages = sorted({name for row in judged for name in row.by_language})
    lines += [
        "",
        "At least a hint, by language:",
        "",
        f"| move | {' | '.join(languages)} |",
        "|---" * (len(languages) + 1) + "|",
    ]
    for row in judged:
        cells = " | ".join(str(row.by_language.get(name, Share())) for name in languages)
        lines.append(f"| {row.move} | {cells} |")
    total = Share(sum(row.recall.hits for row in judged), sum(row.recall.of for row in judged))
    near = Share(sum(row.near.hits for row in judged), sum(row.near.of for row in judged))
    clear = Share(sum(row.clear.hits for row in judged), sum(row.clear.of for row in judged))
    lines += ["", f"All moves: at least a hint {total}, clear {clear}; near-misses at least a hint {near}.", ""]
    return "\n".join(lines)
