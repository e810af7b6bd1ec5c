"""Letters as files: shipped ones, the company's before them, and every mistake named with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.letters.book import DEPTHS, FILES, GROUPS, KINDS, LANGS, SHIPPED, LetterBook, Shelf, load_letters
from server.rulebook.errors import RulebookError


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "letters").mkdir()
    return tmp_path


def put(overlay: Path, name: str, text: str) -> None:
    (overlay / "letters" / name).write_text(text, encoding="utf-8")


def test_all_kinds_in_both_languages(book: LetterBook) -> None:
    assert set(book.letters) == {(kind, lang) for kind in KINDS for lang in LANGS}
    assert {path.name for path in SHIPPED.iterdir()} == set(FILES)


def test_papers_of_every_group_and_more_with_the_depth(book: LetterBook) -> None:
    for lang in LANGS:
        texts = [paper.text[lang] for paper in book.papers]
        assert len(set(texts)) == len(texts)
    assert {paper.group for paper in book.papers} == set(GROUPS)
    assert {paper.depth for paper in book.papers} == set(DEPTHS)


def test_the_companys_file_counts_before_ours(overlay: Path) -> None:
    put(overlay, "missing_information.en.txt", "Subject: Hello {{ person }}\n\nFrom {{ our_company }}\n")
    made = load_letters(overlay)
    assert (
        made.letters["missing_information", "en"].render(person="Ann", our_company="Us")
        == "Subject: Hello Ann\n\nFrom Us"
    )
    assert made.papers == load_letters().papers


def test_a_folder_without_letters_changes_nothing(tmp_path: Path) -> None:
    assert load_letters(tmp_path).papers == load_letters().papers


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("missing_information.en.txt", "Subject: x\n\n{{ bank_account }}", r"missing_information\.en\.txt:3: unknown placeholder bank_account"),
        ("missing_information.en.txt", "Dear {{ person }}", r"missing_information\.en\.txt:1: must start with “Subject: ”"),
        ("frame.html", "{{ person }}", r"frame\.html:1: unknown placeholder person; there are blocks, lang, subject"),
        ("thanks.en.txt", "Subject: x", r"thanks\.en\.txt:1: is no letter; files are documents\.yaml"),
        ("documents.yaml", "documents: []", r"documents\.yaml:1: needs days, documents"),
        ("documents.yaml", "a: [", r"documents\.yaml:\d: is not YAML"),
        ("documents.yaml", "{days: {basic: '1'}, documents: [], not_asked: [], company_data: {en: a, zh_CN: b}, company_more: {en: a, zh_CN: b}}", "days needs words for basic, standard, deep"),
        ("documents.yaml", "{days: {basic: '1', standard: '1', deep: '1'}, documents: [{group: x}], not_asked: [], company_data: {en: a, zh_CN: b}, company_more: {en: a, zh_CN: b}}", "a document needs a group"),
        ("documents.yaml", "{days: {basic: '1', standard: '1', deep: '1'}, documents: {}, not_asked: [], company_data: {en: a, zh_CN: b}, company_more: {en: a, zh_CN: b}}", "must be lists"),
        ("missing_information.en.txt", "x" * 70_000, "is larger than 65,536 bytes"),
    ],
)  # fmt: skip
def test_mistakes_are_named(overlay: Path, name: str, text: str, complaint: str) -> None:
    put(overlay, name, text)
    with pytest.raises(RulebookError, match=complaint):
        load_letters(overlay)


def test_bytes_that_are_no_text(overlay: Path) -> None:
    (overlay / "letters" / "frame.html").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(RulebookError, match=r"letters/frame\.html:1: is not UTF-8"):
        load_letters(overlay)


def test_a_broken_file_leaves_the_old_letters_in_force(overlay: Path) -> None:
    shelf = Shelf(overlay)
    before = shelf.book
    put(overlay, "missing_information.en.txt", "Subject: {{ nothing }}\n")
    with pytest.raises(RulebookError, match="unknown placeholder nothing"):
        shelf.reload()
    assert shelf.book is before
    put(overlay, "missing_information.en.txt", "Subject: x\n")
    assert shelf.reload() is shelf.book is not before


def test_criteria_that_are_not_asked_exist(book: LetterBook) -> None:
    from server.rulebook.load import load_rulebook

    levels = load_rulebook().customer_levels
    assert book.not_asked <= {row.id for rung in levels.rungs for row in rung.criteria}
