"""Verdicts in Redis: sealed, opened only by their key, and worth nothing when damaged."""

from __future__ import annotations

import time

import pytest

from server.web import sharing
from server.web.cache import Kept
from server.web.sharing import SharedVerdicts, seal, unseal

SECRET = "pay our shipping agent first"


def kept(key: str = "k" * 40, **changed: object) -> Kept:
    given: dict[str, object] = {
        "key": key,
        "body": b'{"reasons":["' + SECRET.encode() * 50 + b'"]',
        "stamp": "rules-lists",
        "made": time.monotonic() - 7,
        "level": "high",
        "rules": ("one", "two"),
        "ttl_s": 600.0,
    }
    return Kept(**{**given, **changed})  # type: ignore[arg-type]


class Store:
    """As much of `Shared` as verdicts need."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.dropped: list[str] = []

    def get(self, keys: list[str]) -> list[bytes | None]:
        return [self.values.get(key) for key in keys]

    def put_soon(self, key: str, value: object, ttl_s: float) -> None:
        self.values[key] = value()  # type: ignore[operator]

    def drop(self, key: str) -> None:
        self.dropped.append(key)
        del self.values[key]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def verdicts(store: Store) -> SharedVerdicts:
    return SharedVerdicts(store)  # type: ignore[arg-type]


def test_what_is_put_comes_back_with_its_age(verdicts: SharedVerdicts) -> None:
    given = kept()
    verdicts.put(given)
    found = verdicts.get(given.key, given.stamp)
    assert found is not None and (found.body, found.rules, found.complete) == (given.body, given.rules, True)
    assert 6.9 < time.monotonic() - found.made < 60


def test_redis_sees_neither_the_mail_nor_its_key(verdicts: SharedVerdicts, store: Store) -> None:
    verdicts.put(kept())
    ((name, value),) = store.values.items()
    assert kept().key not in name and kept().key.encode() not in value
    assert SECRET.encode() not in value and b"high" not in value


def test_two_seals_of_one_verdict_differ() -> None:
    assert seal(kept())[32:48] != seal(kept())[32:48]


@pytest.mark.parametrize("place", [0, 31, 32, 47, 48, -1])
def test_a_changed_byte_is_not_opened(place: int) -> None:
    sealed = bytearray(seal(kept()))
    sealed[place] ^= 1
    assert unseal(kept().key, bytes(sealed)) is None


@pytest.mark.parametrize("value", [b"", b"x", b"foreign " * 20, b"\0" * 48])
def test_foreign_values_are_dropped(verdicts: SharedVerdicts, store: Store, value: bytes) -> None:
    verdicts.put(kept())
    (name,) = store.values
    store.values[name] = value
    assert verdicts.get(kept().key, "rules-lists") is None
    assert store.dropped == [name]


def test_anothers_verdict_does_not_open() -> None:
    assert unseal("j" * 40, seal(kept())) is None


def test_other_rules_and_old_age_count_as_none(verdicts: SharedVerdicts) -> None:
    verdicts.put(kept())
    assert verdicts.get(kept().key, "other-rules") is None
    verdicts.put(kept(made=time.monotonic() - 601))
    assert verdicts.get(kept().key, "rules-lists") is None


def test_a_verdict_without_all_look_ups_is_shown_for_a_short_time(verdicts: SharedVerdicts) -> None:
    verdicts.put(kept(complete=False))
    found = verdicts.get(kept().key, "rules-lists")
    assert found is not None and not found.complete and found.ttl_s == sharing.UNFINISHED_S


def test_one_that_would_inflate_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    large = seal(kept(body=b"x" * 1_000_000))
    monkeypatch.setattr(sharing, "_PLAIN", 1000)
    found = unseal(kept().key, large)
    assert found is None or len(found.body) <= 1000 + 4096
