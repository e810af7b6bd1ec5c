"""The writer's name: the line after the sign-off, else the display name. Twin: extension/src/evidence/person.js."""

from __future__ import annotations

import re

from server.evidence.brands import brand_places
from server.evidence.lexicon import Lexicon
from server.evidence.mail import Mail
from server.evidence.names import is_free, split_org
from server.evidence.plain import Span, fold, is_han, letters_only, trim, word_list

_MAX_NAME = 40
_MAX_ROWS = 4
_CUT = re.compile(r"[|,;/(（<>:：\t]| - | – | — |  ")


def find_person(mail: Mail, rows: list[Span]) -> tuple[str, Span | None]:
    """The name, and the line of the closing that holds it; ("", None) if neither line nor display name is one."""
    lexicon = mail.lexicon
    signed = bool(rows) and lexicon.signoff.whole(trim(mail.text[rows[0][0] : rows[0][1]])[:160].lower())
    if signed:
        inline = mail.text[rows[0][0] : rows[0][1]][:160].replace("，", ",").partition(",")[2]
        name = person_name(inline, lexicon)
        if name:
            return name, rows[0]
    for row in rows[1 if signed else 0 :][:_MAX_ROWS]:
        name = person_name(mail.text[row[0] : row[1]][:200], lexicon)
        if name:
            return name, row
    shown = person_name(mail.message.sender.name if mail.message.sender else "", lexicon)
    label = letters_only(split_org(mail.host, lexicon)[0])
    if (
        shown
        and len(first := letters_only(shown.split()[0])) > 3
        and first in label
        and not is_free(mail.host, lexicon)
    ):
        return "", None  # "Acme News" at acme.example is no person
    return shown, None


def person_name(line: str, lexicon: Lexicon) -> str:
    """The person's name that a line starts with, titles dropped; "" if it looks like a firm, a role or a sentence."""
    words = lexicon.name_words
    head = trim(_CUT.split(trim(line), maxsplit=1)[0]).strip(" .*_-'\"“”")
    if not head or len(head) > _MAX_NAME or "@" in head or any(char.isdigit() for char in head):
        return ""
    tokens = word_list(fold(head))
    if is_han(head[0]):
        first = tokens[0] if tokens else ""
        return first if 2 <= len(first) <= 4 and not _is_han_role(first, lexicon) else ""
    kept = [token for token in head.split() if trim(token).lower().strip(".") not in words["titles"]]
    if not kept or len(kept) > 5 or any(token in words["roles"] for token in tokens):
        return ""
    if any((token,) in lexicon.legal.get("after", ()) for token in tokens[1:]) or _is_phrase(tokens, lexicon):
        return ""
    if any(True for _ in brand_places(fold(head), lexicon)):
        return ""
    proper = all(_starts_like_a_name(token, words["particles"]) for token in kept)
    return " ".join(kept) if proper else ""


def _starts_like_a_name(token: str, particles: frozenset[str]) -> bool:
    char = token[0]
    if char.lower() == char.upper():  # a script without capitals
        return char.isalpha()
    return char != char.lower() or token in particles


def _is_han_role(word: str, lexicon: Lexicon) -> bool:
    endings = (*lexicon.name_words["roles"], *lexicon.name_words["han_not_names"])
    return any(word.endswith(role) for role in endings if is_han(role[0])) or word in lexicon.name_words["greetings"]


def _is_phrase(tokens: list[str], lexicon: Lexicon) -> bool:
    """A greeting, a thank-you or a sentence of everyday words rather than a name."""
    if not tokens or tokens[0] in lexicon.name_words["greetings"]:
        return True
    english = lexicon.stopwords.get("en", frozenset())
    return sum(token in english for token in tokens) * 2 > len(tokens)
