"""The name of the goods in a wording."""

from __future__ import annotations

import pytest

from server.rulebook.goods import goods_of


@pytest.mark.parametrize(
    ("wording", "goods"),
    [
        ("Quotation for laboratory valves", "laboratory valves"),
        ("prices for sixty stainless needle valves", "stainless needle valves"),
        ("order 200 LED flood lights", "LED flood lights"),
        ("quote your 600x600 LED panel", "LED panel"),
        ("quote 500 pcs ball valve", "ball valve"),
        ("need 2,000 pieces of LED panel lights", "LED panel lights"),
        ("buy two containers of floor tiles", "floor tiles"),
        ("面料", "面料"),
        ("price of", ""),
        ("", ""),
    ],
)
def test_goods(wording: str, goods: str) -> None:
    assert goods_of(wording) == goods
