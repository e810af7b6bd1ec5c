"""Answers are kept for their own lifetime and no longer."""

from __future__ import annotations

from datetime import UTC, datetime

from server.lookups.answer import Found, Unknown
from server.lookups.cache import AnswerCache
from tests.peers.fakes import MovableClock

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_each_answer_leaves_after_its_own_lifetime() -> None:
    clock = MovableClock()
    cache = AnswerCache(clock)
    cache.put("mx", "a.com", Found(1, "dns", NOW, 3600))
    cache.put("mx", "b.com", Unknown("timed_out", "dns", NOW, 45))
    clock.ahead = 46
    assert cache.get("mx", "a.com") is not None
    assert cache.get("mx", "b.com") is None
    clock.ahead = 3601
    assert cache.get("mx", "a.com") is None


def test_kinds_do_not_mix_and_an_answer_without_lifetime_is_not_kept() -> None:
    cache = AnswerCache(MovableClock())
    cache.put("mx", "a.com", Found(1, "dns", NOW, 3600))
    cache.put("spf", "a.com", Unknown("pending", "dns", NOW))
    assert cache.get("spf", "a.com") is None
    assert cache.counts()["mx"] == {"hits": 0, "misses": 0, "entries": 1}
    assert cache.counts()["spf"] == {"hits": 0, "misses": 1, "entries": 0}


def test_the_number_of_entries_is_bounded() -> None:
    cache = AnswerCache(MovableClock(), max_entries=10)
    for number in range(100):
        cache.put("mx", f"{number}.com", Found(number, "dns", NOW, 3600))
    assert cache.counts()["mx"]["entries"] == 10
    assert cache.get("mx", "99.com") is not None
