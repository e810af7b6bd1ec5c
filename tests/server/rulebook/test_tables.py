"""Lists, pairs, and what the libraries add."""

from __future__ import annotations

from pathlib import Path

from server.rulebook.errors import Problem
from server.rulebook.load import SHIPPED
from server.rulebook.tables import frozen, read_list, read_tables, shared, suffix_rules


def test_the_shipped_tables_are_sound() -> None:
    problems: list[Problem] = []
    tables = read_tables(SHIPPED, problems)
    assert problems == []
    sets = frozen(tables)
    assert {"gmail.com", "163.com", "qq.com"} <= sets["free_providers"]
    assert "alibaba.com" not in sets["free_providers"]
    assert not sets["free_providers"] & sets["disposable"]
    assert tables["t2s"]["to"][tables["t2s"]["from"].index("電")] == "电"
    assert {tables["confusables"][char] for char in "аα01im"} == {"a", "o", "l", "rn"}
    assert tables["fold"]["’"] == "'"


def test_confusables_end_in_themselves() -> None:
    """A skeleton of a skeleton is the same: both sides of a comparison need only one pass."""
    confusables: dict[str, str] = read_tables(SHIPPED, [])["confusables"]
    for target in confusables.values():
        folded = "".join(confusables.get(char, char) for char in target)
        again = "".join(confusables.get(char, char) for char in folded)
        assert folded == again
        assert target.isascii() and target.isalnum()


def test_a_list_is_lower_case_sorted_and_says_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# about\nb.com\na.com # why\nB.org\nb.com\nb.com\n", encoding="utf-8")
    problems: list[Problem] = []
    read_list(path, problems)
    assert [(problem.line, problem.message) for problem in problems] == [
        (3, "a.com must stand before b.com (sorted)"),
        (4, "B.org must be lower case"),
        (6, "b.com stands twice"),
    ]


def test_a_broken_pair_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "t2s.txt").write_text("# head\n電 电\n電电\n", encoding="utf-8")
    problems: list[Problem] = []
    read_tables(tmp_path, problems)
    assert [str(problem).split(": ")[0] for problem in problems] == ["tables/t2s.txt:3"]


def test_suffix_rules_hold_wildcards_exceptions_and_private_ones() -> None:
    rules = set(suffix_rules())
    assert {"com", "co.uk", "*.ck", "!www.ck", "github.io"} <= rules


def test_equal_tables_are_there_once() -> None:
    first = shared(read_tables(SHIPPED, []))
    again = shared(read_tables(SHIPPED, []))
    assert again is first
    assert frozen(first)["psl"] is first["psl"] and "gmail.com" in first["free_providers"]
    other = shared(read_tables(SHIPPED, []) | {"disposable": ["trash.example"]})
    assert other is not first and other["disposable"] == {"trash.example"}
