"""Moves: what a sentence can mean. A move's file becomes a fact `moves.<id>` and a rule `move_<id>` that reads it."""

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


@dataclass(frozen=True, slots=True)
class Move:
    """A move. A phrase of a set in `unless` within the same sentence contradicts it: then it is none."""

    id: str
    unless: tuple[str, ...] = ()


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
    return Trained(hashlib.sha256(data).hexdigest()[:16], informs)


def fact_of(document: Document) -> Fact:
    """The fact that a move was found, with its wordings."""
    return Fact(f"moves.{document.data['id']}", "list", False, document.data["title"]["en"])


def as_rule(document: Document, trained: Trained) -> Document:
    """The move's file as the file of a rule."""
    data = document.data
    name = data["id"]
    rule = {key: value for key, value in data.items() if key != "unless"}
    rule |= {
        "id": f"move_{name}",
        "group": GROUP,
        "weight": "info" if name in trained.informs else data["weight"],
        "when": f"moves.{name}.size() > 0",
        "tags": list(dict.fromkeys(["prose", *data.get("tags", ())])),
        "cases": [],
    }
    return Document(document.file, rule, document.root)


def read_moves(documents: Sequence[Document], sets: frozenset[str], problems: list[Problem]) -> tuple[Move, ...]:
    """The moves, with their vetoes checked."""
    for document in documents:
        for index, name in enumerate(document.data.get("unless", ())):
            if name not in sets:
                problems.append(document.problem(f"unknown phrase set {name}", "unless", index))
    return tuple(Move(document.data["id"], tuple(document.data.get("unless", ()))) for document in documents)
