"""The fourteen patterns of trade fraud, blatant and calm: a mail's level may rise above its floor, never fall below.

`wanted` in expected.csv is the level that a mail ought to have at least, `floor` what of it is reached.
`python -m tests.mail.ratchet` raises the floors to what is reached now, up to what is wanted.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mail.vetted import PATTERNS, Result, rank, table

ROWS = {row["file"]: row for row in table(PATTERNS / "expected.csv")}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_level_never_falls_below_its_floor(name: str, results: dict[str, Result]) -> None:
    row = ROWS[name]
    assert results[name].rank >= rank(row["floor"]), f"{results[name]}, was {row['floor']}. {row['why']}"


def test_blatant_mails_are_warned_of(results: dict[str, Result]) -> None:
    blatant = [name for name, row in ROWS.items() if row["manner"] == "blatant"]
    conceded = {name for name in blatant if ROWS[name]["floor"] == "low"}
    print(f"blatant mails conceded as missed: {len(conceded)} of {len(blatant)}")
    missed = [f"{name}: {results[name]}" for name in blatant if name not in conceded and not results[name].rank]
    assert not missed
    assert len(conceded) <= len(blatant) // 10


def test_how_many_have_the_level_wanted(results: dict[str, Result]) -> None:
    good = sum(results[name].rank >= rank(row["wanted"]) for name, row in ROWS.items())
    floors = sum(rank(row["floor"]) >= rank(row["wanted"]) for row in ROWS.values())
    print(f"at the level wanted: {good} of {len(ROWS)}; by their floors: {floors}")
    assert good >= floors


def test_each_pattern_has_its_mails() -> None:
    assert set(ROWS) == {path.name for path in PATTERNS.glob("*.eml")}
    patterns = Counter(row["pattern"][:3] for row in ROWS.values())
    assert set(patterns) == {f"p{number:02}" for number in range(1, 15)}
    assert set(patterns.values()) <= {2, 3}
    assert {row["manner"] for row in ROWS.values()} == {"blatant", "calm"}
