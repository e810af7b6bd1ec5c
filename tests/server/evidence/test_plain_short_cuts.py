"""Short cuts of the extractors give what the long way gives: quote markers one by one, legal forms, folding, words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.evidence import company, plain
from server.evidence.lexicon import Lexicon, lexicon_of
from server.evidence.pattern import Choice, any_of, marks_of
from server.rulebook.book import Rulebook

WORDS = st.sampled_from(
    [
        *(
            "on Monday",
            "wrote:",
            "WROTE:",
            "Am 3.",
            "schrieb Kari:",
            "From:",
            "Sent:",
            "To: us",
            "> ",
            "\n",
            "\n\n",
            " ",
        ),
        *(
            "-----",
            "Original Message",
            "2024年",
            "写道：",
            "发件人：",
            "日期：",
            "a",
            "é",
            "écrit :",
            "yazdı:",
            "tarihinde",
            "ſent:",
        ),
        *("____________________", "x" * 90, "forwarded", "K", "İ"),
    ]
)
FIRMS = st.sampled_from(
    [
        *(
            "as",
            "AS",
            "A/S",
            "a s",
            "co",
            "Co.,",
            "Ltd",
            "ltd.",
            "limited",
            "Acme",
            "Nordic",
            "the",
            "and Sons",
            "S.A.",
            "s. a",
        ),
        *(
            "GmbH & Co. KG",
            "PT Maju",
            "M/s",
            "Trading",
            "group",
            "有限公司",
            "深圳",
            "Kft",
            "KFT",
            "\n",
            ",",
            "-",
            "s de r l",
        ),
    ]
)


@pytest.fixture(scope="module")
def lexicon(rulebook: Rulebook) -> Lexicon:
    """The shipped lexicon."""
    return lexicon_of(rulebook.tables)


@given(st.lists(WORDS, max_size=14).map("".join) | st.lists(WORDS, max_size=14).map(" ".join))
@settings(max_examples=600, deadline=None)
def test_markers_one_by_one_find_what_all_in_one_finds(rulebook: Rulebook, text: str) -> None:
    sources = tuple(rulebook.tables["quote_markers"])
    before = "(?im)^[ \\t>]*"
    assert _choice(sources, before).search(text) == any_of(sources, before).search(text)


_CHOICES: dict[tuple[str, ...], Choice] = {}


def _choice(sources: tuple[str, ...], before: str) -> Choice:
    return _CHOICES.setdefault(sources, Choice(sources, before))


def test_marks() -> None:
    assert marks_of("on .{4,9}wrote:") == ("wrote:",)
    assert marks_of("(in|at) [0-9]+") == ()
    assert marks_of("(first one|second) [0-9]") == ("first", "second")


@given(st.lists(FIRMS, max_size=12).map(" ".join), st.booleans())
@settings(max_examples=600, deadline=None)
def test_companies_are_not_missed(lexicon: Lexicon, text: str, signature: bool) -> None:
    rows = list(plain.lines(text))
    found = company.find_companies(text, rows, lexicon, signature=signature)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(company, "form_starts", lambda text, *_, **__: list(range(len(text))))
        assert company.find_companies(text, rows, lexicon, signature=signature) == found


@given(st.text(st.sampled_from("aB1_- \n\t\u00a0\u2028ÉßİΣ中’“…。，٣")))
def test_words_and_blanks(text: str) -> None:
    words = re.findall(r"[^\W_\u3400-\u9fff\uf900-\ufaff]+|[\u3400-\u9fff\uf900-\ufaff]+", text)
    assert plain.word_list(text) == words
    assert plain.blanks(text) == "".join(" " if char in plain.WHITE else char for char in text)
    folded = plain.fold(text)
    assert len(folded) == len(text)
    assert not set(folded) & set(plain.WHITE.replace(" ", ""))
