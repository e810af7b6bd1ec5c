"""The cache of units: bounded, and what comes again stays."""

from __future__ import annotations

from server.meaning.cache import Heard, Hint, UnitCache


def test_it_is_bounded_and_what_comes_again_stays() -> None:
    cache = UnitCache(10)
    often = cache.key("best regards")
    heard = Heard({3: Hint(1.5, 0)}, None)
    cache.put({often: heard})
    for number in range(100):
        cache.put({cache.key(f"sentence {number}"): Heard({}, None)})
        assert cache.get([often]) == [heard]
        assert len(cache) <= 10
    assert cache.get([cache.key("sentence 1"), cache.key("sentence 99")]) == [None, Heard({}, None)]


def test_keys_of_two_processes_differ() -> None:
    assert UnitCache().key("best regards") != UnitCache().key("best regards")
