"""Facts of the wording as a whole: length, language, how we are greeted. Twin: extension/src/evidence/content.js."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import cast

from server.evidence.language import language_with
from server.evidence.mail import Mail, addresses
from server.evidence.plain import WHITE, blanks, fold, trim
from server.evidence.sender import is_role
from server.model import Evidence
from server.rulebook.rule import PHRASE_LANGUAGES

MIN_TEXT = 20
SUBSTANCE = ("specification", "quantity", "price", "incoterm", "certificate", "hs_code", "item_number")
"""Phrase sets of what a real inquiry names; the rule book defines them."""
_AROUND_ADDRESS = ",.:;!?()[]{}<>\"'"
_GREETING_LINES = 4
_GREETING = 1000
_MAX_LINE = 120


def content_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `content.*` but `names_nothing`, and the subject."""
    if mail.message.subject is not None:
        evidence.put("mail.subject", trim(mail.message.subject))
        evidence.put("mail.subject_address", _first_address(mail.message.subject, mail.address))
    if mail.message.text is None:
        return
    newest = [mail.text[start:end] for start, end in mail.parts.newest]
    chars = collapsed_length(newest)
    code = language_with("\n".join(mail.text[start:end] for start, end in mail.newest), mail.lexicon)
    evidence.put("content.chars", chars)
    evidence.put("content.has_text", chars >= MIN_TEXT)
    evidence.put("content.language", code)
    evidence.put("content.language_covered", code in PHRASE_LANGUAGES or code == "none")
    _greeting(mail, evidence)


def _first_address(subject: str, sender: str) -> str:
    """The mail address that a subject begins with, unless it is the sender's own."""
    word = trim(subject[:_MAX_LINE]).lower().split(" ", 1)[0].strip(_AROUND_ADDRESS)
    name, _, host = word.partition("@")
    return word if name and host and "@" not in host and word != sender else ""


def collapsed_length(pieces: Iterable[str]) -> int:
    """Code points of the pieces with each run of white space as one blank, none at the ends."""
    letters = words = 0
    for piece in pieces:
        plain = blanks(piece)
        found = plain.split(" ")
        letters += len(plain) - plain.count(" ")
        words += len(found) - found.count("")
    return letters + max(0, words - 1)


def _greeting(mail: Mail, evidence: Evidence) -> None:
    """Greets us by our local part: "Dear sales01", "Dear info@acme.example", not "Dear Amy" for amy@."""
    if mail.message.recipients is None and not mail.own_addresses:
        return
    given = addresses(mail.message.recipients)
    ours = {entry for entry in given if mail.is_own(entry) or not mail.own_domains} | mail.own_addresses
    top = [(start, min(end, start + _GREETING)) for start, end in mail.newest[:1]]
    for start, end in mail.rows(top)[:_GREETING_LINES]:
        line = fold(mail.text[start : min(end, start + _MAX_LINE)]).strip(WHITE)
        called = _called(line, mail.lexicon.name_words["greetings"])
        if called and any(_is_local_part(called, entry, mail) for entry in ours):
            evidence.put("content.greets_local_part", True, mail.quote(start, end))
            return
    evidence.put("content.greets_local_part", False)


def _called(line: str, greetings: frozenset[str]) -> str:
    """Whom a greeting line calls: what follows the greeting, up to a comma or the end."""
    if not line.startswith(tuple(greetings)):
        return ""
    for greeting in greetings:
        if line.startswith(greeting) and len(line) > len(greeting):
            rest = line[len(greeting) :].lstrip(" :，,")
            cut = min((at for mark in ",，!！:：;" if (at := rest.find(mark)) >= 0), default=len(rest))
            return rest[:cut].strip(WHITE + ".")
    return ""


def _is_local_part(called: str, address: str, mail: Mail) -> bool:
    local = address.partition("@")[0]
    if called in (address, f"user {address}", f"customer {address}") or called.startswith(
        (f"{address} ", f"用户 {address}")
    ):
        return True
    machine = is_role(local, mail.lexicon.sets["role_locals"]) or any(not char.isalpha() for char in local)
    return machine and called == local


def names_nothing(evidence: Evidence, phrases: Mapping[str, object], sets: Collection[str]) -> None:
    """The fact `content.names_nothing`, once phrases are known. `sets`: the phrase sets that the rule book has."""
    wanted = [name for name in SUBSTANCE if name in sets]
    if any(cast("list[str]", phrases.get(name) or []) for name in wanted):
        evidence.put("content.names_nothing", False)
    elif not wanted:
        evidence.miss("content.names_nothing", "not_built")
    elif all(name in phrases for name in wanted):
        evidence.put("content.names_nothing", True)
    else:
        evidence.miss("content.names_nothing", "not_covered")
