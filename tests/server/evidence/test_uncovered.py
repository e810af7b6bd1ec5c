"""Hidden letters are taken away, and ranges lead back to what was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.evidence.collect import collect
from server.evidence.uncovered import uncovered
from server.model import Address, Message
from server.rulebook.load import load_rulebook
from server.rulebook.normalise import HIDDEN

LETTER = "Dear Sir,\n\nplease deliver 40 printers, net 30 days.\n\nBest regards\nJohn Miller\nProcurement\n{name}\n"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", "plain"),
        ("Uni\u200bver\u200dsity\ufeff", "University"),
        ("Univеrsity", "University"),  # a Cyrillic е
        ("Uni\u200bvеr\u00adsity", "University"),
        ("Москва и Moscow", "Москва и Moscow"),
        ("\u200b\u200b", ""),
        ("a\r\nb\tc", "a\r\nb\tc"),
    ],
)
def test_what_the_reader_sees(text: str, seen: str) -> None:
    assert uncovered(text).text == seen


@given(st.text(st.sampled_from("ab е\n\u200b\u200d\ufeffé"), max_size=40))
def test_ranges_lead_back(text: str) -> None:
    clean = uncovered(text)
    for start in range(len(clean.text)):
        low, high = clean.original(start, start + 1)
        assert high == low + 1
        assert clean.text[start] == text[low] or (clean.text[start], text[low]) in {("e", "е"), ("а", "a")}
    low, high = clean.original(0, len(clean.text))
    assert HIDDEN.sub("", text[low:high]) == HIDDEN.sub("", text)


@pytest.mark.parametrize(
    "name", ["University of Springfield", "Uni\u200bversity of Spring\u200bfield", "Univеrsity of Springfield"]
)
def test_an_institution_is_read_through_hidden_letters(name: str) -> None:
    text = LETTER.format(name=name)
    message = Message(sender=Address("john@springfield-univ.example", "John Miller"), text=text)
    evidence = collect(message, load_rulebook(), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert evidence.get("identity.institution_claim") == "University of Springfield"
    assert [quote.text for quote in evidence.quotes["identity.institution_claim"]] == [name]
    assert all(
        text[quote.start : quote.end] == quote.text
        for quotes in evidence.quotes.values()
        for quote in quotes
        if quote.part == "body"
    )
    assert evidence.newest == ((0, text.index("Best")),)
