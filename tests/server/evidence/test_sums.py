"""Numbers of money as people write them."""

from __future__ import annotations

import pytest

from server.evidence.order import number_in


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("USD 45,000.00", 45_000),
        ("1.200,50 €", 1200.5),
        ("USD 1.2 million", 1_200_000),
        ("800.000 000 USD", 800_000_000),
        ("EUR 1.234.567", 1_234_567),
        ("USD", 0),
    ],
)
def test_number_in(words: str, number: float) -> None:
    assert number_in(words) == number
