"""What a letter takes over from a mail: names that look like names, on one line, without links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.letters.values import company_of, missing_of, one_line, person_of, plural, products_of

Verdict = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("person", "shown", "found"),
    [
        ("Ann Lee", "", "Ann Lee"),
        ("Dr. Helen Marsh", "", "Dr. Helen Marsh"),
        ("Dipl.-Ing. Jürgen Hartwig", "", "Jürgen Hartwig"),
        ("Daniel", "Daniel Whitcombe", "Daniel"),
        ("Questions", "Procurement Operations", ""),
        ("小何", "", "小何"),
        ("温馨提示", "", ""),
        ("ann@firm.example", "", ""),
        ("Ann www.evil.example", "", ""),
        ("Ann https://evil.example", "", ""),
        ("Ann evil.com", "", ""),
        ("Ann\nBcc: x", "", ""),
        ("A" * 61, "A" * 61, ""),
        ("", "", ""),
    ],
)
def test_the_writer(verdict: Verdict, person: str, shown: str, found: str) -> None:
    assert person_of(verdict(person, shown=shown)) == found


@pytest.mark.parametrize(
    ("company", "found"),
    [
        ("Gulf Petrolube Co.", "Gulf Petrolube Co."),
        ("Korkmaz Vana San. Tic. A.Ş.", "Korkmaz Vana San. Tic. A.Ş."),
        ("Memon Rafiq & Sons", "Memon Rafiq & Sons"),
        ("上海海润阀门（集团）有限公司", "上海海润阀门（集团）有限公司"),
        ("Evil Ltd https://evil.example", ""),
        ("evil.com Ltd", ""),
        ("Evil <b>Ltd</b>", ""),
        ("Evil Ltd\r\n\r\nPay now", "Evil Ltd Pay now"),
        ("x" * 10_000, ""),
        ('" OR -site:', ""),
        ("", ""),
    ],
)
def test_the_company(verdict: Verdict, company: str, found: str) -> None:
    assert company_of(verdict(company=company)) == found


def test_a_company_that_the_domain_does_not_bear_out_is_not_named(verdict: Verdict) -> None:
    assert company_of(verdict(company_in_domain=False)) == ""
    assert company_of(verdict(company_in_domain=True)) == "Blue Nile Trading Ltd"


@pytest.mark.parametrize(
    ("wording", "language", "lang", "found"),
    [
        ("Please quote gate valve", "en", "en", ["gate valves"]),
        ("Gate valves", "en", "en", ["gate valves"]),
        ("quote your 600x600 LED panel", "en", "zh_CN", ["LED panels"]),
        ("Need rate of pure white garlic", "en", "en", ["pure white garlic"]),
        ("面料", "zh", "zh_CN", ["面料"]),
        ("面料", "zh", "en", []),
        ("vana", "tr", "en", []),
        ("ткань", "ru", "en", []),
        ("Kumas", "en", "en", []),
        ("evil.com valves", "en", "en", ["valves"]),
        ("", "en", "en", []),
    ],
)
def test_goods(verdict: Verdict, wording: str, language: str, lang: Any, found: list[str]) -> None:
    assert products_of(verdict(goods=wording, language=language), lang) == found


@pytest.mark.parametrize(
    ("one", "many"),
    [("gate valve", "gate valves"), ("lunch box", "lunch boxes"), ("battery", "batteries"), ("garlic", "garlic"), ("jars", "jars"), ("toy", "toys")],
)  # fmt: skip
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many


ORDER, DETAILS = "a formal or sample order", "details: {parts}"


def test_what_is_missing(verdict: Verdict) -> None:
    given = [
        ORDER,
        "details: packing, quantity",
        "more details: packing, quantity, payment terms",
        "company data: phone",
    ]
    assert missing_of(verdict(missing=given), frozenset({ORDER}), "all") == [
        "details: packing, quantity",
        "company data: phone",
    ]
    assert missing_of(verdict(missing=given), frozenset({ORDER, DETAILS}), "all") == [
        "more details: packing, quantity, payment terms",
        "company data: phone",
    ]
    assert missing_of(verdict(missing=["which product exactly"], level=4), frozenset(), "all") == [
        "which product exactly",
        "all",
    ]


@given(st.text(max_size=200))
def test_one_line(text: str) -> None:
    line = one_line(text, 60)
    assert len(line) <= 60 and "\n" not in line and line == line.strip()
    assert all(char.isprintable() for char in line)
