"""Writes a letter: the template with its values, as plain text and as HTML with the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.letters.book import DEPTHS, GROUPS, SUBJECT, LetterBook
from server.letters.values import (
    company_of,
    known_customer,
    missing_of,
    one_line,
    person_of,
    products_of,
    writes_from_public_mailbox,
)
from server.model import Lang

UNSIGNED = {"en": "[your name]", "zh_CN": "[您的姓名]"}
MOST_SUBJECT = 200
BULLET = "- "
_HAN = "[\u3001-\u303f\u4e00-\u9fff\uff00-\uff60]"
_BETWEEN_HAN = re.compile(f"(?<={_HAN}) (?={_HAN})")


@dataclass(frozen=True, slots=True)
class Company:
    """What the settings say of us."""

    name: str = ""
    mail: str = ""
    signature: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to check, paste and send by hand. `documents` and `missing` are what it asks for."""

    kind: str
    lang: Lang
    subject: str
    text: str
    html: str
    documents: tuple[str, ...]
    missing: tuple[str, ...]


def write(
    book: LetterBook,
    kind: str,
    lang: Lang,
    verdict: Mapping[str, Any],
    company: Company,
    unasked: frozenset[str] = frozenset(),
) -> Letter:
    """The letter of a kind to the writer of the mail that `verdict` (as the API gives it, in `lang`) is about.

    `unasked`: words in `missing_for_next_level` that no letter asks for.
    """
    depth = str(verdict.get("check_depth") or "basic")
    papers = [
        paper
        for paper in book.papers
        if DEPTHS.index(paper.depth) <= DEPTHS.index(depth)
        and (not paper.public_mailbox_only or writes_from_public_mailbox(verdict))
    ]
    buyer = company_of(verdict)
    missing = missing_of(verdict, unasked, (book.company_more if buyer else book.company_data)[lang])
    values: dict[str, Any] = {
        "person": person_of(verdict),
        "company": buyer,
        "products": products_of(verdict, lang),
        "missing": missing,
        **{f"documents_{group}": [paper.text[lang] for paper in papers if paper.group == group] for group in GROUPS},
        "our_company": company.name,
        "contact": company.mail,
        "signature": list(company.signature) or [UNSIGNED[lang], *filter(None, [company.name])],
        "days": book.days[depth],
        "known": known_customer(verdict),
    }
    first, _, body = book.letters[kind, lang].render(values).partition("\n")
    subject = one_line(closed_up(first.removeprefix(SUBJECT)), MOST_SUBJECT)
    text = tidy(closed_up(body))
    html = book.frame.render(lang=lang.replace("_", "-"), subject=subject, blocks=blocks(text))
    documents = tuple(paper.text[lang] for group in GROUPS for paper in papers if paper.group == group)
    notice = kind == "background_check"
    return Letter(
        kind, lang, subject, text, html.strip(), documents if notice else (), () if notice else tuple(missing)
    )


def closed_up(text: str) -> str:
    """Chinese text without the blanks that a template writes around values: they are meant for Latin ones."""
    return _BETWEEN_HAN.sub("", text)


def tidy(text: str) -> str:
    """Lines without trailing blanks, and never two empty ones in a row."""
    lines = [line.rstrip() for line in text.split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip() + "\n"


def blocks(text: str) -> list[tuple[str, str, list[str]]]:
    """The paragraphs and lists of a letter: kind, first line, other lines."""
    found: list[tuple[str, list[str]]] = []
    fresh = True
    for line in text.split("\n"):
        kind = "list" if line.startswith(BULLET) else "paragraph"
        if not line:
            fresh = True
            continue
        if fresh or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(line.removeprefix(BULLET) if kind == "list" else line)
        fresh = False
    return [(kind, lines[0], lines[1:]) for kind, lines in found]
