"""Leaving rules out is no shortcut in meaning: what the plan leaves out, CEL calls false."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.rulebook.book import Rulebook
from server.rulebook.condition_needs import needs
from server.rulebook.condition_syntax import Reader
from server.rulebook.conditions import context
from server.rulebook.load import load_rulebook

VALUES: Mapping[str, list[Any]] = {
    "bool": [True, False],
    "int": [0, 3, 400, 3000],
    "number": [0.0, 0.5],
    "string": ["", "fail", "none", "pass", "Support via x", "a.sa.com"],
    "list": [[], ["x@list"], ["x", "y"]],
}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


@given(number=st.integers(0, 1 << 32))
@settings(max_examples=60, deadline=None)
def test_what_is_left_out_is_false(book: Rulebook, number: int) -> None:
    seed = Random(number)
    known: dict[str, dict[str, Any]] = {}
    for name, fact in book.facts.items():
        group, _, key = name.partition(".")
        if seed.random() < 0.8:
            known.setdefault(group, {})[key] = seed.choice(VALUES[fact.type])
    phrases = {name: [] if seed.random() < 0.9 else ["x"] for name in book.phrase_sets if seed.random() < 0.9}
    fired = {rule.id: seed.random() < 0.1 for rule in book.rules if seed.random() < 0.9}
    variables = context(book.fact_groups, known, phrases, fired)
    for plan in book.plans:
        looked_at = set(plan.open(variables.variables))
        for place, rule in enumerate(plan.rules):
            answer = rule.when.by_cel(variables)
            assert rule.when.evaluate(variables) is answer, rule.id
            assert place in looked_at or answer is False, rule.id


def test_most_rules_can_be_left_out(book: Rulebook) -> None:
    rules, combos = book.plans
    assert len(rules.always) < len(rules.rules) / 10
    assert not combos.always


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("phrases.a.size() > 0 && sender.b", {("phrases", "a")}),
        ("sender.b && phrases.a.size() > 0", {("phrases", "a")}),
        ("phrases.a.size() > 0 || fired.b", {("phrases", "a"), ("fired", "b")}),
        ("phrases.a.size() > 0 || !fired.b", set()),
        ('a.b == "x"', {("a", "b")}),
        ('a.b == ""', set()),
        ('a.b != ""', {("a", "b")}),
        ('a.b != "x"', set()),
        ("a.b < 30", set()),
        ("a.b >= 1", {("a", "b")}),
        ("a.b >= 0", set()),
        ('a.b in ["x", "y"]', {("a", "b")}),
        ('a.b in ["x", ""]', set()),
        ('"x" in a.b', {("a", "b")}),
        ('a.b.contains("x")', {("a", "b")}),
        ('a.b.contains("")', set()),
        ('a.b.exists(x, x == "")', {("a", "b")}),
        ("a.b ? a.c : a.d", set()),
    ],
)
def test_needs(condition: str, expected: set[tuple[str, str]]) -> None:
    assert needs(Reader(condition).read()) == expected
