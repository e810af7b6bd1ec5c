"""Brand names inside domains and texts."""

from __future__ import annotations

import pytest

from server.evidence.brands import brand_places, domain_brand_word
from server.evidence.lexicon import Lexicon
from server.evidence.plain import fold


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("apple-procurement.com", "Apple"),
        ("tesla-usa.org", "Tesla"),
        ("walmartsupply.com", "Walmart"),
        ("mail.walmart-orders.top", "Walmart"),
        ("service-alibabamsg.top", "Alibaba"),
        ("carrefour-approvisionnement.com", "Carrefour"),
        ("appleton.com", ""),
        ("apple-orchards.com", ""),
        ("techtarget.com", ""),
        ("siemens-energy.com", ""),
        ("walmart.com", ""),
        ("abbey.com", ""),
        ("192.0.2.1", ""),
    ],
)
def test_brand_plus_word(host: str, name: str, lexicon: Lexicon) -> None:
    brand = domain_brand_word(host, lexicon)
    assert (brand.name if brand else "") == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We buy for Walmart Stores", ["Walmart"]),
        ("苹果公司采购部", ["Apple"]),
        ("Apple采购中心", ["Apple"]),
        ("pineapples and boschendal", []),
        ("goods made in China", []),
    ],
)
def test_brands_are_whole_words(text: str, names: list[str], lexicon: Lexicon) -> None:
    assert [brand.name for _, _, brand in brand_places(fold(text), lexicon)] == names
