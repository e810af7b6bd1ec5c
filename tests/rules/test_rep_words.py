"""What reps read is free of our own references: they know no demand R-35 and no source S2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.evidence.collect import collect
from server.judging.verdict import judge
from server.model import Message
from server.rulebook.book import Rulebook

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RULES = Path("shared_rules")
OURS = re.compile(r"\bR-\d|[(（]S\d|原文|\bthe source\b")


def words(data: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text under `en` or `zh_CN`, with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from words(value, f"{place}.{key}")
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from words(value, f"{place}[{at}]")
    elif isinstance(data, str) and place.endswith((".en", ".zh_CN")):
        yield place, data


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.name)
def test_no_reference_of_ours_in_what_reps_read(path: Path) -> None:
    data = yaml.safe_load(path.read_text("utf8"))
    assert not [row for row in words(data) if OURS.search(row[1])], "say it in words, or in a comment"


def test_references_are_seen() -> None:
    texts = {"why": {"en": "Address and phone (R-35)", "zh_CN": "大额（原文未写）"}, "label": {"en": "Phone"}}
    assert [place for place, text in words(texts) if OURS.search(text)] == [".why.en", ".why.zh_CN"]


def test_what_was_not_checked_has_a_name(rulebook: Rulebook) -> None:
    """Of a mail of which nothing is known: no reader sees `reply_to.addresses`."""
    found = judge(collect(Message(), rulebook, now=NOW), rulebook, lang="en", complete=True, now=NOW)
    assert len(found.not_checked) > 50
    assert not {row.fact for row in found.not_checked} - set(rulebook.texts["facts"]), (
        "name it in shared_rules/texts.yaml"
    )
