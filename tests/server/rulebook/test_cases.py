"""Cases of rules and phrase sets: what holds, and what the message says when one does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.rulebook.cases import all_cases, export_cases, guess, mistake
from server.rulebook.load import load_rulebook

Write = Callable[[dict[str, str]], Path]

RULE = """\
id: asks
group: content
weight: weak
phrases: {en: ['pay now']}
when: phrases.asks.size() > 0 && sender.free_provider
title: {en: Title, zh_CN: 标题}
reason: {en: "{sender.address} says {quote}", zh_CN: "{quote}"}
advice: {en: Do, zh_CN: 做}
false_positives: Some honest mails.
source: [own]
cases:
"""

GOOD = """\
  - fires: {text: "Please Pay  now!", quote: "Pay  now", facts: {sender: {address: a@b.example, free_provider: true}}}
  - silent: "We do not ask."
  - silent: {text: pay now, facts: {sender: {free_provider: false}}}
  - not_checked: {text: pay now}
  - not_checked: {text: "Мы хотели бы купить вашу продукцию и просим прайс", facts: {sender: {free_provider: true}}}
"""


def wrong(write: Write, cases: str) -> list[str | None]:
    book = load_rulebook(write({"rules/content/asks.yaml": RULE + cases}))
    return [mistake(book, owner, case) for _, owner, case in all_cases(book)]


def test_good_cases_hold(write: Write) -> None:
    assert wrong(write, GOOD) == [None] * 5


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("fires: {text: hello}", "expected fires, came out as silent"),
        ("fires: {text: pay now}", "came out as not_checked"),
        ("silent: {text: pay now, facts: {sender: {free_provider: true}}}", "came out as fires"),
        ("fires: {text: pay now, facts: {sender: {free_provider: true}}}", "shows {sender.address}"),
        (
            "fires: {text: pay now, quote: Pay, facts: {sender: {free_provider: true, address: a}}}",
            "expected the quote 'Pay', got ['pay now']",
        ),
    ],
)
def test_what_is_said_of_a_bad_case(write: Write, case: str, words: str) -> None:
    found = wrong(write, f"  - {case}\n  - fires: {{text: x}}\n  - silent: {{text: z}}\n")[0]
    assert found is not None and words in found
    assert "condition: phrases.asks.size()" in found


def test_export_carries_what_was_found(write: Write) -> None:
    book = load_rulebook(write({"rules/content/asks.yaml": RULE + GOOD}))
    first = export_cases(book)[0]
    assert (first["name"], first["rule"], first["kind"]) == ("content/asks: fires 1", "asks", "fires")
    assert first["quotes"] == [["body", "Pay  now", 7, 15]]
    assert first["facts"]["sender"]["free_provider"] is True


def test_phrase_sets_and_combos_have_cases(write: Write) -> None:
    phrases = """\
id: pay_words
about: Words of paying.
phrases: {en: [pay]}
cases:
  - matches: "We PAY"
    quote: PAY
  - silent: nothing here
"""
    combo = (
        RULE.replace("id: asks", "id: both")
        .replace("group: content", "group: combo")
        .replace(
            "phrases: {en: ['pay now']}\nwhen: phrases.asks.size() > 0 && sender.free_provider", "when: fired.asks"
        )
        .replace("{sender.address} says {quote}", "ok")
        .replace('"{quote}"', '"ok"')
    ) + "  - fires: {fired: {asks: true}}\n  - silent: {fired: {asks: false}}\n  - not_checked: {text: x}\n"
    book = load_rulebook(
        write({"rules/content/asks.yaml": RULE + GOOD, "phrases/pay_words.yaml": phrases, "combos/both.yaml": combo})
    )
    assert [mistake(book, owner, case) for _, owner, case in all_cases(book)] == [None] * 10


@pytest.mark.parametrize(
    ("text", "language"),
    [("我们要买", "zh"), ("Здравствуйте", "ru"), ("مرحبا", "ar"), ("the price of the goods", "en"), ("DN50", "none")],
)
def test_guess(text: str, language: str) -> None:
    assert guess(text, {"en": ["the", "of"], "es": ["de", "la"]}) == language
