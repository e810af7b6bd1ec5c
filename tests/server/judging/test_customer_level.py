"""Customer levels: evidence, what is missing, what the rep sets by hand, and nothing for mails that are no inquiry."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from server.evidence.collect import collect
from server.judging.customer_level import customer_level
from server.judging.handling import handling
from server.judging.signals import base_context
from server.judging.verdict import judge
from server.model import Address, CustomerLevel, Evidence, LevelCriterion, LevelOverride, Message, Quote, Verdict
from server.next_step import Met
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_rulebook

Facts = Callable[..., Evidence]
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

LEVELS = """\
applies_to: [inquiry, order_talk]
applies_when: mail.kind == "other" && phrases.order.size() > 0
levels:
  - level: 1
    need: 1
    criteria:
      - id: order
        when: phrases.order.size() > 0
        unless: risk.level == "high"
        shown: [deal_signs.order_under_way, phrases.order]
        text: {en: Orders, zh_CN: 下单}
        missing: {en: an order, zh_CN: 订单}
  - level: 2
    need: 2
    unless: level.vague > 1 && !(deal_signs.specification.size() > 0)
    criteria:
      - {id: talk, when: thread.length >= 6, text: {en: Talks, zh_CN: 往来}, missing: {en: more talk, zh_CN: 更多往来}}
      - id: whole
        when: identity.given.size() > 1
        text: {en: Complete, zh_CN: 完整}
        missing: {en: "data: {parts}", zh_CN: "资料：{parts}"}
        part_of: identity.given
        parts: {person: {en: person, zh_CN: 联系人}, phone: {en: phone, zh_CN: 电话}}
  - {level: 4, need: 0, criteria: []}
handling:
  1: {reply_by: 24, review: true, steps: [{en: Review, zh_CN: 审核}], channels: [{en: Phone, zh_CN: 电话}]}
  4: {reply_by: 72, steps: [{en: Wait, zh_CN: 等}]}
"""
ORDER = "id: order\nabout: Words of an order.\nphrases: {en: [order]}\ncases: [{matches: order}, {silent: x}]\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("levels")
    (folder / "schema").mkdir()
    (folder / "phrases").mkdir()
    for name in ("levels.yaml", "groups.yaml", "texts.yaml", "schema/facts.yaml"):
        shutil.copy(SHIPPED / name, folder / name)
    (folder / "customer_levels.yaml").write_text(LEVELS, encoding="utf-8")
    (folder / "phrases" / "order.yaml").write_text(ORDER, encoding="utf-8")
    return load_rulebook(folder)


def evidence(known: dict[str, Any], order: str = "") -> Evidence:
    made = Evidence()
    for fact, value in {"mail.kind": "inquiry", **known}.items():
        made.put(fact, value)
    made.known["phrases"] = {"order": [order] if order else []}  # type: ignore[dict-item]
    if order:
        made.quotes["phrases.order"] = (Quote("body", order, 0, len(order)),)
    return made


def level(book: Rulebook, made: Evidence, risk: str = "low", vague: int = 0) -> CustomerLevel:
    base = base_context(made, book)
    base.add_variable("risk", {"level": risk})
    base.add_variable("level", {"vague": vague})
    return customer_level(made, book, base, "en")


def test_level_one_shows_the_words(book: Rulebook) -> None:
    found = level(book, evidence({}, "We order\n now"))
    assert (found.level, found.evidence, found.missing_for_next_level) == (1, ("Orders: “We order now”",), ())
    assert found.criteria[0] == LevelCriterion("order", 1, "yes", "Orders", "We order now")


def test_level_two_needs_two_and_says_what_is_missing_for_one(book: Rulebook) -> None:
    whole = {"thread.length": 7, "identity.given": ["person", "phone"]}
    both = level(book, evidence(whole))
    assert (both.level, both.evidence, both.missing_for_next_level) == (2, ("Talks", "Complete"), ("an order",))
    assert level(book, evidence(whole), vague=2).level == 4
    one = level(book, evidence({"thread.length": 7, "identity.given": ["phone"]}))
    assert (one.level, one.missing_for_next_level) == (4, ("data: person",))


def test_the_first_wording_that_was_found_is_shown(book: Rulebook) -> None:
    """`shown` may name several places: here the fact comes first, the phrases after it."""
    made = evidence({}, "order")
    assert level(book, made).criteria[0].quote == "order"
    made.put("deal_signs.order_under_way", ["PO 7 is late"], Quote("body", "PO 7 is late", 0, 12))
    assert level(book, made).criteria[0].quote == "PO 7 is late"


def test_a_level_stays_out_of_reach_where_that_cannot_be_ruled_out(book: Rulebook) -> None:
    whole = {"thread.length": 7, "identity.given": ["person", "phone"]}
    assert level(book, evidence({**whole, "deal_signs.specification": ["DN50"]}), vague=2).level == 2
    assert level(book, evidence({**whole, "deal_signs.specification": []}), vague=2).level == 4
    assert level(book, evidence(whole), vague=2).level == 4
    assert level(book, evidence(whole), vague=1).level == 2


def test_a_claim_counts_only_without_a_grave_risk(book: Rulebook) -> None:
    found = level(book, evidence({}, "order"), risk="high")
    assert (found.level, found.criteria[0].met, found.criteria[0].quote) == (4, "no", "")


@pytest.mark.parametrize(
    ("known", "met"), [({}, "unknown"), ({"thread.length": 2}, "no"), ({"thread.length": 6}, "yes")]
)
def test_what_nobody_could_look_at_is_unknown(book: Rulebook, known: dict[str, Any], met: Met) -> None:
    assert {row.id: row.met for row in level(book, evidence(known)).criteria}["talk"] == met


def test_by_hand_counts_before_all(book: Rulebook) -> None:
    made = evidence({"context.override_level": 2, "context.override_reason": "Met at the fair"})
    found = level(book, made)
    assert (found.level, found.override) == (2, LevelOverride(2, "Met at the fair"))
    assert found.missing_for_next_level == ("an order",) and found.evidence == ()
    news = level(book, evidence({"mail.kind": "newsletter", "context.override_level": 3}))
    assert news.level == 3


def test_no_inquiry_no_level(book: Rulebook) -> None:
    assert level(book, evidence({"mail.kind": "newsletter"}, "order")) == CustomerLevel(None)
    assert level(book, evidence({"sender.own_domain": True}, "order")) == CustomerLevel(None)
    assert level(book, evidence({"mail.kind": "other"})).level is None
    assert level(book, evidence({"mail.kind": "other"}, "order")).level == 1


@pytest.mark.parametrize(
    ("risk", "customer", "reply_by", "review", "steps"),
    [
        ("low", 1, 24, True, ("Review",)),
        ("low", 4, 72, False, ("Wait",)),
        ("caution", 1, 24, True, None),
        ("high", 1, None, True, None),
        ("critical", None, None, True, None),
        ("unknown", None, None, False, None),
    ],
)
def test_handling(
    book: Rulebook, risk: Any, customer: int | None, reply_by: int | None, review: bool, steps: tuple[str, ...] | None
) -> None:
    made = handling(risk, CustomerLevel(customer), Evidence(), book, NOW, "en")
    assert (made.reply_by, made.review) == (reply_by, review)
    assert (made.reply_before is None) is (reply_by is None)
    assert made.channels == (("Phone",) if customer == 1 and risk in ("low", "caution") else ())
    assert made.steps == (steps or made.steps) and made.steps
    assert bool(made.stop) is (risk in ("high", "critical"))
    if risk not in ("low",):
        assert made.steps[0] == book.levels.words[risk].advice["en"]


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return load_rulebook()


def verdict(book: Rulebook, text: str, subject: str = "Inquiry", sender: str = "", **context: Any) -> Verdict:
    message = Message(
        sender=Address(sender or "ann@importer.example", "Ann"), subject=subject, text=text, context=context
    )
    return judge(collect(message, book, own=("ours.example",), now=NOW), book, lang="en", complete=True, now=NOW)


VAGUE = "Hello, please send the catalogue and price list of all your products. Thanks"
NAMED = "Hello, please quote 500 pcs of ball valve DN50 PN16. Thanks, Ann"
ALL = (
    "Dear Amy, please quote ball valve DN50 PN16, body CF8M, seat PTFE, 500 pcs, FOB Ningbo, packed in wooden cases, "
    "drawing attached, test certificate EN 10204 3.1.\n\nBest regards\nAnn Lee\nLee Valves Ltd\n+44 20 7946 0018\n"
)
MENDED = "Dear Amy, we paid the balance of your invoice 2276 yesterday, slip attached. The last container arrived well."


@pytest.mark.parametrize(("text", "wanted"), [(VAGUE, 4), (NAMED, 3), (ALL, 2), (MENDED, 1)])
def test_shipped_levels(shipped: Rulebook, text: str, wanted: int) -> None:
    found = verdict(shipped, text, sender="x@gmail.com" if wanted == 3 else "").customer_level
    assert found.level == wanted, found
    assert bool(found.missing_for_next_level) is (wanted > 1)


def test_shipped_level_one_from_the_caller(shipped: Rulebook) -> None:
    for key in ("order_placed", "visited_us", "local_influence"):
        found = verdict(shipped, VAGUE, **{key: True}).customer_level
        assert found.level == 1 and found.evidence, key
    denied = verdict(shipped, MENDED, order_placed=False).customer_level
    assert denied.level != 1


def test_what_is_missing_can_be_sent(shipped: Rulebook) -> None:
    """A detail that stands in the mail is not asked for again."""
    missing = " ".join(verdict(shipped, NAMED, sender="x@gmail.com").customer_level.missing_for_next_level)
    assert "packing" in missing and "phone" in missing
    assert "quantity" not in missing
