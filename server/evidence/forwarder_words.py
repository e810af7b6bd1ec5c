"""The words by which a mail gives a forwarder's warehouse as an address (shared_rules/tables/forwarder_words.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from server.evidence.pattern import Pattern, any_of

NAMES = ("hints", "own", "deliver", "names", "codes", "open", "trade")


@dataclass(frozen=True, eq=False)
class ForwarderWords:
    """The table shared_rules/tables/forwarder_words.yaml, made ready. Patterns ignore case."""

    hints: Pattern
    own: Pattern
    deliver: Pattern
    begins: Pattern
    """How an address goes on behind the label of one's own. Here case counts."""
    names: Pattern
    codes: Pattern
    open: Pattern
    trade: Pattern
    listed: tuple[str, ...]
    """Names and addresses of forwarders that are known: shared_rules/lists/forwarders.txt."""


def forwarder_words(tables: Mapping[str, Any]) -> ForwarderWords:
    """The tables `forwarder_words` and `forwarders` of the rulebook, prepared."""
    table = cast("dict[str, Any]", tables.get("forwarder_words") or {})
    rows = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in table.items()}
    begins = Pattern(str(table.get("begins") or "^"))
    made = {name: any_of(cast("tuple[str, ...]", rows.get(name, ())), "(?i)") for name in NAMES}
    return ForwarderWords(**made, begins=begins, listed=tuple(cast("list[str]", tables.get("forwarders") or [])))
