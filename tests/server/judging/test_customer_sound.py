"""What a mail as a whole sounds like, weighed against the criteria of the customer levels (the shipped policy's words)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from server.evidence.collect import collect
from server.judging.verdict import judge
from server.meaning.tenor import CUSTOMERS
from server.model import Address, CustomerLevel, Message, Quote
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TEXT = "Good day, what is the price of 500 pcs gate valve DN80? We need it soon."
SENTENCE = "We need it soon."
USUAL = {
    "identity.given": ["person", "company"],
    "deal.details": ["quantity", "parameters"],
    "deal_signs.specification": [],
    "deal.begun": [],
}
"""As many of what is counted as speaks for no level."""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def level(book: Rulebook, heard: dict[str, float], known: dict[str, object] | None = None) -> CustomerLevel:
    """The level of a mail that the criteria put on 3. `heard`: chances by the names of CUSTOMERS, others .01."""
    made = collect(Message(sender=Address("anthony@gmail.com", "Anthony Okello"), text=TEXT), book, now=NOW)
    at = TEXT.index(SENTENCE)
    for name in CUSTOMERS if heard else ():
        made.put(f"deal_signs.{name}", heard.get(name, 0.01), Quote("body", SENTENCE, at, at + len(SENTENCE)))
    for fact, value in {**USUAL, **(known or {})}.items():
        made.put(fact, value)  # type: ignore[arg-type]
    return judge(made, book, lang="en", complete=True, now=NOW).customer_level


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ({}, 3),
        ({"level_3": 0.2, "level_4": 0.6}, 3),
        ({"level_3": 0.1, "level_4": 0.6}, 4),
        ({"level_3": 0.1, "level_2": 0.8}, 3),
        ({"level_3": 0.1, "level_1": 0.8}, 1),
        ({"level_3": 0.2, "no_customer": 0.7}, 3),
        ({"level_3": 0.02, "no_customer": 0.8}, None),
    ],
    ids=[
        "nothing heard: criteria alone",
        "level 4 is likelier, but not so much",
        "level 4 is much likelier: lowered",
        "level 2 is much likelier, but in a short mail it must be read",
        "level 1 is much likelier: lifted",
        "perhaps no customer: level stays",
        "surely no customer: no level",
    ],
)
def test_the_sound_is_weighed_against_the_criteria(book: Rulebook, heard: dict[str, float], expected: int) -> None:
    assert level(book, heard).level == expected


@pytest.mark.parametrize(
    ("heard", "known", "expected"),
    [
        ({"level_3": 0.3, "level_4": 0.6}, {}, 3),
        ({"level_3": 0.3, "level_4": 0.6}, {"identity.given": []}, 4),
        ({"level_3": 0.1, "level_2": 0.5}, {"content.chars": 700}, 2),
        ({"level_3": 0.3, "level_2": 0.5}, {"content.chars": 700}, 3),
        ({"level_3": 0.3, "level_2": 0.5}, {"content.chars": 700, "deal_signs.specification": ["DN80 PN16"]}, 2),
        ({"level_3": 0.1, "level_2": 0.5}, {"content.chars": 700, "deal.begun": ["our deposit"]}, 3),
        ({"level_3": 0.05, "no_customer": 0.9}, {"deal.details": []}, None),
        ({"level_3": 0.05, "no_customer": 0.9}, {"deal.details": ["quantity", "parameters", "packing"]}, 3),
    ],
    ids=[
        "level 4 a little likelier",
        "level 4 a little likelier, and he says nothing of himself: lowered",
        "level 2 much likelier in a long mail: lifted",
        "level 2 a little likelier in a long mail",
        "level 2 a little likelier in a long mail, and a specification: lifted",
        "level 2 much likelier, but a deal has begun",
        "no customer, no details: no level",
        "perhaps no customer, but details: level stays",
    ],
)
def test_what_is_written_counts_with_the_sound(
    book: Rulebook, heard: dict[str, float], known: dict[str, object], expected: int | None
) -> None:
    assert level(book, heard, known).level == expected


def test_what_was_counted_is_named(book: Rulebook) -> None:
    found = level(book, {"level_3": 0.3, "level_4": 0.6}, {"identity.given": []})
    text = next(row.text for row in found.criteria if row.id == "sounds_like")
    assert "would give 3 (counted with it: data about the writer: 0)" in text


def test_what_is_not_known_counts_for_nothing(book: Rulebook) -> None:
    entries: list[str] = []
    assert level(book, {"level_3": 0.3, "level_4": 0.6}, {"identity.given": None}).level == 3
    assert level(book, {"level_3": 0.3, "level_4": 0.6}, {"identity.given": entries}).level == 4


@pytest.mark.parametrize(
    "known",
    [{"context.order_placed": False}, {"thread.length": 0}],
    ids=["the rep knows of no order", "first mail of the thread"],
)
def test_what_is_known_bars_level_1(book: Rulebook, known: dict[str, object]) -> None:
    assert level(book, {"level_3": 0.1, "level_1": 0.8}, known).level == 3


@pytest.mark.parametrize("fact", ["context.order_placed", "context.visited_us", "context.local_influence"])
def test_nothing_outvotes_what_the_rep_knows(book: Rulebook, fact: str) -> None:
    assert level(book, {"level_4": 0.9, "no_customer": 0.09}, {fact: True}).level == 1


def test_what_outvoted_the_criteria_is_shown_with_its_sentence(book: Rulebook) -> None:
    found = level(book, {"level_3": 0.1, "level_4": 0.6})
    row = next(row for row in found.criteria if row.id == "sounds_like")
    assert (row.level, row.met, row.quote) == (4, "yes", SENTENCE)
    assert "level 4" in row.text and "would give 3" in row.text
    assert f"{row.text}: “{SENTENCE}”" in found.evidence
    assert not any(row.id == "sounds_like" for row in level(book, {"level_3": 0.9}).criteria)


def test_a_policy_without_sound_counts_criteria_only(book: Rulebook) -> None:
    bare = replace(book, customer_levels=replace(book.customer_levels, sound=None))
    assert level(bare, {"level_3": 0.1, "level_4": 0.6}).level == 3
