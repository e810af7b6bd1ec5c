"""Clauses of long sentences and runs of short lines: what is looked at beside the sentences."""

from __future__ import annotations

import time

import pytest

from server.meaning.closer import MOST, closer
from server.meaning.units import sentences
from server.rulebook.book import Rulebook


def looked_at(book: Rulebook, text: str) -> list[str]:
    """Each place as it stands in the original; what belongs together joined by a bar."""
    piece = book.scanner.piece("body", text, [(0, len(text))])
    found = sentences(piece)
    places, groups = closer(piece, found, set(range(len(found))))
    return ["|".join(text[places[at].sentence.start : places[at].sentence.end] for at in group) for group in groups]


def test_a_list_is_read_as_one_sentence_without_its_bullets(book: Rulebook) -> None:
    text = "Please note:\n- Our agent gets\n- His fee from you\n- Before loading."
    piece = book.scanner.piece("body", text, [(0, len(text))])
    found = sentences(piece)
    places, groups = closer(piece, found, set(range(len(found))))
    assert [place.sentence.text for place in places] == ["please note: our agent gets his fee from you before loading."]
    assert groups == [(0,)] and places[0].of == (0, 1, 2, 3)


def test_a_long_sentence_is_read_by_clauses(book: Rulebook) -> None:
    first = "As discussed with your colleague at the fair in autumn"
    move = "our shipping agent must receive his fee from you in advance"
    last = "and the goods should be packed in wooden cases with our marks"
    found = looked_at(book, f"{first}, {move}, {last}.")
    assert move in found and f"{first}|{move}" in found and f"{first}|{move}|{last}." not in found


def test_ordinary_sentences_need_no_closer_look(book: Rulebook) -> None:
    assert not looked_at(
        book, "Dear Ms Li, please quote 200 valves.\n\nWe pay 30 % in advance, as last time.\n\nThanks."
    )


def test_only_what_is_suspected_is_looked_at(book: Rulebook) -> None:
    calm = "As discussed with your colleague at the fair in autumn, the goods should be packed in wooden cases with our marks"
    move = "You know that our shipping agent works by the rules, he must receive his fee from you before he books the vessel"
    text = f"{calm}, which our customs asks for and you have done before.\n\n{move}, and he is waiting for it since last week, as he told us."
    piece = book.scanner.piece("body", text, [(0, len(text))])
    found = sentences(piece)
    places, _ = closer(piece, found, {1})
    assert places and all(place.of == (1,) for place in places)
    assert closer(piece, found, set()) == ([], [])


@pytest.mark.parametrize(
    "text", ["pay us, " * 6000, "pay\n\n" * 9000, "付款，" * 16_000, "x" * 49_000, "a - b (c, " * 4900, "1. \n" * 9000]
)
def test_bounded(book: Rulebook, text: str) -> None:
    piece = book.scanner.piece("body", text, [(0, len(text))])
    found = sentences(piece)
    began = time.process_time()
    places, groups = closer(piece, found, set(range(len(found))))
    assert time.process_time() - began < 0.2
    assert len(places) <= MOST and len(groups) <= 3 * MOST
