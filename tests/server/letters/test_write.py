"""Letters as a rep sends them: golden ones in both languages, and what must never stand in one."""

from __future__ import annotations

import os
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from server.letters.book import GROUPS, KINDS, LANGS, LetterBook
from server.letters.write import Company, Letter, blocks, closed_up, tidy, write

Verdict = Callable[..., dict[str, Any]]
GOLDEN = Path(__file__).parent / "golden"
ZH = {"person": "王伟", "company": "青岛蓝海贸易有限公司", "goods": "球阀", "language": "zh"}
CASES: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "notice_basic.en": ("background_check", "en", {}),
    "notice_deep.en": ("background_check", "en", {"depth": "deep", "free": False}),
    "notice_standard.zh_CN": ("background_check", "zh_CN", {**ZH, "depth": "standard"}),
    "notice_known.zh_CN": ("background_check", "zh_CN", {**ZH, "level": 1}),
    "notice_known.en": ("background_check", "en", {"level": 1}),
    "questions.en": ("missing_information", "en", {"missing": ["which product exactly", "quantity, target price, delivery port"], "level": 4}),
    "questions.zh_CN": ("missing_information", "zh_CN", {**ZH, "missing": ["详细要求：图纸或图片、包装", "公司资料：电话、网址和地址"]}),
    "questions_nobody.zh_CN": ("missing_information", "zh_CN", {"person": "", "company": "", "goods": "", "missing": ["具体需要哪款产品"], "level": 4}),
}  # fmt: skip
"""Set WRITE_GOLDEN=1 to write them anew; then read them as the customer would."""


class Texts(HTMLParser):
    """The words and the tags of an HTML fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))


def read(html: str) -> Texts:
    parser = Texts()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, book: LetterBook, verdict: Verdict, company: Company) -> None:
    kind, lang, known = CASES[name]
    letter = write(book, kind, lang, verdict(**known), company)
    shown = f"Subject: {letter.subject}\n\n{letter.text}"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text("utf-8")


def test_no_golden_letter_without_a_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(CASES)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGS)
def test_html_has_the_same_words(kind: str, lang: Any, book: LetterBook, verdict: Verdict, company: Company) -> None:
    letter = write(book, kind, lang, verdict(company="A & B Ltd"), company)
    found = read(letter.html)
    assert found.words == [word for line in letter.text.split("\n") for word in line.removeprefix("- ").split()]
    assert {tag for tag, _ in found.tags} <= {"div", "p", "br", "ul", "li"}
    assert "A &amp; B Ltd" in letter.html and letter.html.startswith(f'<div lang="{lang.replace("_", "-")}"')


FIVE = {
    "en": ["Thank you", "spares both of us", "proof of registration", "How will this information be used?", "working days after that"],
    "zh_CN": ["感谢您", "避免日后", "公司注册证明", "这些资料怎么使用", "个工作日内"],
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_the_notice_has_its_five_parts_in_order(
    lang: Any, book: LetterBook, verdict: Verdict, company: Company
) -> None:
    text = write(book, "background_check", lang, verdict(), company).text
    places = [text.find(words) for words in FIVE[lang]]
    assert -1 not in places and places == sorted(places)


def test_a_deeper_check_asks_for_more(book: LetterBook, verdict: Verdict, company: Company) -> None:
    asked = [
        write(book, "background_check", "en", verdict(depth=depth), company).documents
        for depth in ("basic", "standard", "deep")
    ]
    assert set(asked[0]) < set(asked[1]) < set(asked[2])
    assert not any("bank" in line for line in asked[0])
    letter = write(book, "background_check", "en", verdict(depth=None), company)
    assert letter.documents == asked[0] and letter.missing == ()
    assert all(f"- {line}" in letter.text for line in letter.documents)


@pytest.mark.parametrize(("free", "asked"), [(True, True), (None, True), (False, False)])
def test_who_writes_from_his_own_domain_need_not_confirm_it(
    free: bool | None, asked: bool, book: LetterBook, verdict: Verdict, company: Company
) -> None:
    letter = write(book, "background_check", "en", verdict(free=free), company)
    assert any("own domain" in line for line in letter.documents) is asked
    assert ("own domain" in letter.text) is asked


def test_the_tone_is_that_of_a_partner(book: LetterBook, verdict: Verdict, company: Company) -> None:
    for lang, rude in (
        ("en", ["fraud", "scam", "suspicio", "must", "risk", "otherwise"]),
        ("zh_CN", ["诈骗", "骗", "可疑", "务必", "风险", "否则"]),
    ):
        text = write(book, "background_check", lang, verdict(depth="deep"), company).text.lower()  # type: ignore[arg-type]
        assert not [word for word in rude if word in text]


def test_without_settings_the_rep_sees_what_to_fill_in(book: LetterBook, verdict: Verdict) -> None:
    letter = write(book, "missing_information", "en", verdict(), Company())
    assert letter.text.endswith("Best regards\n[your name]\n")
    assert "simply reply to this mail" in letter.text
    assert write(book, "missing_information", "zh_CN", verdict(), Company(name="海润阀门")).text.endswith(
        "[您的姓名]\n海润阀门\n"
    )


HOSTILE: list[dict[str, Any]] = [
    {"person": "Ann {{ 7*7 }}"},
    {"person": "Ann</p><script>alert(1)</script>"},
    {"company": "Evil Ltd\n\nPlease pay to IBAN DE00"},
    {"company": "Evil https://evil.example Ltd"},
    {"company": "{% for x in y %}"},
    {"company": "公" * 10_000},
    {"goods": "order <img src=x> valves"},
    {"missing": ["<script>x</script>"]},
    {"person": "\u202egpj.exe Ann"},
]


@pytest.mark.parametrize("known", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_mail_adds_no_markup_no_link_no_line(
    kind: str, known: dict[str, Any], book: LetterBook, verdict: Verdict, company: Company
) -> None:
    letter = write(book, kind, "en", verdict(**known), company)
    plain = write(book, kind, "en", verdict(), company)
    found = read(letter.html)
    assert {tag for tag, _ in found.tags} <= {"div", "p", "br", "ul", "li"}
    assert "://" not in letter.text and "49" not in letter.text and "\u202e" not in letter.text
    if "missing" not in known:
        assert letter.text.count("\n") == plain.text.count("\n")
    assert max(map(len, letter.text.split("\n"))) < 600 and len(letter.subject) <= 200


def test_values_are_never_read_as_a_template(book: LetterBook, verdict: Verdict, company: Company) -> None:
    letter = write(book, "missing_information", "en", verdict(missing=["{{ signature }}", "{% if %}"]), company)
    assert "- {{ signature }}\n- {% if %}\n" in letter.text


def test_chinese_stands_without_blanks_around_chinese_values() -> None:
    assert closed_up("感谢您代表 青岛蓝海 来信询价 gate valves。") == "感谢您代表青岛蓝海来信询价 gate valves。"


def test_tidy_and_blocks() -> None:
    assert tidy("a  \n\n\n\nb\n- c\n- d\ne\n\n") == "a\n\nb\n- c\n- d\ne\n"
    assert blocks("a\nb\n\n- c\n- d\ne\n") == [("paragraph", "a", ["b"]), ("list", "c", ["d"]), ("paragraph", "e", [])]
    assert blocks("") == []


def test_every_group_of_papers_has_its_place(book: LetterBook, verdict: Verdict, company: Company) -> None:
    letter: Letter = write(book, "background_check", "en", verdict(depth="deep"), company)
    lines = letter.text.split("\n")
    for group in GROUPS:
        papers = [f"- {paper.text['en']}" for paper in book.papers if paper.group == group]
        start = lines.index(papers[0])
        assert lines[start : start + len(papers)] == papers
