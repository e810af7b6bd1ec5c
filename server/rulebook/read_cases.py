"""The cases inside a rule or phrase file, in one shape whatever shorthand they were written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.rulebook.rule import CASE_KINDS, Case, CaseKind


def read_cases(rows: Sequence[Mapping[str, Any]]) -> tuple[Case, ...]:
    """`- fires: {text: …}` or `- matches: "text"`, with `quote:` inside or beside it. The form was checked before."""
    counts: dict[CaseKind, int] = {kind: 0 for kind in CASE_KINDS}
    cases: list[Case] = []
    for row in rows:
        kind: CaseKind = next(kind for kind in CASE_KINDS if kind in row)
        counts[kind] += 1
        content: Any = row[kind]
        body: Mapping[str, Any] = {"text": content} if isinstance(content, str) else content
        cases.append(
            Case(
                kind,
                counts[kind],
                body.get("text"),
                body.get("subject"),
                body.get("facts", {}),
                body.get("fired", {}),
                row.get("quote", body.get("quote")),
            )
        )
    return tuple(cases)
