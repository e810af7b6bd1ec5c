"""Mixed words in one script; the same cases as tests/extension/rulebook/onescript.test.mjs."""

from __future__ import annotations

import pytest

from server.rulebook.one_script import one_script

CASES = [
    ("pаymеnt", "payment"),
    ("Ваnk ассоunt", "Bank account"),
    ("αccοunt", "account"),
    ("cтоимость", "стоимость"),
    ("LEDлампа 50мм", "LEDлампа 50мм"),
    ("оплата счёта", "оплата счёта"),
    ("payment", "payment"),
    ("10 μm kΩ", "10 μm kΩ"),
    ("рау", "рау"),
    ("", ""),
]


@pytest.mark.parametrize(("mixed", "plain"), CASES)
def test_a_word_stands_in_one_script(mixed: str, plain: str) -> None:
    assert one_script(mixed) == plain


def test_every_character_stays_in_its_place() -> None:
    text = "the bаnk «оf» Ghana, 付款 ассоunt\n" * 50
    assert len(one_script(text)) == len(text)
