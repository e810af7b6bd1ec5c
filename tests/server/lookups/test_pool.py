"""The pool of threads: bounded, idle ones end, and a job that breaks stops nobody else's."""

from __future__ import annotations

import threading

import pytest

from server.lookups import pool
from tests.peers.fakes import eventually


def test_at_most_so_many_run_at_once() -> None:
    door = pool.Pool("t", 3, 100)
    gate = threading.Event()
    running: list[int] = []

    def job() -> None:
        running.append(1)
        gate.wait(30)

    assert all(door.submit(job) for _ in range(20))
    eventually(lambda: len(running) == 3)
    gate.set()
    eventually(lambda: len(running) == 20)


def test_a_full_queue_takes_no_more_and_a_closed_pool_nothing() -> None:
    door = pool.Pool("t", 1, 2)
    gate = threading.Event()
    begun = threading.Event()

    def job() -> None:
        begun.set()
        gate.wait(30)

    assert door.submit(job)
    assert begun.wait(30)
    assert door.submit(job) and door.submit(job)
    assert not door.submit(job)
    door.close()
    assert not door.submit(job)
    gate.set()


def test_idle_threads_end_and_no_job_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "IDLE_S", 0.001)  # threads leave while jobs come
    door = pool.Pool("t", 2, 10_000)
    done: list[int] = []
    for number in range(3000):
        assert door.submit(lambda number=number: done.append(number))
    eventually(lambda: len(done) == 3000)
    eventually(lambda: door._threads == 0)


def test_a_job_that_breaks_makes_room_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", seen.append)
    door = pool.Pool("t", 1, 100)
    done: list[int] = []

    def broken() -> None:
        raise RuntimeError("a bug")

    for _ in range(5):
        assert door.submit(broken) and door.submit(lambda: done.append(1))
    eventually(lambda: len(done) == 5 and len(seen) == 5)


def test_closing_tells_those_who_wait_for_a_job_that_will_not_run() -> None:
    door = pool.Pool("t", 1, 10)
    gate, begun = threading.Event(), threading.Event()
    told: list[int] = []

    def job() -> None:
        begun.set()
        gate.wait(30)

    assert door.submit(job, lambda: told.append(0))
    assert begun.wait(30)
    for number in (1, 2):
        assert door.submit(job, lambda number=number: told.append(number))
    door.close()
    assert told == [1, 2]
    gate.set()
