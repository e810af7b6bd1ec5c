"""Values for searches: cleaned of commands, shortened for an engine, freed of legal forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.judging.search_words import MOST_CHARS, MOST_WORDS, clean, endings, host, narrow, without_legal_form

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("Blue Nile Trading Co., Ltd.", "Blue Nile Trading Co Ltd"),
        ('A" OR site:evil.example "', "A site evil.example"),
        ("AND OR NOT NEAR", ""),
        ("-x --y inurl:z", "x y inurl z"),
        ("Müller & Söhne", "Müller Söhne"),
        ("O'Brien-Smith", "O'Brien-Smith"),
        ("a\u202eb\u0000c\nd", "a b c d"),
        ("@evil #tag $5 ~x *", "evil tag 5 x"),
        ("ＯＲ ｓｉｔｅ：x", "site x"),
        ("山东海润阀门有限公司", "山东海润阀门有限公司"),
        ("1..9", "1 9"),
        ("j.hartwig@firm.example", "j.hartwig@firm.example"),
    ],
)
def test_clean(value: str, cleaned: str) -> None:
    assert clean(value) == cleaned


@given(ANY)
def test_clean_leaves_nothing_to_clean(value: str) -> None:
    once = clean(value)
    assert clean(once) == once
    assert len(once) <= MOST_CHARS and len(once.split()) <= MOST_WORDS
    assert not set(once) & set('"“”():|+*~<>[]{}\\^%#$?=;!\t\n\r')
    assert not {"OR", "AND", "NOT"} & set(once.split())
    assert not any(word.startswith("-") for word in once.split())
    assert all(char.isprintable() for char in once)


@pytest.mark.parametrize("name", ["firm.example", "a-b.co.uk", "xn--bcher-kva.example", "bücher.example", "mail.x.cn"])
def test_a_host_may_stand_unquoted(name: str) -> None:
    assert host(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "firm", "a b.example", "x.example OR y", "-x.example", "x..example", "x.example/", "x:y.example", "[1.2.3.4]"],
)
def test_what_is_no_host_is_not_offered(name: str) -> None:
    assert host(name) == ""


@given(ANY, st.integers(2, 80))
def test_narrow_keeps_the_first_words(value: str, width: int) -> None:
    short = narrow(value, width)
    assert value.startswith(short)
    assert sum(2 if char >= "\u1100" else 1 for char in short) <= width


def test_narrow_cuts_at_a_word() -> None:
    assert narrow("Blue Nile Trading", 11) == "Blue Nile"
    assert narrow("蓝色尼罗河贸易", 9) == "蓝色尼罗"


FORMS = endings({"after": ["ltd", "co.", "gmbh", "s.a."], "joined": ["有限公司"], "before": ["ооо"]})


@pytest.mark.parametrize(
    ("company", "core"),
    [
        ("Blue Nile Trading Co., Ltd.", "Blue Nile Trading"),
        ("Hartwig GmbH", "Hartwig"),
        ("海润阀门有限公司", "海润阀门"),
        ("ООО «Теплодом»", "Теплодом"),
        ("Ltd", "Ltd"),
        ("İstanbul Vana Ltd", "İstanbul Vana Ltd"),
        ("", ""),
    ],
)
def test_without_legal_form(company: str, core: str) -> None:
    assert without_legal_form(company, FORMS) == core
