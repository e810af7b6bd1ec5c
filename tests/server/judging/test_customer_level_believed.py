"""What a mail must not be believed for, on the shipped policy: details that contradict each other, talk that cannot have been."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from server.evidence.collect import collect
from server.judging.verdict import judge
from server.meaning.deal_heads import SIGNS
from server.model import Address, Message
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PROJECT = (
    "Dear Sales Manager,\n\nWe need LED bulb E27, {spec}, 220V, 840,000 pcs, white, colour box, CE, CIF Mombasa.\n"
    "{more}\n\nRegards\nAnthony Okello\nCoast Housing Supplies Ltd\n+254 20 555 0123"
)
REFUSES = "The price is not the matter. For confidentiality we cannot share the contract and registration papers."
FIRST = "Good day, I am Anthony of Coast Housing Supplies. What is the price of 500 pcs gate valve? The container leaves soon."


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def level(book: Rulebook, text: str, sender: str, **signs: list[str]) -> int | None:
    """The level with the signs of a deal that the meaning stage would have found."""
    made = collect(Message(sender=Address(sender, "Anthony Okello"), text=text), book, now=NOW)
    for sign in (*SIGNS, "under_way"):
        made.put(f"deal_signs.{sign}", list(signs.get(sign, [])))
    return judge(made, book, lang="en", complete=True, now=NOW).customer_level.level


@pytest.mark.parametrize(
    ("spec", "more", "expected"),
    [
        ("9W, 810 lumen", "Our registration papers are attached.", 2),
        ("12W, 5000 lumen, price per kg", REFUSES, 4),
    ],
    ids=["details that fit: 2", "details that contradict each other, papers refused, price no matter: 4"],
)
def test_details_must_fit(book: Rulebook, spec: str, more: str, expected: int) -> None:
    text = PROJECT.format(spec=spec, more=more)
    found = level(book, text, "a.okello@coasthousing.example", specification=[spec], goods=["LED bulb"])
    assert found == expected


@pytest.mark.parametrize(
    ("introduces", "expected"),
    [([], 2), (["I am Anthony of Coast Housing Supplies."], 3)],
    ids=["knows us: talk goes on", "introduces himself: nothing goes on yet"],
)
def test_who_introduces_himself_has_no_earlier_talk(book: Rulebook, introduces: list[str], expected: int) -> None:
    signs = {"specification": ["500 pcs gate valve"], "under_way": ["order_under_way"], "who_he_is": introduces}
    assert level(book, FIRST, "anthony.okello@gmail.com", **signs) == expected


def test_a_placed_order_under_way_is_level_1(book: Rulebook) -> None:
    text = "Hello Amy, the sample fee was transferred today, bank slip attached. Please find attached our trial order."
    assert level(book, text, "lin@north-valves.example", under_way=["payment_made"]) == 1


@pytest.mark.parametrize(
    ("vague", "expected"), [(["just want to cooperate"], 4), ([], None)], ids=["vague wish: 4", "no wish"]
)
def test_who_only_wants_to_do_business_is_level_4(book: Rulebook, vague: list[str], expected: int | None) -> None:
    text = "Hello, I saw your address on a box. I do not know yet what I could sell here. Greetings"
    assert level(book, text, "tamara@mail.example", vague=vague) == expected
