"""Values for searches: nothing of the mail may become a command, a quote, a host or a scheme."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.judging.search_values import MOST_CHARS, MOST_WORDS, clean, without_legal_form

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\"“”«»'()[]{}|*~+:-–—/\\<>=&%#?!.,;\u202e\u200b\n\t "),
        st.sampled_from(list("OR AND site:inurl:AROUND(3)filetype-x")),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)
FORMS = {
    "after": ["ltd", "co ltd", "co., ltd", "llc", "gmbh", "s.a", "pvt ltd", "inc"],
    "before": ["ооо", "pt"],
    "joined": ["有限公司", "集团有限公司"],
}


@given(HOSTILE)
@example('x" OR site:evil.example')
@example("javascript:alert(1)")
@example("https://evil.example/?q=1")
@example("-linkedin AROUND(5) b OR c")
@example("a // b")
def test_no_value_is_a_command(value: str) -> None:
    result = clean(value)
    assert not re.search(r'["“”„«»()\[\]{}|*~+:<>=\\%#?!,;]', result)
    assert "//" not in result
    assert not any(unicodedata.category(char)[0] == "C" for char in result)
    words = result.split(" ") if result else []
    assert not {"OR", "AND", "NOT", "AROUND", "", "-"} & set(words)
    assert not any(word.startswith("-") for word in words)
    assert len(result) <= MOST_CHARS and len(words) <= MOST_WORDS
    assert clean(result) == result


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Blue Nile Trading Co., Ltd.", "Blue Nile Trading Co Ltd"),
        ("li.wei@b-c.example", "li.wei@b-c.example"),
        ("O'Brien & Sons", "O'Brien & Sons"),
        ("上海（进出口）公司", "上海 进出口 公司"),
        ("  x  ", "x"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_honest_values_stay_readable(value: str, expected: str) -> None:
    assert clean(value) == expected


@pytest.mark.parametrize(
    ("company", "core"),
    [
        ("Blue Nile Trading Co., Ltd.", "Blue Nile Trading"),
        ("Müller GmbH", "Müller"),
        ("上海蓝海贸易有限公司", "上海蓝海贸易"),
        ("ООО «Заря»", "Заря"),
        ("PT Maju Jaya", "Maju Jaya"),
        ("Acme Pvt Ltd", "Acme"),
        ("Ltd", "Ltd"),
        ("有限公司", "有限公司"),
        ("Comercial Andina S.A.", "Comercial Andina"),
        ("Halt", "Halt"),
        ("", ""),
    ],
)
def test_legal_forms_go(company: str, core: str) -> None:
    assert without_legal_form(company, FORMS) == core
