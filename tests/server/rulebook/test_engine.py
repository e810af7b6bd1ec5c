"""The engine finds what running each pattern by itself finds, on texts long enough to be searched in pieces."""

from __future__ import annotations

import random

import pytest
import re2

from server.rulebook import words
from server.rulebook.engine import Engine

SOURCES = [
    r"\bpay\b.{0,40}lawyer",
    r"公司.{0,20}邮箱",
    "[0-9]{3,5}",
    "(bank|wire)( transfer)?",
    "a[a-z]+z",
    "x?",
    r"account[^.]{0,100}changed",
    "\\bnow\\b",
    r"\b(?:pay .{0,30}now|(our|1234) (.{0,10} )?bank|lawyer)\b",
    "[0-9-]{2,}",
]
WORDS = [
    "pay",
    "our",
    "lawyer",
    "公司",
    "的",
    "邮箱",
    "1234",
    "bank",
    "transfer",
    "wire",
    "abcz",
    "account",
    "changed.",
    "now",
    "\n",
]


def plain(text: bytes) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for index, source in enumerate(SOURCES):
        spans = [match.span() for match in re2.finditer(source.encode(), text) if match.end() > match.start()]
        found += [(index, *span) for span in spans[:8]]
    return found


@pytest.fixture(params=["by automaton", "by sets"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine with its words found by either means."""
    if request.param == "by sets":
        monkeypatch.setattr(words, "FAST", False)
    return Engine(SOURCES, b"pay our lawyer 1234 now. bank transfer")


def test_same_as_one_by_one(engine: Engine) -> None:
    chance = random.Random(7)
    for size in (0, 1, 5, 60, 400, 1500):
        for _ in range(20):
            filler = ["lorem"] * (size // 3)
            text = " ".join(chance.choices(WORDS + filler, k=size)).encode()
            assert sorted(engine.search(text, 8)) == plain(text)


def test_the_automaton_is_there() -> None:
    assert words.FAST, "ahocorasick-rs is not installed"


def test_a_match_over_the_edge_of_two_pieces_is_found(engine: Engine) -> None:
    for before in range(200, 300):
        text = b"-" * before + "公司 our 邮箱".encode() + b"-" * 2000
        assert sorted(engine.search(text, 8)) == plain(text)


def test_no_patterns() -> None:
    assert Engine([]).search(b"text", 8) == []


def test_a_pattern_too_large_for_little_memory_is_compiled_with_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.rulebook.engine._OF_ONE", 1024)
    assert Engine(["pay .{0,200}agent .{0,200}first"]).search(b"please pay our agent in full first", 8) == [(0, 7, 34)]


def test_a_busy_pattern_gets_more_memory_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    source = r"\b(our|the)([ \n][a-z]{2,12}){0,8}[ \n](bank|account)([ \n][a-z]{2,12}){0,8}[ \n](changed|closed)\b"
    engine = Engine([source])
    made: list[int] = []
    real = engine._compiled
    monkeypatch.setattr(engine, "_compiled", lambda index, memory: made.append(memory) or real(index, memory))
    text = b"the new bank of our firm has changed and " + b"our account is one of those that were closed " * 9
    wanted = [(0, *match.span()) for match in re2.finditer(source.encode(), text)]
    for _ in range(200):
        assert engine.search(text, 20) == wanted
    assert made == [64 << 10, 1 << 20], "once with little memory, once with more"
