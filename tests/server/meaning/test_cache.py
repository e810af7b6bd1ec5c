"""The cache of units: bounded, and what comes again stays."""

from __future__ import annotations

from server.meaning.cache import Hint, UnitCache


def test_it_is_bounded_and_what_comes_again_stays() -> None:
    cache = UnitCache(10)
    often = cache.key("best regards")
    cache.put({often: {3: Hint(1.5, 0)}})
    for number in range(100):
        cache.put({cache.key(f"sentence {number}"): {}})
        assert cache.get([often]) == [{3: Hint(1.5, 0)}]
        assert len(cache) <= 10
    assert cache.get([cache.key("sentence 1"), cache.key("sentence 99")]) == [None, {}]


def test_keys_of_two_processes_differ() -> None:
    assert UnitCache().key("best regards") != UnitCache().key("best regards")
