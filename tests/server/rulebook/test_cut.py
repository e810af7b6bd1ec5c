"""Where texts are cut for readers. The same rows stand in tests/extension/rulebook/cut.test.mjs."""

from __future__ import annotations

import pytest

from server.rulebook.cut import fit, shortened, whole_words

SHORTENED = [
    ("pay the shipping agent", 30, "pay the shipping agent"),
    ("pay the shipping agent today", 22, "pay the shipping…"),
    ("pay the shipping agent today", 23, "pay the shipping agent…"),
    ("pay the shipping  agent", 18, "pay the shipping…"),
    ("a " + "x" * 60, 50, "a " + "x" * 47 + "…"),
    ("请先把运费付给我们的货代", 6, "请先把运费…"),
    ("运费 USD 1,850 付给货代", 10, "运费 USD…"),
    ("付给agent公司", 5, "付给…"),
    ("𠮷野家 and more words", 8, "𠮷野家 and…"),
    ("x", 1, "x"),
]

WHOLE = [
    ("нужна компания-агент", 6, 12, (6, 14)),
    ("our shipping agents", 6, 9, (4, 12)),
    ("规格：DN80", 3, 4, (3, 7)),
    ("先付运费再说", 1, 3, (1, 3)),
    ("5 000 pcs", 0, 1, (0, 1)),
    ("مجاناً الآن", 0, 5, (0, 6)),
    ("x" * 60, 30, 31, (6, 55)),
]


@pytest.mark.parametrize(("text", "most", "shown"), SHORTENED)
def test_between_words(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown
    assert len(shown) <= most


@pytest.mark.parametrize(("text", "start", "end", "place"), WHOLE)
def test_wordings_take_in_the_rest_of_their_words(text: str, start: int, end: int, place: tuple[int, int]) -> None:
    assert whole_words(text, start, end) == place


def test_white_space_at_the_cut_is_left_out() -> None:
    assert fit("one two  three", 9) == 7
    assert fit("one two", 9) == 7
