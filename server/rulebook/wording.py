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


def wording(sets: Iterable[PhraseSet], found: Found, language: str) -> Wording:
    """Every set's state. `language` is the fact content.language; a hit counts in whatever language it was found.

    Without a hit, a set was looked for only if one of its languages is the mail's. A text too short to tell counts as
    English where it has Latin letters only, and as Chinese where it has Chinese ones.
    """
    readable = {language}
    if language == "none" and "other" not in found.scripts:
        readable = {"zh"} if "cjk" in found.scripts else {"en"}
    result = Wording()
    known, unknown, hits = result.known, result.unknown, found.quotes
    for phrase_set in sets:
        name = phrase_set.id
        if name in hits:
            known[name] = [quote.text for quote in hits[name]]
        elif not found.scanned:
            unknown[name] = "not_given"
        elif readable.isdisjoint(phrase_set.languages):
            unknown[name] = "not_covered"
        else:
            known[name] = []
    return result
