"""The kind of mail: the first row of mail_kinds.yaml whose condition holds. Twin: extension/src/evidence/kind.js."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.model import Evidence
from server.rulebook.book import Rulebook
from server.rulebook.conditions import context


def kind_fact(evidence: Evidence, rulebook: Rulebook, phrases: Mapping[str, list[str]]) -> None:
    """The fact `mail.kind`. A row whose facts are unknown is passed over."""
    known: Mapping[str, Mapping[str, Any]] = evidence.known
    variables = context(rulebook.fact_groups, known, phrases)
    found = next((row.kind for row in rulebook.kinds if row.when.evaluate(variables)), "other")
    evidence.put("mail.kind", found)
