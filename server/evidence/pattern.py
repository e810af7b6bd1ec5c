# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportMissingTypeStubs=false
"""google-re2 for the tables' patterns, behind typed calls: it ships no types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import re2

_NOTHING = r"[^\x00-\x{10FFFF}]"


class Pattern:
    """One RE2 pattern on text. Linear in the text, whatever the pattern."""

    def __init__(self, source: str) -> None:
        options = re2.Options()
        options.max_mem = 32 << 20
        options.never_capture = True
        options.log_errors = False
        self._regexp = re2.compile(source, options)

    def search(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """The first place from `start` on, as a span, or None."""
        match = self._regexp.search(text, start)
        return None if match is None else (match.start(), match.end())

    def whole(self, text: str) -> bool:
        """Whether the pattern takes in the whole text."""
        return self._regexp.fullmatch(text) is not None

    def places(self, text: str, limit: int) -> Iterator[tuple[int, int]]:
        """The first places without overlap, `limit` at most."""
        for number, match in enumerate(self._regexp.finditer(text)):
            if number >= limit:
                return
            yield match.start(), match.end()


@lru_cache(maxsize=64)
def any_of(sources: Sequence[str], before: str = "", after: str = "") -> Pattern:
    """One pattern that matches what any of the sources does, with something put around the choice."""
    choice = "|".join(f"(?:{source})" for source in sources)
    return Pattern(f"{before}(?:{choice}){after}" if sources else _NOTHING)
