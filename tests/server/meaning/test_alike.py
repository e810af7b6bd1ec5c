"""Near-duplicates: found exactly, whatever their length, and only within their kind."""

from __future__ import annotations

import random

import pytest

from server.meaning.alike import NEAR_DUPLICATE, Text, near_duplicates, trigrams

WORDS = [
    "pay",
    "our",
    "forwarder",
    "first",
    "and",
    "add",
    "it",
    "to",
    "your",
    "invoice",
    "the",
    "goods",
    "leave",
    "on",
    "friday",
    "we",
    "send",
    "papers",
    "by",
    "courier",
]


def made(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) + str(chance.randrange(9)) for _ in range(words))


@pytest.mark.parametrize("words", [3, 12, 60, 300])
def test_no_pair_is_missed_and_none_is_made_up(words: int) -> None:
    """Against the plain comparison of every pair, with texts changed at up to half of their words."""
    chance = random.Random(words)
    texts: list[Text] = []
    for number in range(120):
        text = made(chance, words)
        if texts and number % 3:
            parts = chance.choice(texts).text.split()
            for place in chance.sample(range(words), chance.randrange(words // 2 + 1)):
                parts[place] = made(chance, 1)
            text = " ".join(parts)
        texts.append(Text(chance.choice("ab"), str(number), text))
    expected = {
        one.place: next(
            (
                two.place
                for two in texts[:number]
                if two.kind == one.kind
                and len(trigrams(one.text) & trigrams(two.text))
                > NEAR_DUPLICATE * len(trigrams(one.text) | trigrams(two.text))
            ),
            None,
        )
        for number, one in enumerate(texts)
    }
    assert dict(near_duplicates(texts)) == {place: other for place, other in expected.items() if other is not None}
    assert any(expected.values())


def test_case_and_white_space_are_no_difference() -> None:
    assert list(near_duplicates([Text(0, "a", "Pay  Our\nforwarder"), Text(0, "b", "pay our forwarder")])) == [
        ("b", "a")
    ]
