"""The letters that can be written: shipped ones, each replaced by the company's file of the same name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from jinja2 import Template

from server.letters.template import compiled, mistake
from server.model import Lang
from server.rulebook.errors import Problem, RulebookError, gathered

SHIPPED = Path(__file__).resolve().parents[2] / "shared_rules" / "letters"
KINDS = ("background_check", "missing_information")
LANGS: tuple[Lang, ...] = ("en", "zh_CN")
GROUPS = ("company", "person", "qualification", "intent")
DEPTHS = ("basic", "standard", "deep")
VALUES = (
    "person",
    "company",
    "products",
    "missing",
    *(f"documents_{group}" for group in GROUPS),
    "our_company",
    "contact",
    "signature",
    "days",
    "known",
)
"""What a letter may name: `products`, `missing`, `documents_…` and `signature` are lists, `known` is true for a
customer with orders, the others are texts."""
FRAME = ("lang", "subject", "blocks")
"""What the HTML frame may name: `blocks` are triples of a kind (paragraph or list), its first line, the others."""
SUBJECT = "Subject: "
LIST_FILE = "documents.yaml"
FRAME_FILE = "frame.html"
FILES = (LIST_FILE, FRAME_FILE, *(f"{kind}.{lang}.txt" for kind in KINDS for lang in LANGS))
MOST_BYTES = 64 * 1024

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to ask for: its group, the least depth of check that asks for it, and its words."""

    group: str
    depth: str
    text: Texts
    public_mailbox_only: bool = False
    """Whether it is asked only of a customer who writes from a public mailbox."""


@dataclass(frozen=True, slots=True)
class LetterBook:
    """All letters, ready to be written.

    `days` says by depth how long the review takes; `not_asked` are ids of criteria that a letter does not ask for.
    """

    letters: Mapping[tuple[str, str], Template]
    frame: Template
    papers: tuple[Paper, ...]
    days: Mapping[str, str]
    not_asked: frozenset[str]
    company_data: Texts
    """Asked of a customer of level 4 who does not say who he is; `company_more` of one who names his company."""
    company_more: Texts


def load_letters(overlay: Path | None = None, folder: Path = SHIPPED) -> LetterBook:
    """The shipped letters, with those in the `letters/` of the company's `overlay` folder before them.

    Raises RulebookError with every file that cannot be read, has an unknown placeholder, or another name than a letter.
    """
    own = overlay / "letters" if overlay else None
    problems: list[Problem] = []
    for path in sorted(own.iterdir()) if own and own.is_dir() else ():
        if path.name not in FILES and not path.name.startswith("."):
            problems += mistake(path.name, 1, f"is no letter; files are {', '.join(FILES)}").problems
    parts: dict[str, Any] = {}
    for name in FILES:
        with gathered(problems):
            parts[name] = _part(name, _read(name, own, folder))
    if problems:
        raise RulebookError(problems)
    letters = {(kind, lang): parts[f"{kind}.{lang}.txt"] for kind in KINDS for lang in LANGS}
    return LetterBook(letters=letters, frame=parts[FRAME_FILE], **parts[LIST_FILE])


def _part(name: str, text: str) -> Template | dict[str, Any]:
    """What a file holds: a template, or of the list of papers the fields of a LetterBook."""
    if name == FRAME_FILE:
        return compiled(FRAME_FILE, text, FRAME, html=True)
    if name != LIST_FILE:
        return _letter(name, text)
    data = _data(text)
    return {
        "papers": tuple(_paper(row) for row in data["documents"]),
        "days": {depth: str(_texts(data["days"], "days", *DEPTHS)[depth]) for depth in DEPTHS},
        "not_asked": frozenset(str(name) for name in data["not_asked"]),
        "company_data": _texts(data["company_data"], "company_data", *LANGS),
        "company_more": _texts(data["company_more"], "company_more", *LANGS),
    }


def _read(name: str, own: Path | None, folder: Path) -> str:
    path = own / name if own and (own / name).is_file() else folder / name
    try:
        data = path.read_bytes()
        if len(data) > MOST_BYTES:
            raise mistake(name, 1, f"is larger than {MOST_BYTES:,} bytes")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise mistake(name, 1, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise mistake(name, 1, "is not UTF-8") from None


def _letter(file: str, source: str) -> Template:
    if not source.startswith(SUBJECT):
        raise mistake(file, 1, f"must start with “{SUBJECT}” and the subject")
    return compiled(file, source, VALUES)


def _data(text: str) -> dict[str, Any]:
    try:
        data: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise mistake(LIST_FILE, mark.line + 1 if mark else 1, "is not YAML") from None
    wanted = ("days", "documents", "not_asked", "company_data", "company_more")
    if not isinstance(data, dict) or set(cast("dict[str, Any]", data)) != set(wanted):
        raise mistake(LIST_FILE, 1, f"needs {', '.join(wanted)} and nothing else")
    rows = cast("dict[str, Any]", data)
    if not isinstance(rows["documents"], list) or not isinstance(rows["not_asked"], list):
        raise mistake(LIST_FILE, 1, "documents and not_asked must be lists")
    return rows


def _paper(row: Any) -> Paper:
    known = cast("dict[str, Any]", row) if isinstance(row, dict) else {}
    if known.get("group") not in GROUPS or known.get("depth") not in DEPTHS:
        raise mistake(LIST_FILE, 1, f"a document needs a group ({', '.join(GROUPS)}) and a depth ({', '.join(DEPTHS)})")
    only = known.get("public_mailbox_only", False) is True
    return Paper(known["group"], known["depth"], _texts(known.get("text"), "text", *LANGS), only)


def _texts(value: Any, name: str, *keys: str) -> dict[str, str]:
    known = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if set(known) != set(keys) or not all(isinstance(text, str) and text for text in known.values()):
        raise mistake(LIST_FILE, 1, f"{name} needs words for {', '.join(keys)}")
    return known


class Shelf:
    """The letters now in force. They are read when first wanted, and again by `reload`."""

    def __init__(self, overlay: Path | None = None) -> None:
        """`overlay`: the company's folder (BACKTONE_OVERLAY)."""
        self._overlay = overlay
        self._book: LetterBook | None = None

    @property
    def book(self) -> LetterBook:
        """All letters. Raises RulebookError if they were never read and cannot be."""
        return self._book or self.reload()

    def reload(self) -> LetterBook:
        """Read all letters again. Raises RulebookError for one that is wrong; then the old ones stay in force."""
        self._book = load_letters(self._overlay)
        return self._book
