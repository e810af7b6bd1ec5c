"""Moves: what a sentence can mean. A file becomes the facts `moves.<id>` and `hints.<id>`, and a rule for each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from server.rulebook.documents import Document
from server.rulebook.errors import Problem
from server.rulebook.rule import Fact

GROUP = "meaning"
_HEADS = "heads.json"
_HINT = {"strong": "medium", "medium": "weak", "weak": "info"}
_PERHAPS = {"en": "Perhaps: ", "zh_CN": "疑似："}


@dataclass(frozen=True, slots=True)
class Move:
    """A move. A phrase of a set in `unless` within the same sentence contradicts it: then it is none."""

    id: str
    unless: tuple[str, ...] = ()
    family: str = ""
    """Moves of one family want the same of us and learn from each other; empty where a move has no like."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What the rule book needs to know of the trained heads: their version, and which are not to be relied on."""

    version: str = ""
    informs: frozenset[str] = frozenset()
    """Moves below their floor: they tell, and weigh nothing."""


def read_trained(folder: Path, problems: list[Problem]) -> Trained:
    """The heads of a rule folder; an empty answer where nothing was trained."""
    path = folder / "moves" / _HEADS
    if not path.is_file():
        return Trained()
    data = path.read_bytes()
    try:
        rows = cast("dict[str, dict[str, Any]]", json.loads(data)["moves"])
        informs = frozenset(name for name, row in rows.items() if row["informs"])
    except (KeyError, TypeError, ValueError) as error:
        problems.append(Problem(f"moves/{_HEADS}", 1, "", f"is not usable ({error}); run `make moves`"))
        return Trained()
    for name in ("deals", "tenor"):  # customer levels depend on the first, both on the second
        other = folder / name / _HEADS
        data += other.read_bytes() if other.is_file() else b""
    return Trained(hashlib.sha256(data).hexdigest()[:16], informs)


def facts_of(document: Document) -> tuple[Fact, Fact]:
    """The facts that a move, or a hint of it, was found: its wordings."""
    name, title = document.data["id"], document.data["title"]["en"]
    return Fact(f"moves.{name}", "list", False, title), Fact(f"hints.{name}", "list", False, f"Perhaps: {title}")


def as_rules(document: Document, trained: Trained) -> tuple[Document, Document]:
    """The move's file as the files of two rules: `move_<id>`, and `hint_<id>`, which weighs less."""
    data = document.data
    name = data["id"]
    info = name in trained.informs
    common = {key: value for key, value in data.items() if key not in ("unless", "when", "family")}
    common |= {"group": GROUP, "tags": list(dict.fromkeys(["prose", *data.get("tags", ())])), "cases": []}
    also = f" && ({data['when']})" if "when" in data else ""
    weight = "info" if info else data["weight"]
    move = {"id": f"move_{name}", "when": f"moves.{name}.size() > 0{also}", "weight": weight}
    perhaps = {locale: word + data["title"][locale] for locale, word in _PERHAPS.items()}
    hint = {
        "id": f"hint_{name}",
        "when": f"hints.{name}.size() > 0{also}",
        "weight": "info" if info else _HINT[data["weight"]],
    }
    return (
        Document(document.file, common | move, document.text),
        Document(document.file, common | hint | {"title": perhaps}, document.text),
    )


def read_moves(documents: Sequence[Document], sets: frozenset[str], problems: list[Problem]) -> tuple[Move, ...]:
    """The moves, with their vetoes checked."""
    for document in documents:
        for index, name in enumerate(document.data.get("unless", ())):
            if name not in sets:
                problems.append(document.problem(f"unknown phrase set {name}", "unless", index))
    return tuple(
        Move(data["id"], tuple(data.get("unless", ())), data.get("family", ""))
        for data in (document.data for document in documents)
    )
