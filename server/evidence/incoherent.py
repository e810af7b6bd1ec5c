"""Specifications of goods that contradict each other in one mail, where that is certain.

Twin: extension/src/evidence/incoherent.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.evidence.mail import Mail
from server.evidence.pattern import Pattern
from server.evidence.spec_checks import CHECKS, Clash
from server.evidence.tokens import MAX_LINE, Token, tokens
from server.evidence.totals import listed_totals
from server.model import Evidence, Quote

FACT = "content.incoherent"
MOST = 5
_MOST_LINES = 600
_HINT = Pattern(
    r"(?i)\b[dp]n ?[0-9]|[0-9] ?(?:lm|lumen|流明)|%|[0-9] ?(?:'|’|′|ft|feet|foot|gp|h[qc]|尺|英尺)|total|[合总共]计|="
)

_DIGIT = re.compile("[0-9]")


def incoherent_facts(mail: Mail, evidence: Evidence) -> None:
    """The fact `content.incoherent`: what contradicts itself in the newest part, at most five."""
    if mail.message.text is None:
        return
    found: list[str] = []
    quotes: list[Quote] = []
    if any(_HINT.search(mail.text[start:end]) is not None for start, end in mail.newest):
        for clash in _clashes(mail):
            if clash.words not in found and len(found) < MOST:
                found.append(clash.words)
                quotes.append(mail.quote(clash.start, clash.end))
    evidence.put(FACT, found, *quotes)


def _clashes(mail: Mail) -> Iterator[Clash]:
    words = mail.lexicon.specs
    rows = mail.rows(mail.newest)[:_MOST_LINES]
    taken = [(start, _figures(mail.text[start:end]) if end - start <= MAX_LINE else []) for start, end in rows]
    for offset, line in taken:
        # One figure alone contradicts nothing.
        for check in CHECKS if sum(token.number for token in line) > 1 else ():
            for clash in check(line, words):
                yield Clash(clash.words, offset + clash.start, offset + clash.end)
    for text, (first, line) in listed_totals(taken, words.units):
        yield Clash(text, first + line[0].start, first + line[-1].end)


def _figures(line: str) -> list[Token]:
    """The tokens of a line that holds a number; of the others nothing is asked."""
    return tokens(line) if _DIGIT.search(line) is not None else []
