"""No stage is quadratic: twice the input takes at most two and a half times the processor's time."""

from __future__ import annotations

import time

import pytest

from tests.fuzz.doors import DOORS, vetting
from tests.fuzz.hostile import KINDS

SIZE = 100_000
MOST = 2.5
SHORT = 0.004
"""Seconds up to which a ratio says nothing: the fixed part of a vetting and the clock's own unrest."""
ROUNDS = 6
"""Tries to get an undisturbed pair of measurements on a busy machine."""


@pytest.mark.parametrize("kind", list(KINDS))
def test_twice_as_much_takes_twice_as_long(kind: str) -> None:
    vetting()
    door, made = KINDS[kind]
    once, twice = made(SIZE), made(2 * SIZE)
    DOORS[door](twice)  # what is made at first use, is made
    least, most = spent(door, once), spent(door, twice)
    for _ in range(ROUNDS):
        if most <= max(MOST * least, SHORT):
            return
        least, most = min(least, spent(door, once)), min(most, spent(door, twice))
    assert most <= max(MOST * least, SHORT), f"{least * 1000:.0f} ms for {SIZE}, {most * 1000:.0f} ms for twice that"


def spent(door: str, data: bytes) -> float:
    """Seconds of this thread's processor time."""
    start = time.thread_time()
    DOORS[door](data)
    return time.thread_time() - start
