"""Amounts, countries, kinds of goods and terms as mails write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from server.evidence.collect import collect
from server.evidence.order import number_in
from server.model import Address, Evidence, Message
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def facts(book: Rulebook, text: str, sender: str = "x@gmail.com", **context: Any) -> Evidence:
    return collect(Message(sender=Address(sender), text=text, context=context), book, now=NOW)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("USD 45,000.00", 45_000),
        ("1.200,50 €", 1200.5),
        ("$9,860", 9860),
        ("12万美金", 120_000),
        ("71.5 万美金", 715_000),
        ("1.36 million US$", 1_360_000),
        ("45 000 EUR", 45_000),
        ("EUR 1.900.000", 1_900_000),
        ("800.000 000 USD", 800_000_000),
        ("USD 0.125", 0.125),
        ("1,18 USD", 1.18),
        ("USD 5k", 5000),
        ("$", 0),
    ],
)
def test_numbers(words: str, number: float) -> None:
    assert number_in(words) == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("Total amount of the order is USD 64,300.00, please confirm.", 64_300, "USD"),
        ("Unit price USD 11.40/pc, 600 pcs, in all 6.840 €", 6840, "EUR"),
        ("金额71.5万美金，即期信用证", 715_000, "USD"),
        ("остаток 31 420 долларов по инвойсу", 31_420, "USD"),
        ("بقيمة 2.1 مليون دولار", 2_100_000, "USD"),
        ("Target price 1.18 USD per metre", None, None),
        ("3000 m $0.50 each", None, None),
        ("budget: $1.2m for the year", 1_200_000, "USD"),
        ("Please quote 500 pcs", None, None),
    ],
)
def test_amount_of_a_mail(book: Rulebook, text: str, amount: float | None, currency: str | None) -> None:
    found = facts(book, text)
    assert found.get("deal.amount") == (pytest.approx(amount) if amount else None)
    assert found.get("deal.currency") == currency


def test_the_callers_word_counts_first(book: Rulebook) -> None:
    found = facts(book, "Total USD 64,300", order_amount=100, currency="EUR", country="FR", product_class="ordinary")
    assert (found.get("deal.amount"), found.get("deal.amount_usd")) == (100.0, pytest.approx(110.0))
    assert found.get("deal.country") == "FR"


def test_an_amount_without_a_currency_is_worth_nothing_known(book: Rulebook) -> None:
    found = facts(book, "Total USD 64,300", order_amount=90_000)
    assert found.get("deal.amount") == 90_000
    assert (found.unknown["deal.currency"], found.unknown["deal.amount_usd"]) == ("not_given", "not_given")


def test_an_unknown_rate_is_no_amount_in_dollars(book: Rulebook) -> None:
    found = facts(book, "x", order_amount=100, currency="XAF")
    assert found.get("deal.amount") == 100 and found.get("deal.amount_usd") is None
    assert found.unknown["deal.amount_usd"] == "not_applicable"


@pytest.mark.parametrize(
    ("text", "sender", "country"),
    [
        ("Regards\nAnn\nLee Valves\nHamburg, Germany", "x@gmail.com", "DE"),
        ("Please quote 500 pcs of valves, thank you very much", "ann@lee.fr", "FR"),
        ("Please quote 500 pcs of valves, thank you very much", "x@gmail.com", ""),
    ],
)
def test_country(book: Rulebook, text: str, sender: str, country: str) -> None:
    assert facts(book, text, sender).get("deal.country") == country


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Please quote 500 drones with thermal camera", "dual_use"),
        ("请报光伏组件价格，两个柜", "high_value"),
        ("Please quote fresh garlic, one reefer", "perishable"),
        ("Please quote 500 pcs of ball valve", "ordinary"),
    ],
)
def test_kind_of_goods(book: Rulebook, text: str, kind: str) -> None:
    assert facts(book, text).get("deal.product_class") == kind


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Payment L/C at sight please, 500 pcs", "lc_sight"),
        ("Our terms are net 60 days after invoice", "open_account_60"),
        ("30% deposit, balance against copy of B/L", "deposit_copy_bl"),
        ("Zahlung 30 Tage netto, 500 Stück", "open_account_30"),
        ("付款方式：D/P，500个", "dp"),
        ("Please quote 500 pcs of ball valve", ""),
    ],
)
def test_term_that_is_asked_for(book: Rulebook, text: str, term: str) -> None:
    assert facts(book, text).get("deal.payment_term") == term
