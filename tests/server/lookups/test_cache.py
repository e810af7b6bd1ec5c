"""Answers are kept for their own lifetime and no longer."""

from __future__ import annotations

from datetime import UTC, datetime

from server.lookups.answer import Found, NotFound, Unknown
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
    assert cache.counts()["mx"] == {"hits": 0, "misses": 0, "stale": 0, "entries": 1}
    assert cache.counts()["spf"] == {"hits": 0, "misses": 1, "stale": 0, "entries": 0}


def test_the_number_of_entries_is_bounded() -> None:
    cache = AnswerCache(MovableClock(), max_entries=10)
    for number in range(100):
        cache.put("mx", f"{number}.com", Found(number, "dns", NOW, 3600))
    assert cache.counts()["mx"]["entries"] == 10
    assert cache.get("mx", "99.com") is not None


def test_what_is_past_its_time_is_shown_for_a_while_and_said_to_be() -> None:
    clock = MovableClock()
    cache = AnswerCache(clock)
    found, none, unknown = Found(1, "dns", NOW, 300), NotFound("dns", NOW, 300), Unknown("timed_out", "dns", NOW, 300)
    for name, answer in {"found": found, "none": none, "unknown": unknown}.items():
        cache.put("mx", name, answer)
    clock.ahead = 299
    assert [cache.look("mx", name) for name in ("found", "unknown")] == [(found, False), (unknown, False)]
    clock.ahead = 301
    assert cache.look("mx", "found") == (found, True) and cache.get("mx", "found") is None
    assert cache.look("mx", "none") == (none, True)
    assert cache.look("mx", "unknown") == (None, False)
    clock.ahead = 361
    assert cache.look("mx", "none") == (None, False)
    clock.ahead = 601
    assert cache.look("mx", "found") == (None, False)


def test_an_answer_got_elsewhere_is_kept_for_what_is_left_of_it() -> None:
    clock = MovableClock()
    cache = AnswerCache(clock)
    cache.put("mx", "a.com", Found(1, "dns", NOW, 300), age_s=290)
    cache.put("mx", "b.com", Found(1, "dns", NOW, 300), age_s=300)
    assert cache.get("mx", "a.com") is not None and cache.get("mx", "b.com") is None
    clock.ahead = 11
    assert cache.get("mx", "a.com") is None
