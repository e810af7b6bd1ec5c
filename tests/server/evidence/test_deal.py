"""What a mail says of a deal that has begun: each sign counts once, and talk alone is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from server.evidence.collect import collect
from server.model import Address, Message
from server.rulebook.book import Rulebook
from server.rulebook.load import load_sound_part

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_sound_part()[0]


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("Thank you for your quotation, we will think about it until Friday.", []),
        ("For our batch B-4711 please use the green label on the outer box.", ["number"]),
        ("PI MT-1023 is in order for us, please go on with it this week.", ["document"]),
        ("Please make it like last time. It is a repeat order for the spring.", ["past", "often"]),
        ("请把合同HV-618的货在本月底以前发到我们工地的仓库。", ["order"]),
    ],
)
def test_signs_that_a_deal_has_begun(book: Rulebook, text: str, begun: list[str]) -> None:
    message = Message(sender=Address("ann@importer.example", "Ann"), subject="Hello", text=text)
    evidence = collect(message, book, now=NOW)
    assert evidence.get("deal.begun") == begun, evidence.get("deal.history")
