"""The table of figures that belong together (shared_rules/tables/specs.yaml), made ready.

Twin: extension/src/evidence/spec_words.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, eq=False)
class SpecWords:
    """What certainly fits together. Empty where the table is missing: then nothing contradicts anything."""

    sizes: Mapping[float, int]
    """Nominal size DN, and its place in the row of sizes."""
    inches: Mapping[float, int]
    classes: Mapping[float, tuple[float, float]]
    """A pressure class, the lowest and the highest PN that may stand beside it."""
    containers: Mapping[float, float]
    lumens: float
    fibres: tuple[str, ...]
    """The longest first."""
    units: Mapping[str, str]
    """Every spelling of a unit, with the one that stands for it."""


def spec_words(tables: Mapping[str, Any]) -> SpecWords:
    """The table `specs` of the rulebook, prepared."""
    table = cast("dict[str, Any]", tables.get("specs") or {})
    sizes = cast("list[list[float]]", table.get("sizes") or [])
    classes = cast("dict[str, list[float]]", table.get("classes") or {})
    containers = cast("dict[str, float]", table.get("containers") or {})
    units = cast("dict[str, list[str]]", table.get("units") or {})
    return SpecWords(
        sizes={float(row[0]): at for at, row in enumerate(sizes)},
        inches={float(row[1]): at for at, row in enumerate(sizes)},
        classes={float(name): (float(row[0]), float(row[1])) for name, row in classes.items()},
        containers={float(feet): float(most) for feet, most in containers.items()},
        lumens=float(table.get("lumens") or "inf"),
        fibres=tuple(sorted(cast("list[str]", table.get("fibres") or []), key=len, reverse=True)),
        units={word: unit for unit, words in units.items() for word in (unit, *words)},
    )
