"""The files of a rule folder, read but not yet judged; those of the company's overlay folder behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from server.rulebook.documents import Document, read_yaml
from server.rulebook.errors import Problem

_REQUIRED = ("levels", "groups", "texts")
_OPTIONAL = ("mail_kinds", "customer_levels", "search_links", "selectors", "check_depth", "payment_terms")
_SHAPED = (
    "levels",
    "groups",
    "texts",
    "mail_kinds",
    "customer_levels",
    "search_links",
    "check_depth",
    "payment_terms",
    "country_risk",
)
"""Files with a schema of their own name; selectors belong to the extension and are passed on as they are."""


REPLACEABLE = ("customer_levels", "check_depth", "payment_terms", "country_risk")
"""Files of which a company may put its own into the overlay folder: policy, no knowledge of fraud."""


@dataclass(slots=True)
class Sources:
    """Documents by what they describe. `single` holds the one-off files by name (levels, groups, …)."""

    folder: Path
    facts: Document | None = None
    single: dict[str, Document] = field(default_factory=dict[str, Document])
    rules: list[Document] = field(default_factory=list[Document])
    combos: list[Document] = field(default_factory=list[Document])
    phrases: list[Document] = field(default_factory=list[Document])
    moves: list[Document] = field(default_factory=list[Document])
    overlaid: set[str] = field(default_factory=set[str])
    """Names of the files that come from the overlay."""

    @property
    def shaped(self) -> list[tuple[str, Document]]:
        """The one-off files that have a schema, with its name."""
        return [(name, self.single[name]) for name in _SHAPED if name in self.single]


def read_sources(
    folder: Path, overlay: Path | None, problems: list[Problem], skipped: frozenset[str] = frozenset()
) -> Sources:
    """All documents of the folder and of the overlay's rules/, combos/ and phrases/, but for the `skipped` files.

    Mistakes go to `problems`.
    """
    sources = Sources(folder)
    sources.facts = _one(folder, "schema/facts.yaml", problems, required=True)
    for name in (*_REQUIRED, *_OPTIONAL):
        _single(sources, name, f"{name}.yaml", overlay, problems, skipped)
    _single(sources, "country_risk", "tables/country_risk.yaml", overlay, problems, skipped)
    for path in sorted((folder / "moves").glob("*.yaml")):
        name = f"moves/{path.name}"
        document = None if name in skipped else read_yaml(path, name, problems)
        if document is not None:
            sources.moves.append(document)
    for root, prefix in ((folder, ""), (overlay, "overlay/")):
        if root is None:
            continue
        for kind, into in (("rules", sources.rules), ("combos", sources.combos), ("phrases", sources.phrases)):
            for path in sorted((root / kind).rglob("*.yaml")):
                name = prefix + path.relative_to(root).as_posix()
                document = None if name in skipped else read_yaml(path, name, problems)
                if document is not None:
                    into.append(document)
                    if prefix:
                        sources.overlaid.add(name)
    return sources


def _single(
    sources: Sources, name: str, file: str, overlay: Path | None, problems: list[Problem], skipped: frozenset[str]
) -> None:
    """A one-off file; the company's own, where it has one and may."""
    own = overlay / f"{name}.yaml" if overlay and name in REPLACEABLE else None
    if own is not None and own.is_file() and f"overlay/{name}.yaml" not in skipped:
        document = read_yaml(own, f"overlay/{name}.yaml", problems)
        sources.overlaid.add(f"overlay/{name}.yaml")
        _lend_words(document, _one(sources.folder, file, problems, required=False))
    elif file in skipped:
        return
    else:
        document = _one(sources.folder, file, problems, required=name in _REQUIRED)
    if document is not None:
        sources.single[name] = document


def _lend_words(own: Document | None, shipped: Document | None) -> None:
    """Words that the company's file leaves out are ours: a later release may say something new."""
    ours, theirs = (_texts(document.data) if document else {} for document in (shipped, own))
    for name in ours.keys() - theirs.keys() if theirs else ():
        theirs[name] = ours[name]


def _texts(data: Any) -> dict[str, Any]:
    texts = cast("dict[str, Any]", data).get("texts") if isinstance(data, dict) else None
    return cast("dict[str, Any]", texts) if isinstance(texts, dict) else {}


def _one(folder: Path, name: str, problems: list[Problem], *, required: bool) -> Document | None:
    path = folder / name
    if not path.is_file():
        if required:
            problems.append(Problem(name, 1, "", "is missing"))
        return None
    return read_yaml(path, name, problems)
