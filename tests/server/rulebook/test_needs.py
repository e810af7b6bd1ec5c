"""The words that a pattern needs: no match may lack one of them, nor be longer than said."""

from __future__ import annotations

import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from server.rulebook.forms import edged, is_edged, unwrapped
from server.rulebook.needs import Need, needs_of
from server.rulebook.ways import UNBOUNDED


def words(source: str) -> list[list[list[str]]]:
    return [[sorted(clause) for clause in need.clauses] for need in needs_of(source)]


def longest(source: str) -> int:
    return max(need.longest for need in needs_of(source))


def test_examples() -> None:
    assert words("pay .{0,40}lawyer") == [[["pay "], ["lawyer"]]]
    assert words("colou?r") == [[["color", "colour"]]]
    assert words("(fax|mail)[ \\n]me") == [[["fax me", "mail me"]]]
    assert words("a?") == []
    assert words("[0-9]{1,2}%") == [[["0%", "00%"]]]
    assert words("x[15-7]") == [[["x0"]]]
    assert words("[0-9-]x") == [[["x"]]]
    assert words("[0-9]{2,}") == [[["00"]]]
    assert words("[{<]ad[\\]>]") == [[["<ad>", "<ad]", "{ad>", "{ad]"]]]
    assert words(r"\bpay[ \n]now\b") == [[[" pay now "]]]
    assert words(r"\bup to (?:us\$)?5\b") == [[[" up to 0 ", "up to us$0"]]]
    assert words("公司.{0,5}邮箱") == [[["公司"], ["邮箱"]]]


def test_ways_are_told_apart() -> None:
    assert words("(pay .{0,9}now|send)") == [[["pay "], ["now"]], [["send"]]]
    assert words(r"\b(wire|pay)( [a-z]{2,8})?( the| our)? bank") == [
        [[" pay", " wire"], [" bank", " our bank", " the bank"]],
    ]
    assert words(r"\b(?:no .{0,9}fee|free) today\b") == [[[" no "], ["fee today "]], [[" free today "]]]


def test_many_ways_become_one() -> None:
    source = "(" + "|".join(f"{first}.{{0,3}}{first}bcd" for first in "abcdefghijklmnopq") + ")"
    assert words(source) == [[sorted(f"{first}bcd" for first in "abcdefghijklmnopq")]]


def test_longest_match_in_bytes() -> None:
    assert longest("abc") == 3
    assert longest("a.{0,10}b") == 42
    assert longest("(ab|公司)x?") == 7
    assert longest("a[a-z]+") >= UNBOUNDED


ATOMS = st.sampled_from(
    ["a", "b", "ab", "中", ".", "[ab]", "[^a]", "[0-9]", r"\b", r"\.", "[ \\n]", "1", "[1-9-]", "[-1]", "[0-35]"]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: f"(?:{''.join(parts)})"),
        st.tuples(inner.map(lambda part: f"({part})"), st.sampled_from(["?", "{0,2}", "{1,2}", "{2}", "+", "*"])).map(
            "".join
        ),
    ),
    max_leaves=8,
)


def has(need: Need, found: str, around: bytes) -> bool:
    """Whether the way says no more than is true of this match."""
    forms = [
        {word.encode(): edged(around) if is_edged(word) else unwrapped(around) for word in clause}
        for clause in need.clauses
    ]
    return len(found.encode()) <= need.longest and all(
        any(word in form for word, form in clause.items()) for clause in forms
    )


@given(PATTERNS, st.text(st.sampled_from("ab中1. \n-_é"), max_size=12))
@settings(max_examples=1500)
def test_no_match_lacks_a_word(source: str, text: str) -> None:
    needs = needs_of(source)
    for match in re2.finditer(source, text):
        around = text[max(0, match.start() - 1) : match.end() + 1].encode()
        assert not needs or any(has(need, match.group(), around) for need in needs), (source, text, needs)
