"""Patterns of the tables: a choice finds what all its sources in one pattern would find."""

from __future__ import annotations

import pytest

from server.evidence.pattern import Choice, any_of

SOURCES = (
    r"my name is [\p{L} ]{2,50}(from|of) (the )?",
    "(i|we) (am|are) (from|of) (the )?",
    "on behalf of ",
    "我们是",
)
BEFORE = r"(?:^|[^\p{L}\p{N}]|\p{Han})"
TEXTS = (
    "my name is ann lee from ",
    "hello, my name is ann lee, and i am from the ",
    "on behalf of ",
    "upon behalf of ",
    "on behalf of our firm",
    "您好，我们是",
    "we are from \u017fiam",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("after", ["", "$"])
def test_a_choice_is_all_its_sources_in_one(text: str, after: str) -> None:
    choice, whole = Choice(SOURCES, BEFORE, after), any_of(SOURCES, BEFORE, after)
    assert choice.search(text) == whole.search(text)
    assert choice.holds(text) is (whole.search(text) is not None)


def test_some_of_them_match() -> None:
    assert [text for text in TEXTS if Choice(SOURCES, BEFORE, "$").holds(text)] == [
        TEXTS[0],
        TEXTS[1],
        TEXTS[2],
        TEXTS[5],
    ]
