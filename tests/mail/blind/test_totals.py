"""The blind sets do not fall back. Of b and e to j a failure says which total fell, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.meaning.encoder import installed
from server.rulebook.book import Rulebook
from tests.mail.blind.totals import Share, Totals, auc, totals
from tests.mail.vetted import Bench, meaning_stage

HERE = Path(__file__).parent
FLOORS = {
    "a": {"fraud_at_band": 0.7, "honest_at_band": 0.9, "not_red": 0.95, "auc": 0.91, "level_as_read": 0.58},
    "b": {"fraud_at_band": 0.64, "honest_at_band": 0.93, "not_red": 0.96, "auc": 0.9, "level_as_read": 0.57},
    "c": {"fraud_at_band": 0.8, "honest_at_band": 0.85, "not_red": 0.94, "auc": 0.95, "level_as_read": 0.6},
    "d": {"fraud_at_band": 0.8, "honest_at_band": 0.87, "not_red": 0.94, "auc": 0.94, "level_as_read": 0.6},
    "e": {"fraud_at_band": 0.76, "honest_at_band": 0.92, "not_red": 0.97, "auc": 0.92, "level_as_read": 0.62},
    "f": {"fraud_at_band": 0.75, "honest_at_band": 0.9, "not_red": 0.96, "auc": 0.92, "level_as_read": 0.66},
    "g": {"fraud_at_band": 0.76, "honest_at_band": 0.88, "not_red": 0.94, "auc": 0.92, "level_as_read": 0.7},
    "h": {"fraud_at_band": 0.79, "honest_at_band": 0.87, "not_red": 0.94, "auc": 0.9, "level_as_read": 0.61},
    "i": {"fraud_at_band": 0.7, "honest_at_band": 0.91, "not_red": 0.95, "auc": 0.93, "level_as_read": 0.6},
    "j": {"fraud_at_band": 0.76, "honest_at_band": 0.88, "not_red": 0.94, "auc": 0.91, "level_as_read": 0.66},
}
"""A few mails below what was reached last: a change may cost one somewhere, a loss in general shows."""


def floored(found: Totals) -> dict[str, float]:
    """The totals that have a floor."""
    return {
        "fraud_at_band": found.fraud_at_band.value,
        "honest_at_band": found.honest_at_band.value,
        "not_red": 1 - found.red.value,
        "auc": found.auc,
        "level_as_read": found.level_as_read.value,
    }


@pytest.fixture(scope="module")
def bench(rulebook: Rulebook) -> Bench:
    return Bench(rulebook, meaning_stage(rulebook))


@pytest.mark.slow
@pytest.mark.skipif(installed() is None, reason="the encoder is not installed")
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_total_falls_below_its_floor(name: str, bench: Bench) -> None:
    found = floored(totals(HERE / name, bench))
    fallen = [total for total, floor in FLOORS[name].items() if found[total] < floor]
    if fallen:
        pytest.fail(f"set {name}: {', '.join(fallen)} fell below what the floors of this test concede", pytrace=False)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_each_set_is_large_enough_and_has_all_its_mails(name: str) -> None:
    mails = {path.name for path in (HERE / name).glob("*.eml")}
    labelled = {line.split(",")[0] for line in (HERE / name / "labels.csv").read_text("utf-8").splitlines()[1:]}
    if len(mails) < 80 or mails != labelled:
        pytest.fail(f"set {name}: {len(mails)} mails, {len(labelled)} labels", pytrace=False)


def test_shares_and_area() -> None:
    low, high = Share(27, 48).interval()
    assert (round(low, 2), round(high, 2)) == (0.42, 0.69)
    assert Share(0, 0).value == 0.0 and Share(0, 0).interval() == (0.0, 1.0)
    assert auc([50, 20], [20, 0]) == 0.875
