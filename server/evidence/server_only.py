"""The facts without a twin in the browser, supplied last: they compare what the other extractors found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from server.evidence.bank_facts import bank_facts
from server.evidence.clock import clock_facts
from server.evidence.founding import founding_facts
from server.evidence.mail import Mail
from server.evidence.persons import person_facts
from server.evidence.phone_checks import phone_checks
from server.model import Evidence, Why
from server.rulebook.book import Rulebook
from server.rulebook.match import find

CLAIM = "attachment_claim"
"""The phrase set of wordings that say something is attached."""
_MAX_QUOTED = 32_768


def server_only_facts(mail: Mail, evidence: Evidence) -> None:
    """Bank, founding year, phones, clock and persons. After the facts `identity.*` and `domain.*`."""
    bank_facts(mail, evidence)
    founding_facts(mail, evidence)
    phone_checks(mail, evidence)
    clock_facts(mail, evidence)
    person_facts(mail, evidence)


def claimed_missing(mail: Mail, evidence: Evidence, phrases: Mapping[str, object], rulebook: Rulebook) -> None:
    """The fact `attachments.claimed_missing`, once phrases are known: the words that promise a file which is not there.

    A mail that quotes such words may mean the older mail's attachment.
    """
    files = mail.message.attachments
    if files is None or mail.message.text is None or CLAIM not in phrases:
        evidence.miss("attachments.claimed_missing", _why(mail))
        return
    said = cast("list[str]", phrases[CLAIM])
    missing = said if said and not files and not _quote_holds_it(mail, rulebook) else []
    quotes = evidence.quotes.get(f"phrases.{CLAIM}", ()) if missing else ()
    evidence.put("attachments.claimed_missing", missing[0] if missing else "", *quotes[:1])


def _why(mail: Mail) -> Why:
    if mail.message.attachments is None:
        return mail.why("attachments")
    return mail.why("body") if mail.message.text is None else "not_covered"


def _quote_holds_it(mail: Mail, rulebook: Rulebook) -> bool:
    apart = (mail.message.quoted_text or "")[:_MAX_QUOTED]
    for text, spans in ((mail.text, mail.parts.quoted), (apart, [(0, len(apart))])):
        if text and spans and find(rulebook, None, text, list(spans)).quotes.get(CLAIM):
            return True
    return False
