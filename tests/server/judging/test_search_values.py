"""The values that searches ask for: known, specific, of the right person, country and number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.judging.search_values import country_of, search_values
from server.judging.signals import Fired, Signals
from server.model import Evidence, Quote
from server.rulebook.book import Rulebook

Facts = Callable[..., Evidence]
BASE: dict[str, Any] = {
    "sender.free_provider": False,
    "sender.org_domain": "firm.example",
    "identity.person": "Ann Lee",
}


def values(book: Rulebook, evidence: Evidence) -> dict[str, str]:
    return dict(search_values(evidence, book, Signals(), country_of(evidence)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "shown", "found"),
    [
        ("Ann Lee", "Info Desk", "Ann Lee"),
        ("Daniel", "Daniel Whitcombe", "Daniel Whitcombe"),
        ("Daniel", "Sales Team", None),
        ("", "Maria Lopez", "Maria Lopez"),
        ("", "maria@firm.example", None),
        ("Dipl.-Ing. Jürgen Hartwig", "", "Jürgen Hartwig"),
        ("Dr. Helen Marsh", "", "Helen Marsh"),
        ("王伟", "", "王伟"),
        ("Daniel", "", None),
    ],
)
def test_a_first_name_alone_is_nobodys(
    book: Rulebook, facts: Facts, person: str, shown: str, found: str | None
) -> None:
    known = {**BASE, "identity.person": person, "sender.name": shown}
    assert values(book, facts(known)).get("person") == found


def test_a_mailbox_provider_is_no_brand_to_search_for(book: Rulebook, facts: Facts) -> None:
    assert "brand" not in values(book, facts({**BASE, "sender.lookalike_brand": "gmail.com"}))
    assert values(book, facts({**BASE, "sender.lookalike_brand": "walmart.com"}))["brand"] == "walmart.com"


def test_phone_numbers(book: Rulebook, facts: Facts) -> None:
    found = values(book, facts({**BASE, "identity.phones": ["+442071838750", "+86138"]}))
    assert (found["phone_e164"], found["phone_national"], found["phone_digits"]) == (
        "+442071838750",
        "2071838750",
        "442071838750",
    )
    assert "phone_e164" not in values(book, facts({**BASE, "identity.phones": ["+44 OR 1"]}))


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"identity.claimed_country": "DE", "identity.tld_country": "FR"}, "DE"),
        ({"identity.claimed_country": "", "identity.tld_country": "FR"}, "FR"),
        ({"identity.claimed_country": "", "identity.tld_country": "", "identity.phone_countries": ["NG", "GB"]}, "NG"),
        ({"deal.country": "US", "identity.claimed_country": "DE"}, "US"),
        ({}, ""),
    ],
)
def test_the_mails_country(facts: Facts, known: dict[str, Any], code: str) -> None:
    assert country_of(facts(known)) == code


def test_an_address_is_searched_without_the_company(book: Rulebook, facts: Facts) -> None:
    known = {**BASE, "identity.company": "Acme Ltd", "identity.address": "Acme Ltd, Unit 2 Harbour Road, Leith"}
    assert values(book, facts(known))["address"] == "Unit 2 Harbour Road Leith"


def test_countries_in_both_languages(book: Rulebook, facts: Facts) -> None:
    found = values(book, facts({**BASE, "identity.claimed_country": "AE"}))
    assert (found["country"], found["country_zh"]) == ("United Arab Emirates", "阿拉伯联合酋长国")


@pytest.mark.parametrize(
    ("wording", "product"),
    [
        ("Quotation for laboratory valves", "laboratory valves"),
        ("prices for sixty stainless needle valves", "stainless needle valves"),
        ("quote your 600x600 LED panel", "LED panel"),
        ("order 200 LED flood lights", "LED flood lights"),
        ("面料", "面料"),
    ],
)
def test_product_words(book: Rulebook, facts: Facts, wording: str, product: str) -> None:
    evidence = facts(BASE)
    evidence.quotes["phrases.product_named"] = (Quote("body", wording, 0, len(wording)),)
    assert values(book, evidence)["product"] == product


@pytest.mark.parametrize("shared", ["disposable", "alias_provider", "vanity_provider"])
def test_a_shared_domain_is_nobodys(book: Rulebook, facts: Facts, shared: str) -> None:
    assert "domain" in values(book, facts(BASE))
    assert "domain" not in values(book, facts({**BASE, f"sender.{shared}": True}))
    assert "domain" not in values(book, facts({**BASE, "sender.free_provider": None})), "nobody could tell"


def test_a_fingerprint_is_a_wording_that_tells(book: Rulebook, facts: Facts) -> None:
    rules = book.by_id

    def of(rule: str, text: str) -> str | None:
        result = Signals((Fired(rules[rule], (Quote("body", text, 0, len(text)),)),))
        return dict(search_values(facts(BASE), book, result, "")).get("fingerprint")

    long = "please pay the vendor activation fee of USD 48 today, it is refundable"
    assert of("fee", long) == "please pay the vendor activation fee of USD 48 today"
    assert of("fee", "pay the fee") is None, "too short to be told apart"
    assert of("free", long) is None, "not of the content"
