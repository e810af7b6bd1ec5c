"""Customer levels: evidence, what is missing, and nothing for mails that are no inquiry."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.judging.customer_level import check_depth, customer_level
from server.judging.handling import handling
from server.judging.signals import base_context
from server.model import CustomerLevel, Evidence, Level, Quote
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_rulebook

Facts = Callable[..., Evidence]

LEVELS = """\
applies_to: [inquiry, order_talk]
levels:
  - level: 1
    need: 1
    criteria:
      - id: order
        when: phrases.order.size() > 0
        phrases: order
        text: {en: Orders, zh_CN: 下单}
        missing: {en: an order, zh_CN: 订单}
  - level: 2
    need: 2
    criteria:
      - {id: talk, when: thread.length >= 6, text: {en: Talks, zh_CN: 往来}, missing: {en: more talk, zh_CN: 更多往来}}
      - {id: whole, when: identity.complete, text: {en: Complete, zh_CN: 完整}, missing: {en: full data, zh_CN: 资料}}
  - {level: 4, need: 0, criteria: []}
handling:
  1: {reply_by: 24, review: true, steps: [{en: Review, zh_CN: 审核}]}
  4: {reply_by: 72, steps: [{en: Wait, zh_CN: 等}]}
check_depth:
  - {depth: deep, when: thread.length >= 6}
  - {depth: basic, when: "true"}
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


def level(book: Rulebook, made: Evidence) -> CustomerLevel:
    return customer_level(made, book, base_context(made, book), "en")


def test_level_one_shows_the_words(book: Rulebook) -> None:
    assert level(book, evidence({}, "We order\n now")) == CustomerLevel(1, ("Orders: “We order now”",), ())


def test_level_two_needs_two(book: Rulebook) -> None:
    both = level(book, evidence({"thread.length": 7, "identity.complete": True}))
    assert both == CustomerLevel(2, ("Talks", "Complete"), ("an order",))
    assert level(book, evidence({"thread.length": 7})) == CustomerLevel(4, (), ("full data",))


def test_no_inquiry_no_level(book: Rulebook) -> None:
    assert level(book, evidence({"mail.kind": "newsletter"}, "order")) == CustomerLevel(None)


def test_depth(book: Rulebook) -> None:
    for length, depth in ((9, "deep"), (1, "basic")):
        made = evidence({"thread.length": length})
        assert check_depth(book, base_context(made, book)) == depth


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
    book: Rulebook, risk: Level, customer: int | None, reply_by: int | None, review: bool, steps: tuple[str, ...] | None
) -> None:
    made = handling(risk, CustomerLevel(customer), book, "en")
    assert (made.reply_by, made.review) == (reply_by, review)
    assert made.steps == (steps or made.steps) and made.steps
    assert bool(made.stop) is (risk in ("high", "critical"))
    if risk not in ("low",):
        assert made.steps[0] == book.levels.words[risk].advice["en"]
