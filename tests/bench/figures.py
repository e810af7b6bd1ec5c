"""Figures of a run: the table that is printed, and the list in build/bench.json."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MUST: dict[str, tuple[str, float]] = {
    "cached_vs_bare": (">=", 0.9),
    "cached_p99_vs_bare": ("<=", 2),
    "fresh_vs_rspamd": (">=", 8),
    "fresh_vs_spamd": (">=", 50),
    "meaning_vs_rspamd": (">=", 0.8),
    "healthy_overrun_ms": ("<=", 15),
    "hung_overrun_ms": ("<=", 100),
    "single_flight_lookups_per_kind": ("<=", 1),
    "two_workers_vs_one": (">=", 0.85),
    "start_seconds": ("<=", 1.5),
    "rss_mb": ("<=", 260),
    "rss_without_meaning_mb": ("<=", 120),
}
"""What must be reached, by name."""


@dataclass(frozen=True)
class Figure:
    """One measured value with the spread of its rounds. `about` says what it is in a few words."""

    name: str
    value: float
    unit: str
    about: str = ""
    low: float | None = None
    high: float | None = None


def median(name: str, values: Sequence[float], unit: str, about: str = "") -> Figure:
    """The median of the rounds."""
    return Figure(name, statistics.median(values), unit, about, min(values), max(values))


def shown(figure: Figure) -> str:
    """A line of the table."""
    spread = f"{figure.low:.3g}-{figure.high:.3g}" if figure.low is not None and figure.high is not None else ""
    rule = MUST.get(figure.name)
    verdict = ""
    if rule:
        reached = figure.value >= rule[1] if rule[0] == ">=" else figure.value <= rule[1]
        verdict = f"{rule[0]} {rule[1]:g}: {'reached' if reached else 'MISSED'}"
    return f"{figure.name:34} {figure.value:10.4g} {figure.unit:8} {spread:17} {verdict:20} {figure.about}"


def write(figures: Sequence[Figure], path: Path) -> None:
    """The list that other programs read."""
    rows = [{"name": row.name, "value": round(row.value, 4), "unit": row.unit} for row in figures]
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(rows, indent=2) + "\n")
