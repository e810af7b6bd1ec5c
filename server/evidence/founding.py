"""The founding year that a firm names, and whether its domain is much younger."""

from __future__ import annotations

from server.evidence.mail import Mail
from server.model import Evidence

_MAX_PLACES = 5
_BEFORE = 40
_READERS = ("your", "you ", "贵", "你们", "vuestra", "votre", "ваш", "ihr", "sizin")
_FIRST = 1800
MIN_GAP = 3
"""Years between the founding and the domain from which on they are worth comparing."""


def founding_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `identity.founded_year` (0 if none is named) and `identity.founding_vs_domain`.

    After the facts of the domain: the comparison is unknown while the date of registration is.
    """
    if mail.message.text is None:
        return
    year, start, end = _year(mail)
    quotes = [mail.quote(start, end)] if year else []
    evidence.put("identity.founded_year", year, *quotes)
    created = str(evidence.get("domain.created") or "")
    if not year:
        evidence.put("identity.founding_vs_domain", "")
    elif not created:
        evidence.miss("identity.founding_vs_domain", evidence.unknown.get("domain.created", "not_applicable"))
    else:
        late = int(created[:4]) - year >= MIN_GAP
        evidence.put("identity.founding_vs_domain", f"{year} against {created[:7]}" if late else "", *quotes)


def _year(mail: Mail) -> tuple[int, int, int]:
    """The year and its place; "your company, founded in" says when the reader's firm was founded."""
    for low, high in mail.read:
        piece = mail.text[low:high]
        for start, end in mail.lexicon.server.founding.places(piece, _MAX_PLACES):
            before = piece[max(0, start - _BEFORE) : start].lower()
            year = _digits(piece[start:end])
            if year >= _FIRST and not any(word in before for word in _READERS):
                return year, low + start, low + end
    return 0, 0, 0


def _digits(words: str) -> int:
    """The one run of four digits in a match."""
    return int("".join(char for char in words if "0" <= char <= "9")[-4:] or "0")
