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
_CHINESE = re.compile("[\u4e00-\u9fff]")
UNKNOWN = "?"


def placeholders(text: str) -> list[str]:
    """The names in braces, in order of appearance: `quote`, `quotes`, or a fact."""
    return PLACEHOLDER.findall(text)


def render(text: str, known: Mapping[str, Mapping[str, Any]], quotes: Sequence[str]) -> str:
    """The text with the facts and original wordings filled in; what is not known reads `?`,
    what is known to be empty reads as nothing.

    Lists show three items, a quote 120 code points, cut between words. Of a list in quotation marks each item gets its
    own. `a -> b` and `a against b` show arrows. Values are else taken as they are, never as markup.
    """
    comma = "、" if _CHINESE.search(text) else ", "

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "quote":
            return _quoted(quotes[0]) if quotes else UNKNOWN
        if name == "quotes":
            return comma.join(_quoted(quote) for quote in quotes[:_MOST_ITEMS]) or UNKNOWN
        group, _, fact = name.partition(".")
        found = known.get(group, {}).get(fact)
        if text[: match.start()].endswith("“") and text.startswith("”", match.end()) and isinstance(found, list):
            items: list[Any] = found  # pyright: ignore[reportUnknownVariableType]
            return _listed([_quoted(str(item)) for item in items], f"”{comma}“")
        return _shown(found, comma)

    return PLACEHOLDER.sub(value, text)


def _quoted(quote: str) -> str:
    return shortened(" ".join(quote.split()), _MOST_QUOTED)


def _shown(value: Any, comma: str) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return _listed([_arrow(str(item)) for item in items], comma)
    if isinstance(value, bool):
        return str(value).lower()
    return shortened(f"{value:g}" if isinstance(value, float) else _arrow(str(value)), _MOST_VALUE)


def _listed(items: list[str], between: str) -> str:
    return between.join(items[:_MOST_ITEMS]) + (" …" if len(items) > _MOST_ITEMS else "")


def _arrow(value: str) -> str:
    return value.replace(" -> ", " → ").replace(" against ", " ↔ ")


def unknown_values(text: str, known: Mapping[str, Mapping[str, Any]], quotes: Sequence[str]) -> list[str]:
    """The placeholders of a text that would read `?`."""
    return [name for name in placeholders(text) if render(f"{{{name}}}", known, quotes) == UNKNOWN]
