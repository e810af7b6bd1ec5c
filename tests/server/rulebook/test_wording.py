"""Found, not there, or not checked: by the language of the mail."""

from __future__ import annotations

import pytest

from server.model import Quote
from server.rulebook.match import Found
from server.rulebook.rule import PhraseSet
from server.rulebook.wording import wording

SET = PhraseSet("pay", frozenset(("en",)))


@pytest.mark.parametrize(
    ("language", "scripts", "expected"),
    [
        ("en", {"latin"}, []),
        ("es", {"latin"}, None),
        ("zh", {"cjk"}, None),
        ("none", {"latin"}, []),
        ("none", {"cjk", "latin"}, None),
        ("none", {"other", "latin"}, None),
        ("other", {"latin"}, None),
    ],
)
def test_without_a_hit(language: str, scripts: set[str], expected: list[str] | None) -> None:
    result = wording([SET], Found({}, True, frozenset(scripts)), language)
    assert result.known.get("pay") == expected
    assert result.unknown == ({} if expected is not None else {"pay": "not_covered"})


def test_a_hit_counts_in_any_language() -> None:
    found = Found({"pay": (Quote("body", "pay", 0, 3),)}, True, frozenset(("other",)))
    assert wording([SET], found, "other").known == {"pay": ["pay"]}


def test_without_a_body_only_hits_count() -> None:
    assert wording([SET], Found(), "none").unknown == {"pay": "not_given"}
    found = Found({"pay": (Quote("subject", "pay", 0, 3),)})
    assert wording([SET], found, "none").known == {"pay": ["pay"]}
