"""The rate limit's counters: a minute of the clock, bounded memory, one budget for all processes that share a Redis."""

from __future__ import annotations

import pytest

from server.web import quota as module
from server.web.quota import Quota


class Clock:
    def __init__(self, now: float = 600.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Together:
    """As much of `Shared` as a quota needs: counters that all processes see, or none at all."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self.away = False

    def add(self, amounts: dict[str, int], ttl_s: float) -> dict[str, int] | None:
        if self.away:
            return None
        for key, amount in amounts.items():
            self.totals[key] = self.totals.get(key, 0) + amount
        return {key: self.totals[key] for key in amounts}


def test_a_minute_has_its_budget_and_says_when_the_next_begins() -> None:
    clock = Clock(630.0)
    quota = Quota(2, clock=clock)
    assert [quota.take("a"), quota.take("a"), quota.take("a")] == [0, 0, 30]
    assert quota.take("b") == 0
    clock.now = 660.0
    assert quota.take("a") == 0


def test_too_many_callers_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    quota = Quota(1, clock=Clock())
    assert [quota.take("a"), quota.take("b"), quota.take("c")] == [0, 0, 0]
    assert quota.take("d") > 0
    assert len(quota._used) == 3


def quotas(together: Together, clock: Clock, count: int = 2) -> list[Quota]:
    made = [Quota(10, together, clock) for _ in range(count)]  # type: ignore[arg-type]
    for one in made:
        one._next_sync = float("inf")  # the tests say when
    return made


def test_processes_add_up() -> None:
    together, clock = Together(), Clock()
    here, there = quotas(together, clock)
    for quota in (here, there):
        assert [quota.take("a") for _ in range(6)] == [0] * 6
    here.sync()
    there.sync()
    assert there.take("a") > 0 and here.take("a") == 0
    here.sync()
    assert here.take("a") > 0


def test_without_an_answer_each_counts_for_itself_and_says_it_later() -> None:
    together, clock = Together(), Clock()
    here, there = quotas(together, clock)
    together.away = True
    assert [here.take("a") for _ in range(6)] == [0] * 6
    here.sync()
    together.away = False
    here.sync()
    assert list(together.totals.values()) == [6]
    there.take("a")
    there.sync()
    assert [there.take("a") for _ in range(4)] == [0, 0, 0, 60]


def test_what_is_shared_does_not_name_anybody() -> None:
    together = Together()
    (here,) = quotas(together, Clock(), 1)
    here.take("token:Li Wei")
    here.sync()
    assert together.totals and all("Li" not in key for key in together.totals)
