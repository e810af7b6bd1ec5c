"""Ugly honest mails: hurry, public mailboxes, bad English, samples, D/P, and words that fraud uses. None may be red."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mail.gaps import known
from tests.mail.vetted import HONEST, Result, rank, table

LABELS = {row["file"]: row for row in table(HONEST / "labels.csv")}
RED = rank("high")
AT_BAND = 0.90
"""Share of honest mails that must come out at or below the highest level that their label grants."""


@pytest.mark.parametrize("name", sorted(LABELS))
def test_no_honest_mail_is_red(name: str, results: dict[str, Result]) -> None:
    limit = max(RED - 1, known("as it is").get(name, 0))
    assert results[name].rank <= limit, f"{results[name]}. It is honest: {LABELS[name]['why']}"


def test_honest_mails_stay_in_their_band(results: dict[str, Result]) -> None:
    above = [name for name, row in LABELS.items() if results[name].rank > rank(row["max_level"])]
    share = 1 - len(above) / len(LABELS)
    print(f"honest mails at or below their band: {share:.3f} of {len(LABELS)}")
    assert share >= AT_BAND, [f"{name}: {results[name]}" for name in above]


def test_every_honest_mail_could_be_read(results: dict[str, Result]) -> None:
    unread = [name for name in LABELS if results[name].level == "unknown"]
    assert not unread


def test_each_file_has_its_label() -> None:
    assert set(LABELS) == {path.name for path in HONEST.glob("*.eml")}
    assert len(LABELS) >= 60
    assert len(Counter(row["language"] for row in LABELS.values())) >= 9
