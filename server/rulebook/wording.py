"""What may be said of each phrase set after a scan: these wordings, none at all, or not checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from server.model import Why
from server.rulebook.match import Found
from server.rulebook.rule import PhraseSet


@dataclass(frozen=True, slots=True)
class Wording:
    """`known[set]` = original wordings, [] when looked for and not there; `unknown[set]` = why it was not checked."""

    known: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    unknown: dict[str, Why] = field(default_factory=dict[str, Why])


class Wordings:
    """The states of all sets. Those of a scan without any hit are kept: a mail changes only the sets that it hits."""

    def __init__(self, sets: Iterable[PhraseSet]) -> None:
        self._languages = {phrase_set.id: phrase_set.languages for phrase_set in sets}
        self._silent: dict[tuple[str, bool], Wording] = {}

    def of(self, found: Found, language: str) -> Wording:
        """Every set's state. `language` is the fact content.language; a hit counts in whatever language it was found.

        Without a hit, a set was looked for only if one of its languages is the mail's. A text too short to tell counts
        as English where it has Latin letters only, and as Chinese where it has Chinese ones.
        """
        if language == "none" and "other" not in found.scripts:
            language = "zh" if "cjk" in found.scripts else "en"
        silent = self._silent.get((language, found.scanned))
        if silent is None:
            silent = self._silent[language, found.scanned] = self._without_hits(language, scanned=found.scanned)
        known = silent.known | {name: [quote.text for quote in quotes] for name, quotes in found.quotes.items()}
        return Wording(known, {name: why for name, why in silent.unknown.items() if name not in found.quotes})

    def _without_hits(self, language: str, *, scanned: bool) -> Wording:
        silent = Wording()
        for name, languages in self._languages.items():
            if not scanned:
                silent.unknown[name] = "not_given"
            elif language not in languages:
                silent.unknown[name] = "not_covered"
            else:
                silent.known[name] = []
        return silent


def wording(sets: Iterable[PhraseSet], found: Found, language: str) -> Wording:
    """Every set's state, see `Wordings.of`; for scans that are few."""
    return Wordings(sets).of(found, language)
