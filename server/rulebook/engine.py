# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""google-re2 behind four typed calls: it ships no types. One place to change if the engine changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import re2  # pyright: ignore[reportMissingTypeStubs]

from server.rulebook.patterns import loose

_MEMORY = 64 << 20
"""Bytes. With RE2's own 8 MB the automaton is flushed on ordinary mails (measured: 4 to 7 ms instead of 0.7)."""


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = _MEMORY
    options.never_capture = True  # spans of whole matches only: RE2 then stays in its fast automaton
    options.log_errors = False
    return options


def refusals(sources: Sequence[str]) -> dict[int, str]:
    """Why RE2 refuses some of these patterns, by their index; empty if it takes them all."""
    trial = re2.Set.SearchSet(_options())
    found: dict[int, str] = {}
    for index, source in enumerate(sources):
        try:
            trial.Add(source)
        except re2.error:
            found[index] = _reason(source)
    return found


def _reason(source: str) -> str:
    try:
        re2.compile(source, _options())
    except re2.error as error:
        words = error.args[0] if error.args else ""
        return words.decode() if isinstance(words, bytes) else str(words)
    return "RE2 cannot take it into a set"


class Engine:
    """All patterns at once: which of them may occur, then where each of those really does."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._sources = sources
        self._options = _options()
        self._exact: dict[int, Any] = {}
        self._set = re2.Set.SearchSet(self._options)
        for source in sources:
            self._set.Add(loose(source))
        if sources:
            self._set.Compile()

    def candidates(self, text: bytes) -> list[int]:
        """Indices of the patterns that may occur in UTF-8 text, ascending."""
        return sorted(self._set.Match(text) or ()) if self._sources else []

    def spans(self, index: int, text: bytes, limit: int) -> list[tuple[int, int]]:
        """The first `limit` non-overlapping places of a pattern, as byte offsets."""
        exact = self._exact.get(index)
        if exact is None:
            exact = self._exact[index] = re2.compile(self._sources[index].encode(), self._options)
        found: list[tuple[int, int]] = []
        for match in exact.finditer(text):
            if match.end() > match.start():
                found.append(match.span())
                if len(found) == limit:
                    break
        return found
