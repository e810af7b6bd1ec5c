"""What fails today and is known: known_gaps.csv. A gap may close, it may not widen, and no other may open.

A row says which variant of which mail, the level reached today, and why. `python -m tests.mail.ratchet` strikes rows
that have closed.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.mail.vetted import HERE, rank, table

FILE = HERE / "known_gaps.csv"


def known(variant: str) -> Mapping[str, int]:
    """The place of the level conceded to each mail under a variant."""
    return {row["file"]: rank(row["level"]) for row in table(FILE) if row["variant"] == variant}
