"""The words that a pattern needs: no match may lack one of them, nor be longer than said."""

from __future__ import annotations

import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from server.rulebook.forms import edged, is_edged, unwrapped
from server.rulebook.needs import UNBOUNDED, needs_of


def words(source: str) -> list[list[str]]:
    return [sorted(clause) for clause in needs_of(source).clauses]


def test_examples() -> None:
    assert words("pay .{0,40}lawyer") == [["pay "], ["lawyer"]]
    assert words("colou?r") == [["color", "colour"]]
    assert words("(fax|mail)[ \\n]me") == [["fax me", "mail me"]]
    assert words("(pay .{0,9}now|send)") == [["now", "send"]] or words("(pay .{0,9}now|send)") == [["pay ", "send"]]
    assert words("a?") == []
    assert words("[0-9]{1,2}%") == [["0%", "00%"]]
    assert words(r"\bpay[ \n]now\b") == [[" pay now "]]
    assert words(r"\bup to (?:us\$)?5\b") == [[" up to 0 ", "up to us$0"]]
    assert words("公司.{0,5}邮箱") == [["公司"], ["邮箱"]]


def test_longest_match_in_bytes() -> None:
    assert needs_of("abc").longest == 3
    assert needs_of("a.{0,10}b").longest == 42
    assert needs_of("(ab|公司)x?").longest == 7
    assert needs_of("a[a-z]+").longest >= UNBOUNDED


ATOMS = st.sampled_from(["a", "b", "ab", "中", ".", "[ab]", "[^a]", "[0-9]", r"\b", r"\.", "[ \\n]", "1"])
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


@given(PATTERNS, st.text(st.sampled_from("ab中1. \n-_é"), max_size=12))
@settings(max_examples=1500)
def test_no_match_lacks_a_word(source: str, text: str) -> None:
    needs = needs_of(source)
    for match in re2.finditer(source, text):
        found = match.group()
        assert len(found.encode()) <= needs.longest
        around = text[max(0, match.start() - 1) : match.end() + 1].encode()
        for clause in needs.clauses:
            forms = {word: edged(around) if is_edged(word) else unwrapped(around) for word in clause}
            assert any(word.encode() in form for word, form in forms.items()), (source, found, clause)
