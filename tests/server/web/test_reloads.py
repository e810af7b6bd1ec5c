"""Reloads: what one process is told, all do, and nobody does it twice."""

from __future__ import annotations

from typing import Any

import pytest

from server.web.engine import Engine
from server.web.reloads import KEY, Reloads
from tests.peers.fakes import eventually


class Together:
    """As much of `Shared` as reloads need."""

    def __init__(self) -> None:
        self.value: bytes | None = None

    def get(self, keys: list[str]) -> list[bytes | None]:
        return [self.value for _ in keys]

    def add(self, amounts: dict[str, int], ttl_s: float) -> dict[str, int] | None:
        self.value = str(int(self.value or b"0") + amounts[KEY]).encode()
        return {KEY: int(self.value)}


def process(together: Together) -> tuple[Engine, list[int]]:
    """An engine, and how often it has read its rules."""
    read: list[int] = []

    def rebuild() -> Any:
        read.append(1)
        return object()

    engine = Engine(object(), rebuild=rebuild)  # type: ignore[arg-type]
    engine.reloads = Reloads(together, engine.reload_here)  # type: ignore[arg-type]
    engine.reloads.follow()
    return engine, read


@pytest.mark.parametrize("before", [None, b"3"], ids=["the first ever", "one of many"])
def test_what_one_is_told_all_do_once(before: bytes | None) -> None:
    together = Together()
    together.value = before
    here, read_here = process(together)
    there, read_there = process(together)
    assert here.reloads and there.reloads
    assert (read_here, read_there) == ([], []), "what was before they started is no news"
    here.reload()
    for _ in range(2):
        here.reloads.follow()
        there.reloads.follow()
    assert (read_here, read_there) == ([1], [1])
    there.reload()
    here.reloads.follow()
    assert (read_here, read_there) == ([1, 1], [1, 1])


@pytest.mark.parametrize("value", [None, b"rubbish", b"9" * 20])
def test_without_a_number_nothing_happens(value: bytes | None) -> None:
    together = Together()
    together.value = b"1"
    engine, read = process(together)
    together.value = value
    engine.reloads.follow()  # type: ignore[union-attr]
    assert not read


def test_a_call_looks_behind_its_back(monkeypatch: pytest.MonkeyPatch) -> None:
    together = Together()
    engine, read = process(together)
    together.value = b"2"
    engine.reloads.look()  # type: ignore[union-attr]
    eventually(lambda: read == [1])
