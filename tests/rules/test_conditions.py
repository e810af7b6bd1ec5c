"""Every condition in shared_rules/, with all facts known and with each of them missing: nothing but an answer comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.rulebook.book import Rulebook
from server.rulebook.conditions import Condition, Context, context
from server.rulebook.read_policy import POLICY_FACTS

EXTRA = ("risk", "level", "plan")
"""Groups that the judgement adds to the facts."""
SAMPLES: dict[str, list[Any]] = {
    "bool": [True, False],
    "int": [0, 400],
    "number": [0.5, 7.0],
    "string": ["", "x.example"],
    "list": [[], ["x"]],
}


def conditions(book: Rulebook) -> Iterator[tuple[str, Condition]]:
    for rule in (*book.rules, *book.combos):
        yield rule.id, rule.when
    for kind in book.kinds:
        yield kind.kind, kind.when
    yield from policy(book)
    for profile in book.search_links.profiles:
        yield profile.id, profile.when
    for number, void in enumerate(book.levels.trust_void_when):
        yield f"trust_void_when {number}", void


def policy(book: Rulebook) -> Iterator[tuple[str, Condition]]:
    """The conditions of the next step."""
    levels = book.customer_levels
    criteria = [criterion for rung in levels.rungs for criterion in rung.criteria]
    items = book.check_depth.items.values()
    optional = [("applies_when", levels.applies_when), *((f"level {row.level}", row.unless) for row in levels.rungs)]
    optional += [(f"{row.id} unless", row.unless) for row in criteria] + [(row.id, row.also) for row in items]
    yield from ((name, condition) for name, condition in optional if condition is not None)
    yield from ((row.id, row.when) for row in (*criteria, *book.check_depth.reasons, *book.payment_terms.limits))


def sample(book: Rulebook, condition: Condition, which: int, missing: str = "") -> Context:
    known: dict[str, dict[str, Any]] = {}
    types = {name: fact.type for name, fact in book.facts.items()} | POLICY_FACTS
    for name in condition.uses.facts:
        group, fact = name.split(".")
        if name != missing:
            known.setdefault(group, {})[fact] = SAMPLES[types[name]][which]
    phrases = {name: SAMPLES["list"][which] for name in condition.uses.sets if f"phrases.{name}" != missing}
    fired = {name: bool(which) for name in condition.uses.fired if f"fired.{name}" != missing}
    return context((*book.fact_groups, *EXTRA), known, phrases, fired)


def answer(condition: Condition, variables: Context) -> bool | None:
    """The answer, the same in both ways of getting it."""
    found = condition.evaluate(variables)
    assert found is condition.by_cel(variables), condition.text
    return found


def test_conditions_answer_whatever_is_known(rulebook: Rulebook) -> None:
    for name, condition in conditions(rulebook):
        found = condition.uses
        used = [*found.facts, *(f"phrases.{one}" for one in found.sets), *(f"fired.{one}" for one in found.fired)]
        for which in (0, 1):
            assert answer(condition, sample(rulebook, condition, which)) in (True, False), name
            for missing in used:
                assert answer(condition, sample(rulebook, condition, which, missing)) in (True, False, None), name


def test_a_rule_can_fire_and_be_left_unchecked(rulebook: Rulebook) -> None:
    """With nothing known no rule fires, and none is called silent without having looked."""
    empty = context((*rulebook.fact_groups, *EXTRA), {}, {})
    for rule in (*rulebook.rules, *rulebook.combos):
        assert rule.when.evaluate(empty) is None, rule.id


def test_the_rulebook_is_small_enough(rulebook: Rulebook) -> None:
    import gzip

    assert len(gzip.compress(rulebook.json_bytes, 9)) <= 400 * 1024
