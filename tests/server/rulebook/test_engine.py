"""The engine finds what running each pattern by itself finds, on texts long enough to be searched in pieces."""

from __future__ import annotations

import random

import re2

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


def test_same_as_one_by_one() -> None:
    engine = Engine(SOURCES)
    chance = random.Random(7)
    for size in (0, 1, 5, 60, 400, 1500):
        for _ in range(20):
            filler = ["lorem"] * (size // 3)
            text = " ".join(chance.choices(WORDS + filler, k=size)).encode()
            assert sorted(engine.search(text, 8)) == plain(text)


def test_a_match_over_the_edge_of_two_pieces_is_found() -> None:
    engine = Engine(SOURCES)
    for before in range(200, 300):
        text = b"-" * before + "公司 our 邮箱".encode() + b"-" * 2000
        assert engine.search(text, 8) == plain(text)


def test_no_patterns() -> None:
    assert Engine([]).search(b"text", 8) == []
