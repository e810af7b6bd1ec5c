"""Depth, checklist, consent, notes and results; terms of payment; warnings. On the shipped policy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from server.evidence.collect import collect
from server.judging.verdict import judge
from server.model import Address, Lang, Message, Verdict
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PLAIN = (
    "Dear Amy, please quote ball valve DN50 PN16, body CF8M, 500 pcs, FOB Ningbo, packed in wooden cases.\n\n"
    "Best regards\nAnn Lee\nLee Valves GmbH\nHamburg, Germany\n+49 40 555 0146\n"
)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def vet(
    book: Rulebook, text: str = PLAIN, *, lang: Lang = "en", sender: str = "ann@lee-valves.de", **context: Any
) -> Verdict:
    if "order_amount" in context:
        context = {"currency": "USD"} | context
    message = Message(sender=Address(sender, "Ann Lee"), subject="Inquiry", text=text, context=context)
    return judge(collect(message, book, own=("ours.example",), now=NOW), book, lang=lang, complete=True, now=NOW)


@pytest.mark.parametrize(
    ("context", "wanted"),
    [
        ({}, "basic"),
        ({"order_amount": 4999}, "basic"),
        ({"order_amount": 5000}, "standard"),
        ({"order_amount": 50_000}, "deep"),
        ({"order_amount": 49_000, "currency": "EUR"}, "deep"),
        ({"order_amount": 100_000, "currency": "CNY"}, "standard"),
        ({"order_amount": 100, "product_class": "dual_use"}, "deep"),
        ({"order_amount": 100, "product_class": "high_value"}, "deep"),
        ({"order_amount": 100, "product_class": "perishable"}, "standard"),
        ({"order_amount": 100, "country": "IR"}, "deep"),
        ({"order_amount": 100, "country": "RU"}, "deep"),
        ({"order_amount": 100, "country": "VN"}, "standard"),
        ({"order_amount": 100, "country": "FR"}, "basic"),
        ({"order_amount": 100, "payment_term": "open_account_30"}, "deep"),
        ({"order_amount": 100, "payment_term": "dp"}, "standard"),
        ({"order_amount": 100, "payment_term": "lc_sight"}, "basic"),
        ({"order_amount": 100, "arrears_days": 3}, "deep"),
        ({"order_amount": 100, "checks": {"registry": "contradicts"}}, "deep"),
    ],
)
def test_depth(book: Rulebook, context: dict[str, Any], wanted: str) -> None:
    found = vet(book, **context)
    assert found.check_depth == wanted, found.checks.why
    assert found.checks.why and found.checks.items


def test_deeper_lists_hold_the_shallower(book: Rulebook) -> None:
    lists = [{item.id for item in vet(book, order_amount=amount).checks.items} for amount in (100, 10_000, 100_000)]
    assert lists[0] < lists[1] < lists[2]


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_what_needs_consent_says_so(book: Rulebook, lang: Lang) -> None:
    items = {item.id: item for item in vet(book, lang=lang, order_amount=100_000).checks.items}
    asked = {name for name, item in items.items() if item.consent}
    assert asked == {"credit_report", "bank_inquiry", "qixinbao"}
    assert all(("notice" in items[name].note) if lang == "en" else ("通知" in items[name].note) for name in asked)


def test_public_checks_have_links(book: Rulebook) -> None:
    items = {item.id: item for item in vet(book).checks.items}
    for name in ("website", "company_search", "negative_news"):
        assert (items[name].url or "").startswith("https://"), name


def test_results_stand_beside_the_checks(book: Rulebook) -> None:
    results = {"registry": "found", "customs_records": "not_found", "linkedin": "contradicts"}
    found = vet(book, order_amount=10_000, checks=results)
    items = {item.id: item for item in found.checks.items}
    assert {name: items[name].result for name in results} == results
    assert "Unknown" in items["customs_records"].note  # the data lags
    fired = {reason.id: reason.points for reason in found.reasons}
    assert fired["doc_vs_net_mismatch"] == 25 and fired["checks_done_ok"] == -4


def test_no_customs_record_counts_neither_way(book: Rulebook) -> None:
    plain, checked = vet(book), vet(book, checks={"customs_records": "not_found"})
    assert plain.risk.score == checked.risk.score
    assert checked.check_depth == plain.check_depth


def test_checks_move_the_score_by_the_rules(book: Rulebook) -> None:
    doubtful = PLAIN.replace("Dear Amy", "We are a Fortune 500 multinational company. Dear Amy")
    before = vet(book, doubtful).risk.score
    bad = vet(book, doubtful, checks={"company_search": "not_found"})
    assert "combo_big_company_no_trace" in {reason.id for reason in bad.reasons}
    assert bad.risk.score > before
    good = vet(book, doubtful, checks={name: "found" for name in ("registry", "linkedin", "website", "phone_call")})
    assert good.risk.score <= before
    assert "checks_done_ok_many" in {reason.id for reason in good.reasons}


@pytest.mark.parametrize(
    "checks", [{"phone_call": "contradicts"}, {"block_list": "found"}, {"registry": "contradicts", "website": "found"}]
)
def test_what_a_good_mail_says_of_itself_does_not_outweigh_a_check(book: Rulebook, checks: dict[str, str]) -> None:
    good = vet(book, "Please quote 500 pcs of ball valve DN50 PN16, body CF8M, CIF Hamburg, 30% deposit. Amy")
    assert good.risk.level == "low" and any(row.points < 0 for row in good.reasons)
    found = vet(
        book, "Please quote 500 pcs of ball valve DN50 PN16, body CF8M, CIF Hamburg, 30% deposit. Amy", checks=checks
    )
    assert found.risk.level == "caution"


def test_checks_are_named_in_the_readers_words(book: Rulebook) -> None:
    told = [row.detail for row in vet(book, checks={"registry": "contradicts"}).reasons if row.group == "checks"]
    assert told == ["What you found contradicts the mail or its papers: Company register."]


def test_size_of_a_large_order_is_marked_as_our_own_rule(book: Rulebook) -> None:
    assert any("our own rule" in line for line in vet(book, order_amount=60_000).checks.why)


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ({}, "Order amount not known"),
        ({"currency": "EUR"}, "A currency without an amount was not used"),
        ({"order_amount": 900, "currency": "XAF"}, "No rate for XAF"),
        ({"order_amount": 90_000, "currency": None}, "Currency not named: the amount of 90,000 was not used"),
    ],
)
def test_what_could_not_be_used_is_said(book: Rulebook, context: dict[str, Any], words: str) -> None:
    assert any(line.startswith(words) for line in vet(book, **context).checks.why)


def test_an_amount_without_a_currency_asks_for_no_depth_of_its_own(book: Rulebook) -> None:
    found = vet(book, order_amount=90_000, currency=None)
    assert found.check_depth == "basic"
    owed = vet(book, open_balance=8740)
    assert "8,740 (currency not named)" in {row.id: row.text for row in owed.warnings}["arrears"]


def offered(found: Verdict) -> list[str]:
    return [term.id for term in found.payment_advice.offer]


def test_terms_by_level_and_size(book: Rulebook) -> None:
    assert offered(vet(book))[-1] == "deposit_copy_bl"  # level 2
    assert offered(vet(book, "Please quote 500 pcs", sender="x@gmail.com"))[-1] == "deposit_before_shipment"
    assert offered(vet(book, order_placed=True, order_amount=1000))[-1] == "open_account_30"
    assert offered(vet(book, order_placed=True, order_amount=10_000))[-1] == "dp"
    assert offered(vet(book, order_placed=True, order_amount=90_000))[-1] == "deposit_copy_bl"
    report = {"credit_report": "found"}
    assert offered(vet(book, order_placed=True, order_amount=90_000, checks=report))[-1] == "open_account_60"
    assert offered(vet(book, order_placed=True, arrears_days=9)) == ["advance"]


def test_every_term_is_offered_or_refused(book: Rulebook) -> None:
    advice = vet(book).payment_advice
    both = [term.id for term in (*advice.offer, *advice.refuse)]
    assert set(both) == set(book.payment_terms.ids) and len(both) == len(set(both))
    assert all(term.text and term.why for term in (*advice.offer, *advice.refuse))


def test_no_terms_under_a_stop(book: Rulebook) -> None:
    stopped = vet(book, country="KP")
    assert not stopped.payment_advice.offer
    assert [row.id for row in stopped.warnings][:1] == ["compliance_stop"]
    assert not vet(book, checks={"sanctions_screening": "found"}).payment_advice.offer


def test_what_the_buyer_asks_for_is_answered(book: Rulebook) -> None:
    asks = PLAIN.replace("FOB Ningbo", "FOB Ningbo, payment D/P at sight")
    assert "beyond what is prudent" in vet(book, asks).payment_advice.note
    assert "within what is prudent" in vet(book, payment_term="lc_sight").payment_advice.note


def test_country_is_never_points(book: Rulebook) -> None:
    scores = {code: vet(book, country=code).risk.score for code in ("IR", "RU", "VN", "FR", "NG")}
    assert len(set(scores.values())) == 1


def test_warnings(book: Rulebook) -> None:
    assert [row.id for row in vet(book, country="RU").warnings] == ["compliance_watch", "country_data_old"]
    arrears = vet(book, arrears_days=270, open_balance=8740, currency="EUR")
    words = {row.id: row.text for row in arrears.warnings}["arrears"]
    assert "270 days" in words and "8,740 EUR" in words
    assert "insolvency" in {item.id for item in arrears.checks.items}
    assert arrears.risk.level != "critical"


@pytest.mark.parametrize("context", [{"country": "IR"}, {"checks": {"sanctions_screening": "found"}}])
def test_a_compliance_stop_presses_for_no_reply_and_offers_no_letter(book: Rulebook, context: dict[str, Any]) -> None:
    free, halted = vet(book), vet(book, **context)
    assert free.handling.reply_by and free.letters
    assert (halted.handling.reply_by, halted.handling.reply_before, halted.handling.channels) == (None, None, ())
    assert halted.handling.review and halted.handling.steps == (halted.warnings[0].text,)
    assert not halted.letters and not halted.payment_advice.offer
    assert halted.risk.level == free.risk.level == "low"


def test_old_lists_are_told_only_where_they_were_used(book: Rulebook) -> None:
    nowhere = vet(book, "Please quote 500 pcs of ball valve DN50", sender="x@gmail.com")
    assert "country_data_old" not in {row.id for row in nowhere.warnings}
    message = Message(sender=Address("ann@lee-valves.de"), text=PLAIN)
    soon = datetime(2026, 7, 1, tzinfo=UTC)
    fresh = judge(collect(message, book, now=soon), book, lang="en", complete=True, now=soon)
    assert "country_data_old" not in {row.id for row in fresh.warnings}


def test_at_high_risk_nothing_asks_the_customer(book: Rulebook) -> None:
    fraud = "Please pay our freight agent USD 2,350 by Western Union first, we refund it with the order. I cannot take calls."
    found = vet(book, fraud, sender="x@gmail.com", order_amount=90_000)
    assert found.risk.level in ("high", "critical")
    assert found.check_depth == "deep" and not [item for item in found.checks.items if item.consent]
    assert "notice" not in {item.id for item in found.checks.items}
    assert not found.letters and not found.payment_advice.offer
    assert found.handling.reply_before is None and found.handling.stop


def test_mail_of_no_buyer_gets_none_of_it(book: Rulebook) -> None:
    text = "Our newsletter. Click here to unsubscribe from this list."
    message = Message(sender=Address("news@paper.example"), subject="News of the week", text=text)
    news = judge(collect(message, book, now=NOW), book, lang="en", complete=True, now=NOW)
    assert (news.check_depth, news.checks.items, news.payment_advice.offer, news.letters) == (None, (), (), ())
