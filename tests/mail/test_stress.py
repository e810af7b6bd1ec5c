"""Honest mails under what real buyers do too: a public mailbox, a second one, hurry, the wish for the whole catalogue.

The goal is 4 % red each. stress_limits.csv concedes a larger share where the goal is not reached; it may fall, never
rise.
"""

from __future__ import annotations

import pytest

from server.model import Message
from tests.mail.stress import GOAL, LIMITS_FILE, VARIANTS, share, stressed
from tests.mail.vetted import HONEST, Bench, Result, rank, read, table

LIMITS = {row["variant"]: row for row in table(LIMITS_FILE)}


@pytest.fixture(scope="module")
def honest() -> dict[str, Message]:
    return read(HONEST)


@pytest.fixture(scope="module")
def under_stress(honest: dict[str, Message], bench: Bench) -> dict[str, dict[str, Result]]:
    return stressed(honest, bench)


@pytest.mark.parametrize("variant", VARIANTS)
def test_few_honest_mails_turn_red_by(variant: str, under_stress: dict[str, dict[str, Result]]) -> None:
    found = under_stress[variant]
    red = share(found, rank("high"))
    limit = float(LIMITS[variant]["red"]) if variant in LIMITS else GOAL
    print(f"{variant}: red {red:.3f}, goal {GOAL}, limit {limit}")
    assert red <= limit, [f"{name}: {result}" for name, result in found.items() if result.rank >= rank("high")]


def test_two_public_mailboxes_alone_never_pass_caution(under_stress: dict[str, dict[str, Result]]) -> None:
    """Alone: nothing else in the mail raised a doubt."""
    clean = [name for name, result in under_stress["as it is"].items() if not any("+" in one for one in result.reasons)]
    assert len(clean) >= 20
    red = [
        f"{name}: {under_stress['two freemails'][name]}"
        for name in clean
        if under_stress["two freemails"][name].rank > 1
    ]
    assert not red


def test_every_limit_belongs_to_a_variant() -> None:
    assert set(LIMITS) <= set(VARIANTS)
    assert all(len(row["reason"]) > 20 for row in LIMITS.values())
