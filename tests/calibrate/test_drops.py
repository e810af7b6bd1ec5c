"""The calibration scores as the product does, and a removed rule takes its combos with it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from server.rulebook.book import Rulebook
from tests.calibrate import figures
from tests.calibrate.drops import Dropping, Judged, judged
from tests.calibrate.page import page
from tests.calibrate.samples import OWN_SAMPLES
from tests.mail.vetted import HONEST, PATTERNS, read


@pytest.fixture(scope="module")
def mails(rulebook: Rulebook) -> list[Judged]:
    found = [judged(OWN_SAMPLES, True, Dropping(message, rulebook)) for message in list(read(PATTERNS).values())[:12]]
    return found + [
        judged(OWN_SAMPLES, False, Dropping(message, rulebook)) for message in list(read(HONEST).values())[:12]
    ]


def test_without_all_that_fired_nothing_is_left(rulebook: Rulebook) -> None:
    for message in list(read(PATTERNS).values())[:6]:
        mail = Dropping(message, rulebook)
        assert mail.outcome(frozenset(one.rule.id for one in mail.fired)) == (0, 0)


def test_a_combo_falls_with_its_only_part(rulebook: Rulebook) -> None:
    """Several rules may carry a combo: it stays as long as its condition holds without the dropped one."""
    mail = Dropping(read(PATTERNS)["p14-discount-or-refuse.eml"], rulebook)
    combos = [one.rule for one in mail.fired if one.rule.group == "combo"]
    assert combos
    parts = frozenset(part for combo in combos for part in combo.fired)
    left = mail.outcome(parts)
    assert left[0] < mail.outcome(frozenset(combo.id for combo in combos))[0]


def test_the_page_holds_figures_and_no_addresses(mails: list[Judged], rulebook: Rulebook) -> None:
    measure: Any = SimpleNamespace(PAIRS=[], auc=lambda bad, good: 0.5)
    text = page(mails, measure, rulebook, meaning=False)
    assert "@" not in text
    for heading in ("## Sets", "## Costly rules", "## Rules that fire together", "## Rules that never fire"):
        assert heading in text
    assert "| own samples | fraud | 12 |" in text


def test_each_rule_is_either_silent_or_fires(mails: list[Judged], rulebook: Rulebook) -> None:
    silent = figures.silent(mails, rulebook)
    fired = {rule for mail in mails for rule in mail.fired}
    assert silent.keys() | fired == rulebook.by_id.keys()
    assert not silent.keys() & fired
