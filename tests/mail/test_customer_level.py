"""Customer levels of the honest mails, as their labels have them; and the sides on which they may err."""

from __future__ import annotations

import pytest

from server.model import Message
from tests.mail.vetted import HONEST, Bench, table

LABELS = {row["file"]: int(row["customer_level"]) for row in table(HONEST / "labels.csv") if row["customer_level"]}
RIGHT = 0.80


@pytest.fixture(scope="module")
def levels(samples: dict[str, Message], bench: Bench) -> dict[str, int | None]:
    return {name: bench.verdict(samples[name]).customer_level.level for name in LABELS}


def test_most_levels_are_right(levels: dict[str, int | None]) -> None:
    wrong = {name: (LABELS[name], level) for name, level in levels.items() if level != LABELS[name]}
    share = 1 - len(wrong) / len(LABELS)
    print(f"customer level right: {share:.3f} of {len(LABELS)}")
    assert share >= RIGHT, wrong


def test_hardly_any_is_off_by_two(levels: dict[str, int | None]) -> None:
    far = {name: (LABELS[name], level) for name, level in levels.items() if abs((level or 5) - LABELS[name]) > 1}
    assert len(far) <= len(LABELS) * 0.06, far
