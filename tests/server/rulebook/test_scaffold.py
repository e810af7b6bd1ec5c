"""A new rule loads at once, and its template cases hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.rulebook.cases import all_cases, mistake
from server.rulebook.load import load_rulebook
from server.rulebook.scaffold import new_rule

Write = Callable[[dict[str, str]], Path]


@pytest.mark.parametrize("group", ["sender", "content", "trust", "lists", "thread"])
def test_a_new_rule_is_sound(write: Write, group: str) -> None:
    folder = write({})
    path = new_rule(f"{group}/some_rule", folder)
    assert path == folder / "rules" / group / "some_rule.yaml"
    book = load_rulebook(folder)
    assert [mistake(book, owner, case) for _, owner, case in all_cases(book)] == [None, None]


def test_a_combo_goes_into_its_folder(write: Write) -> None:
    folder = write({})
    new_rule("sender/some_rule", folder)
    new_rule("sender/other_rule", folder)
    assert new_rule("combo/both", folder).parent.name == "combos"
    book = load_rulebook(folder)
    assert [mistake(book, owner, case) for _, owner, case in all_cases(book)] == [None] * 6


@pytest.mark.parametrize("name", ["nogroup", "sender/Bad", "nothing/x_y", "sender/../x"])
def test_wrong_names_are_refused(write: Write, name: str) -> None:
    with pytest.raises(ValueError, match="group/id"):
        new_rule(name, write({}))


def test_a_taken_name_is_refused(write: Write) -> None:
    folder = write({})
    new_rule("sender/some_rule", folder)
    with pytest.raises(ValueError, match=r"is taken by rules/sender/some_rule\.yaml"):
        new_rule("content/some_rule", folder)
