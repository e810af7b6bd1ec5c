"""Splitting a mail's text into newest, signature and quoted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.evidence.lexicon import Lexicon
from server.evidence.parts import Parts, split_with


def texts(text: str, lexicon: Lexicon, *, forwarded: bool = False) -> dict[str, str]:
    parts = split_with(text, lexicon, forwarded=forwarded)
    return {
        name: "|".join(text[a:b].strip() for a, b in getattr(parts, name)) for name in ("newest", "signature", "quoted")
    }


LETTER = "Please quote 500 pcs of DN50 ball valves."


@pytest.mark.parametrize(
    "marker",
    [
        "On Mon, 3 Nov 2026 at 10:11, Amy Wang <amy@ours.example> wrote:",
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "From: Amy Wang\nSent: Monday\nTo: Bob\nSubject: offer",
        "发件人: Amy\n发送时间: 2026年11月3日\n收件人: Bob",
        "Am 03.11.2026 um 10:11 schrieb Amy Wang:",
        "Le lun. 3 nov. 2026 à 10:11, Amy Wang a écrit :",
        "El lun, 3 nov 2026 a las 10:11, Amy escribió:",
        "在 2026年11月3日 10:11，Amy 写道：",
        "________________________________\nVon: Amy",
    ],
    ids=lambda marker: marker[:16],
)
def test_a_marker_starts_the_quoted_part(marker: str, lexicon: Lexicon) -> None:
    found = texts(f"{LETTER}\n\n{marker}\n\nour old price was 3 USD", lexicon)
    assert found["newest"] == LETTER
    assert "old price" in found["quoted"]


def test_from_in_a_sentence_is_no_marker(lexicon: Lexicon) -> None:
    found = texts(f"{LETTER}\nFrom: our factory in Izmir\nwe ship weekly\nby truck\nand by sea\nonly.", lexicon)
    assert found["quoted"] == ""


def test_an_answer_below_the_quote_is_new(lexicon: Lexicon) -> None:
    found = texts("On Monday, Amy wrote:\n> which class?\n> and flange?\n\nClass 150, flange B16.5 please.", lexicon)
    assert found["newest"] == "Class 150, flange B16.5 please."
    assert "which class" in found["quoted"]


def test_single_quoted_lines_are_quoted_anywhere(lexicon: Lexicon) -> None:
    assert texts("> price?\n3 USD\n> port?\nNingbo", lexicon)["newest"] == "3 USD|Ningbo"


@pytest.mark.parametrize(
    "closing",
    ["Best regards,", "Regards", "此致", "Cordialement,", "С уважением,", "Saludos", "--", "Thanks & regards,"],
)
def test_a_closing_starts_the_signature(closing: str, lexicon: Lexicon) -> None:
    found = texts(f"{LETTER}\n\n{closing}\nJohn Smith\nAcme Ltd", lexicon)
    assert found["newest"] == LETTER
    assert "Acme Ltd" in found["signature"]


def test_a_postscript_is_said_to_the_reader(lexicon: Lexicon) -> None:
    found = texts(f"{LETTER}\nBest regards\nJohn\n\nP.S. pay today", lexicon)
    assert found["newest"].endswith("P.S. pay today")
    assert found["signature"] == "Best regards\nJohn"


def test_a_letter_below_its_own_closing_is_not_hidden(lexicon: Lexicon) -> None:
    assert "wire the fee" in texts("-- \nPlease wire the fee today.", lexicon)["newest"]


def test_a_long_text_after_a_closing_is_no_signature(lexicon: Lexicon) -> None:
    found = texts(f"{LETTER}\nThanks\n" + "pay the notary now\n" * 20, lexicon)
    assert found["signature"] == ""
    assert "notary" in found["newest"]


def test_a_mail_of_quotation_only_is_read(lexicon: Lexicon) -> None:
    assert "wire" in texts("> wire the fee\n> today", lexicon)["newest"]


def test_a_forwarded_mail_is_read_if_nothing_is_said_above_it(lexicon: Lexicon) -> None:
    text = "FYI\n-----Original Message-----\nwe need 500 pcs"
    assert "500 pcs" in texts(text, lexicon, forwarded=True)["newest"]
    assert "500 pcs" not in texts(text, lexicon)["newest"]


PIECES = [
    "> a",
    "On x wrote:",
    "From: a",
    "To: b",
    "regards",
    "--",
    "P.S. x",
    "",
    "text " * 9,
    "发件人：a",
    "\r",
    "\u2028",
    "_" * 30,
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=40).map("\n".join), st.booleans())
def test_parts_are_ordered_and_apart(text: str, forwarded: bool) -> None:
    parts: Parts = split_with(text, _LEXICON[0], forwarded=forwarded)
    spans = sorted([*parts.newest, *parts.signature, *parts.quoted])
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans) == text


_LEXICON: list[Lexicon] = []


@pytest.fixture(autouse=True)
def _keep(lexicon: Lexicon) -> None:
    _LEXICON[:] = [lexicon]
