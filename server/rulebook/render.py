"""Fills the values that fired a rule into its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from server.rulebook.cut import shortened

PLACEHOLDER = re.compile(r"\{([a-z_]+(?:\.[a-z0-9_]+)?)\}")
_MOST_ITEMS = 3
_MOST_QUOTED = 120
_MOST_VALUE = 200
UNKNOWN = "?"


def placeholders(text: str) -> list[str]:
    """The names in braces, in order of appearance: `quote`, `quotes`, or a fact."""
    return PLACEHOLDER.findall(text)


def render(text: str, known: Mapping[str, Mapping[str, Any]], quotes: Sequence[str]) -> str:
    """The text with the facts and original wordings filled in; what is not known reads `?`,
    what is known to be empty reads as nothing.

    Lists show three items, a quote 120 code points, cut between words. Values are taken as they are, never as markup.
    """

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "quote":
            return _quoted(quotes[0]) if quotes else UNKNOWN
        if name == "quotes":
            return ", ".join(_quoted(quote) for quote in quotes[:_MOST_ITEMS]) or UNKNOWN
        group, _, fact = name.partition(".")
        return _shown(known.get(group, {}).get(fact))

    return PLACEHOLDER.sub(value, text)


def _quoted(quote: str) -> str:
    return shortened(" ".join(quote.split()), _MOST_QUOTED)


def _shown(value: Any) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, list):
        items: list[str] = [str(item) for item in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return ", ".join(items[:_MOST_ITEMS]) + (" …" if len(items) > _MOST_ITEMS else "")
    if isinstance(value, bool):
        return str(value).lower()
    return shortened(f"{value:g}" if isinstance(value, float) else str(value), _MOST_VALUE)


def unknown_values(text: str, known: Mapping[str, Mapping[str, Any]], quotes: Sequence[str]) -> list[str]:
    """The placeholders of a text that would read `?`."""
    return [name for name in placeholders(text) if render(f"{{{name}}}", known, quotes) == UNKNOWN]
