"""The pattern language: what is refused, and the RE2 source that comes out."""

from __future__ import annotations

import pytest

from server.rulebook.engine import refusals
from server.rulebook.patterns import mistakes, re2_source, spelled_out, unknown_words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("Pay", "capital"),
        (r"pay \d+", "[0-9]"),
        (r"\w+", "[0-9]"),
        ("pay .*now", "no limit"),
        ("[^a]+b", "no limit"),
        (".{3,}", "no upper limit"),
        ("pay .{0,300}now", "more than 200"),
        ("(?i)pay", "only (?:"),
        ("(?P<x>pay)", "only (?:"),
        ("a(?=b)", "only (?:"),
        (" pay", "space"),
        ("", "empty"),
        ("x" * 401, "longer"),
        ("a\tb", "tab"),
        ("a{,5}b", "write {0,5}"),
        (r"pay\z", "not allowed"),
    ],
)
def test_refused(pattern: str, words: str) -> None:
    assert any(words in mistake for mistake in mistakes(pattern)), mistakes(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(?:mail|server) is down", ".{0,40}", r"\$ ?[0-9]{1,3}", "[a-z]+", "[^,\n]{0,10}", "公司邮箱", r"\?", "[.?*]"],
)
def test_allowed(pattern: str) -> None:
    assert mistakes(pattern.replace("\n", r"\n")) == []


@pytest.mark.parametrize(
    ("language", "pattern", "source"),
    [
        ("en", "pay now", r"\bpay[ \n]now\b"),
        ("en", "pay|send now", r"\b(?:pay|send[ \n]now)\b"),
        ("en", "(a|b)", r"\b(a|b)\b"),
        ("en", r"ready\?", r"\bready\?"),
        ("en", "colou?", r"\bcolou?\b"),
        ("en", r"\$5", r"\$5\b"),
        ("en", "[ab c]x", r"[ab \nc]x\b"),
        ("zh", "账户 更改", r"账户[ \n]更改"),
        ("es", "pago ya", r"\bpago[ \n]ya"),
        ("ru", "оплат", "оплат"),
    ],
)
def test_source(language: str, pattern: str, source: str) -> None:
    assert re2_source(pattern, language) == source


def test_what_re2_refuses_is_named_by_index() -> None:
    assert list(refusals(["ok", "(a", "b"])) == [1]
    assert "missing" in refusals(["(a"])[0]


def test_word_lists_are_spelled_out_and_unknown_ones_named() -> None:
    words = {"who": "(we|they)"}
    assert spelled_out("<who> pay <what>", words) == "(we|they) pay <what>"
    assert unknown_words("<who> pay <what>", words) == ["no word list <what> in this file"]
