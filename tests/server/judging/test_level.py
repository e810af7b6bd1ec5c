"""Levels, and how sure they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.judging.level import confidence_of, has_body, level_of
from server.model import Evidence
from server.rulebook.book import Rulebook

Facts = Callable[..., Evidence]
NOBODY: dict[str, Any] = {"sender.address": None, "content.chars": None}


@pytest.mark.parametrize(
    ("score", "known", "level"),
    [
        (0, {}, "low"),
        (19, {}, "low"),
        (20, {}, "caution"),
        (45, {}, "high"),
        (70, {}, "critical"),
        (0, NOBODY, "unknown"),
        (19, {**NOBODY, "content.chars": 19}, "unknown"),
        (0, {"sender.address": None}, "low"),
        (0, {"content.chars": 5}, "low"),
        (25, NOBODY, "caution"),
        (85, NOBODY, "critical"),
        (0, {"content.language_covered": False}, "unknown"),
        (20, {"content.language_covered": False}, "caution"),
        (0, {"content.chars": 3, "content.language_covered": False}, "low"),
    ],
)
def test_level(book: Rulebook, facts: Facts, score: int, known: dict[str, Any], level: str) -> None:
    assert level_of(score, facts(known), book.levels) == level


@pytest.mark.parametrize(
    ("known", "why", "confidence"),
    [
        ({}, "not_applicable", "high"),
        ({}, "not_published", "high"),
        ({}, "offline", "medium"),
        ({}, "timed_out", "medium"),
        ({"sender.address": None}, "not_applicable", "low"),
        ({"content.chars": 3}, "not_applicable", "low"),
        ({"content.language_covered": False}, "not_applicable", "low"),
    ],
)
def test_confidence(book: Rulebook, facts: Facts, known: dict[str, Any], why: str, confidence: str) -> None:
    assert confidence_of(facts(known, domain=why), book.levels) == confidence


def test_has_text_stands_in_for_the_count(book: Rulebook, facts: Facts) -> None:
    assert has_body(facts({"content.chars": None, "content.has_text": True}), book.levels)
