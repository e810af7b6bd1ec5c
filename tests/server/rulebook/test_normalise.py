"""Normalising, against examples and against a slow, plain reading of the algorithm in shared_rules/README.md."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.rulebook.normalise import prepare

FOLD = {"’": "'", "“": '"', "”": '"', "–": "-", "´": "'", "…": "..."}
T2S = {"電": "电", "郵": "邮", "貨": "货"}
normalise = prepare(FOLD, T2S)

EXAMPLES = [
    ("Hello  World", "hello world"),
    ("a\u200bb\u00adc", "abc"),
    ("電子郵件　ＡＢＣ１２３", "电子邮件 abc123"),
    ("Cafe\u0301 d´or “x” – y…", 'café d\'or "x" - y...'),
    ("one\ntwo", "one\ntwo"),
    ("one\n\n\n  two  ", "one\ntwo"),
    ("We are a company that imports valves and would\r\nlike to buy some", None),
    ("We are a company that imports valves and would\n- like to buy some", None),
    (
        "我们公司是一家专业从事进出口贸易的大型公司欢迎各位\n来信咨询",
        "我们公司是一家专业从事进出口贸易的大型公司欢迎各位来信咨询",
    ),
    ("\n \t", ""),
    ("x \u0301y", "x \u0301y"),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_examples(text: str, expected: str | None) -> None:
    result = normalise(text)
    assert result.text == (slow(text)[0] if expected is None else expected)


def test_soft_wrap_is_a_space_and_a_short_line_ends() -> None:
    wide = "we are a company that imports valves and would"
    assert normalise(f"{wide}\nlike to buy").text == f"{wide} like to buy"
    assert normalise(f"{wide}\n- like to buy").text == f"{wide}\n- like to buy"
    assert normalise("dear sir\nwe buy").text == "dear sir\nwe buy"


def test_offsets_lead_back_to_the_original() -> None:
    text = "  Ａ “b”\u200b c\r\n\r\nＤ"
    result = normalise(text)
    assert result.text == 'a "b" c\nd'
    assert [text[start:end] for start, end in zip(result.starts, result.ends, strict=True)] == [
        "Ａ",
        " ",
        "“",
        "b",
        "”",
        " ",
        "c",
        "\r\n\r\n",
        "Ｄ",
    ]


TEXTS = st.text(
    st.one_of(
        st.sampled_from("aB1 .,\n\r\t\u00a0\u3000\u200b\u0301\u0316電’´…¨ａΣ中文Я٣\u2028\x0b\x07-•"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=120,
)


@given(TEXTS)
@settings(max_examples=400)
def test_same_as_the_plain_reading(text: str) -> None:
    result = normalise(text)
    assert (result.text, result.starts, result.ends) == slow(text)


@given(
    st.lists(
        st.sampled_from(["We would like to buy valves", " ", "\n", "\n\n", "- a", "1. b", "客户", "x"]), max_size=14
    )
)
def test_same_as_the_plain_reading_on_lines(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = normalise(text)
    assert (result.text, result.starts, result.ends) == slow(text)


DROPPED = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
BLANK = set("\t \u00a0\u1680\u202f\u205f\u3000") | {chr(code) for code in range(0x2000, 0x200B)}
BREAK = set("\n\r\x0b\x0c\x85\u2028\u2029")


def slow(text: str) -> tuple[str, list[int], list[int]]:
    """The algorithm step by step, one character after the other."""
    kept = [
        (i, c)
        for i, c in enumerate(text)
        if not DROPPED.match(c) and (unicodedata.category(c) != "Cc" or c in BREAK | {"\t"})
    ]
    chars = [c for _, c in kept]
    out: list[tuple[str, int, int]] = []
    line = i = 0
    while i < len(chars):
        j = i
        if chars[i] in BLANK or chars[i] in BREAK:
            while j < len(chars) and (chars[j] in BLANK or chars[j] in BREAK):
                j += 1
            run = "".join(chars[i:j])
            breaks = len(re.findall("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", run))
            if out and j < len(chars):
                width = sum(2 if c >= "\u1100" else 1 for c in chars[line:i])
                soft = breaks == 1 and width >= 45 and chars[j] not in "-*•·–0123456789"
                both = all(re.match("[\u2e80-\u9fff\uf900-\ufaff]", c) for c in (chars[i - 1], chars[j]))
                space = " " if not breaks else ("" if both else " ") if soft else "\n"
                if space:
                    out.append((space, i, j))
            if breaks:
                line = j
        else:
            j += 1
            while j < len(chars) and unicodedata.category(chars[j])[0] == "M" and j - i <= 30:
                j += 1
            cluster = "".join(chars[i:j])
            plain = unicodedata.normalize("NFKC", FOLD.get(cluster, cluster)).lower().strip(" ")
            out += [(T2S.get(d, d), i, j) for c in plain for d in FOLD.get(c, c)]
        i = j
    return (
        "".join(c for c, _, _ in out),
        [kept[start][0] for _, start, _ in out],
        [kept[end - 1][0] + 1 for _, _, end in out],
    )
