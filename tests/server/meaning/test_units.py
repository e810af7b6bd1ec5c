"""Sentences and units: what is cut where, and that nothing makes a mail expensive."""

from __future__ import annotations

import time

import pytest

from server.meaning.units import MOST_CHARS, MOST_SENTENCES, MOST_UNITS, phrases_of, sentences, units
from server.rulebook.book import Rulebook


def cut(book: Rulebook, text: str) -> list[str]:
    found = sentences(book.scanner.piece("body", text, [(0, len(text))]))
    return [text[one.start : one.end] for one in found]


def test_sentences_in_original_wording(book: Rulebook) -> None:
    text = "Dear Mr. Wang,\nWe need No. 5 valves, approx. 30 pcs. Please quote!\n请先付款。谢谢"
    assert cut(book, text) == [
        "Dear Mr. Wang,",
        "We need No. 5 valves, approx. 30 pcs.",
        "Please quote!",
        "请先付款。",
        "谢谢",
    ]


def test_a_sentence_written_over_short_lines_is_one(book: Rulebook) -> None:
    assert cut(book, "Please pay\nour agent\nfirst.") == ["Please pay\nour agent\nfirst."]


def test_units_are_sentences_pairs_and_short_threes(book: Rulebook) -> None:
    text = "We place the order. Pay our agent. We pay it back later."
    found = sentences(book.scanner.piece("body", text, [(0, len(text))]))
    assert units(found) == [(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)]
    assert phrases_of(found, [(0,), (1, 2)], {"pay": [20, 50], "order": [13]}) == [{"order"}, {"pay"}]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 200_000,
        "a. " * 60_000,
        "Pay us now. " * 10_000,
        "付款，" * 40_000,
        "😀" * 50_000,
        "\n" * 100_000 + "a",
        "",
    ],
    ids=["one word", "letters", "sentences", "chinese", "emoji", "blank", "empty"],
)
def test_bounded(book: Rulebook, text: str) -> None:
    piece = book.scanner.piece("body", text[:49_152], [(0, min(len(text), 49_152))])
    began = time.perf_counter()
    found = sentences(piece)
    groups = units(found)
    assert time.perf_counter() - began < 1.0
    assert len(found) <= MOST_SENTENCES and len(groups) <= MOST_UNITS
    assert all(sum(len(found[index].text) for index in group) <= MOST_CHARS for group in groups)
