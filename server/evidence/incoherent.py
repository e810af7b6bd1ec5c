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

_FIGURE = re.compile("[0-9](?:[0-9]|[.,](?=[0-9]))*")
_SIGN = re.compile(
    r"(?i)dn|pn|lm|lumen|流|[%％=＝]|total|[合总共]|"
    r"[0-9][ \t\xa0\u202f\u3000]*(?:['’′‘]|f(?:t|eet|oot|cl)|gp|h[qc]|d[cv]|尺|英)"
)
"""A word or a sign that each of the checks of one line asks for."""
_SUM = re.compile(r"(?i)total|sum|grand|[合总共]")
"""Words with which a line begins that states the sum of those above."""


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
    sums = any(_SUM.search(mail.text, start, end) for start, end in mail.newest)
    taken: list[tuple[int, list[Token]]] = []
    for start, end in rows:
        checked = may_clash(mail.text[start:end]) if end - start <= MAX_LINE else False
        line = tokens(mail.text[start:end]) if checked or (sums and _FIGURE.search(mail.text, start, end)) else []
        taken.append((start, line))
        for check in CHECKS if checked else ():
            for clash in check(line, words):
                yield Clash(clash.words, start + clash.start, start + clash.end)
    for text, (first, line) in listed_totals(taken, words.units) if sums else ():
        yield Clash(text, first + line[0].start, first + line[-1].end)


def may_clash(line: str) -> bool:
    """Whether a line holds two figures, and a word or a sign without which no check finds anything."""
    return len(_FIGURE.findall(line)) > 1 and _SIGN.search(line) is not None
