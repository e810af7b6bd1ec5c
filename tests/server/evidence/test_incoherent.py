"""Figures of one mail that cannot both be right, and the many that can."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.evidence.incoherent import _SUM, incoherent_facts, may_clash
from server.evidence.lexicon import lexicon_of
from server.evidence.spec_checks import CHECKS
from server.evidence.tokens import tokens
from server.evidence.totals import listed_totals
from server.model import Evidence
from server.rulebook.book import Rulebook

Facts = Callable[..., Evidence]
FACT = "content.incoherent"


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ('Gate valve DN50 (4") PN16, 20 pcs', 'DN50 ≠ 4"'),
        ("Ball valve DN 100 / 2 inch", 'DN100 ≠ 2"'),
        ('Elbow 1 1/2" DN100', 'DN100 ≠ 1.5"'),
        ("球阀 DN50（4英寸）", 'DN50 ≠ 4"'),
        ("Flange PN16/Class 900", "PN16 ≠ Class 900"),
        ("Check valve PN100 (150LB)", "PN100 ≠ Class 150"),
        ("500 pcs x USD 12.50 = USD 7,250", "500 x 12.5 = 6250 ≠ 7250"),
        ("1,000 sets @ $3.20 per set, total amount: $2,300", "1000 x 3.2 = 3200 ≠ 2300"),
        ("500件×12.5元=7250元", "500 x 12.5 = 6250 ≠ 7250"),
        ("We need 40 tons in one 20' container", "40 t ≠ 1 x 20'"),
        ("2 x 20ft containers with 95 MT garlic? 2 x 20' = 95 MT", ""),  # said twice, so not read
        ("2x20GP = 95 MT", "95 t ≠ 2 x 20'"),
        ("40,000 kg in one 20ft container", "40 t ≠ 1 x 20'"),
        ("45吨装一个40尺柜", "45 t ≠ 1 x 40'"),
        ("LED bulb E27, 12W, 5000 lumen, 220V", "5000 lm ≠ 12 W"),
        ("球泡灯 9W 5000流明", "5000 lm ≠ 9 W"),
        ("Fabric 65% cotton 45% polyester, 150 gsm", "65% + 45% = 110% ≠ 100%"),
        ("面料 70%棉 50%涤纶", "70% + 50% = 120% ≠ 100%"),
        ("We need:\nDN50 200 pcs\nDN80 300 pcs\nTotal 600 pcs", "200 + 300 = 500 ≠ 600 pcs"),
        ("红色 200 件\n蓝色 300 件\n合计 900 件", "200 + 300 = 500 ≠ 900 件"),
    ],
)
def test_what_cannot_be(text: str, clash: str, facts: Facts) -> None:
    found = facts(incoherent_facts, text=f"Dear Amy,\n\n{text}\n\nThanks")
    assert found.get(FACT) == ([clash] if clash else [])
    assert not clash or found.quotes[FACT][0].text in text


@pytest.mark.parametrize(
    "text",
    [
        'Gate valve DN50 (2") PN16',
        'DN50 (2 1/2") as a near size',
        'DN15-DN50 (1/2"-2")',
        'DN50/DN80/DN100 (2"/3"/4")',
        'DN50 2" DN80 3" DN100 4" DN200 8"',
        '2" DN50 4" DN100 8" DN200',
        'DN50 (2") DN100 (4") DN200 (8")',
        'DN100 x 2" reducer, DN100 to 2" adapter',
        'Valves DN50, 4" flanges extra',
        "DN50, 4 pcs; DN80 2 in stock",
        "PN16 / Class 150, PN40 (Class 300), PN25/Class 150/300",
        "PN10/PN16/Class 150",
        "500 pcs x USD 12.50 = USD 6,250",
        "500 pcs x USD 12.50 = USD 6,300",  # within 2 %
        "500 pcs x USD 12.50 = EUR 5,800",
        "500 pcs x USD 12.50 = USD 6,250 + freight 400 = USD 6,650",
        "500 pcs x USD 12.50, total USD 6,650 incl. freight",
        "500 pcs x USD 12.50 less 5% = USD 5,937",
        "500 pcs x USD 12.50, deposit 30% = USD 1,875",
        "LED panel 600x600, total 1200 pcs",
        "1200x600=0.72 sqm per panel",
        "10 pcs x USD 12,500 = USD 125",
        "“Type 4” DN50 valves, 20 pcs",
        "28,500 t in one 20' container",
        "Order A 500 pcs\nOrder B 300 pcs\nTotal of the contract 2000 pcs",
        "20 tons x USD 1.2 per kg = USD 24,000",
        "1.200 pcs x 2,50 = 3.000,00",
        "600 x 600 x 10 = panel, 60 x 60 x 20 cm",
        "3 x 2 = 2 x 3",
        "28 tons in one 20' container",
        "1x20' and 1x40', 60 tons",
        "40 tons a month, first order one 20' container",
        "5 x 40' reefer, 28 MT each",
        "50 tons by 20' containers",
        "LED panel 40W 4000 lm, 160 lm/W at 200W",
        "10W/20W/30W, 5000 lm for the last",
        "10 x 12W, 12000 lm; 5W-50W 9000 lm",
        "12W/m strip, 5000 lm per roll",
        "65% cotton 35% polyester / 80% cotton 20% polyester",
        "100% cotton and 100% polyester",
        "80% cotton, 60% linen minimum",
        "30% deposit, 70% against copy of BL",
        "DN50 200 pcs\nDN80 300 pcs\nTotal 500 pcs",
        "1,000 pcs red\nDN50 200 pcs\n2 boxes of DN80 300 pcs\nTotal 1500 pcs",
        "10 pcs per carton\n20 pcs per carton\nTotal 600 pcs",
        "DN50 200 pcs\nDN80 300 pcs\nTotal 12 tons",
        "Model 7: 100\nDN50 200 pcs\nDN80 300 pcs\nTotal 600 pcs",
        "=" * 5000,
        "x" * 400 + " 12W 5000 lm",
    ],
)
def test_what_may_be(text: str, facts: Facts) -> None:
    assert facts(incoherent_facts, text=f"Dear Amy,\n\n{text}\n\nThanks").get(FACT) == []


def test_what_is_quoted_from_an_older_mail_does_not_count(facts: Facts) -> None:
    text = "See below.\n\nOn Monday, Tina <t@wharf.de> wrote:\n> LED bulb 12W, 5000 lumen"
    assert facts(incoherent_facts, text=text).get(FACT) == []


def test_without_a_text_it_is_unknown(facts: Facts) -> None:
    assert facts(incoherent_facts).get(FACT) is None


def test_five_at_most_and_none_twice(facts: Facts) -> None:
    text = "\n".join(f"LED bulb 12W, {5000 + at // 2} lm" for at in range(40))
    found = facts(incoherent_facts, text=text)
    assert len(found.get(FACT)) == len(found.quotes[FACT]) == 5  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "piece", ['DN50 (4") ', "1 x 1 = ", "5% cotton ", "20' 40 t ", "1/2 1/2 ", "200 pcs\n", "total 5 pcs\n"]
)
def test_hostile_text_stays_cheap(piece: str, facts: Facts) -> None:
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    facts(incoherent_facts, text=text)
    assert time.process_time() - started < 1.0


_PIECES = st.sampled_from(
    ["12", "1,200", "dn", "pn", "class", '"', "inch", "%", "cotton", "45", "lm", "w", "x", "=", "total", "usd", "pcs",
     ":", "t", "'", "container", "one", "in", "/", "千", "合"]
)  # fmt: skip


@given(st.lists(st.lists(_PIECES, max_size=7).map(" ".join), max_size=6))
@settings(max_examples=300, deadline=None)
def test_lines_that_are_left_out_hold_nothing(rulebook: Rulebook, lines: list[str]) -> None:
    words = lexicon_of(rulebook.tables).specs
    whole = [(0, tokens(line)) for line in lines]
    for line, (_, taken) in zip(lines, whole, strict=True):
        if not may_clash(line):
            assert [clash for check in CHECKS for clash in check(taken, words)] == []
    short = [(0, taken if any(token.number for token in taken) else []) for _, taken in whole]
    found = [text for text, _ in listed_totals(whole, words.units)]
    assert [text for text, _ in listed_totals(short, words.units)] == found
    assert not found or _SUM.search("\n".join(lines))
