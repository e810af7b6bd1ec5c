"""A bounded pool of threads that never keeps the program from ending.

`concurrent.futures` joins its threads at exit: a hung registry would hold the command line for seconds.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import NamedTuple

IDLE_S = 30.0  # a thread without work ends after that


class Job(NamedTuple):
    """Something to run, and what to do instead where it never will."""

    run: Callable[[], None]
    dropped: Callable[[], None] | None = None


class Pool:
    """At most `size` threads and `waiting` jobs in the queue."""

    def __init__(self, name: str, size: int, waiting: int) -> None:
        self._name = name
        self._size = size
        self._jobs: queue.Queue[Job] = queue.Queue(waiting)
        self._lock = threading.Lock()
        self._threads = 0
        self._idle = 0
        self._closed = False

    def submit(self, job: Callable[[], None], dropped: Callable[[], None] | None = None) -> bool:
        """Run a job soon; False if the queue is full or the pool closed. A job bounds its own time.

        `dropped` is called where the pool closes before the job has begun: somebody may wait for it.
        """
        with self._lock:
            if self._closed:
                return False
            try:
                self._jobs.put_nowait(Job(job, dropped))
            except queue.Full:
                return False
            if self._jobs.qsize() > self._idle and self._threads < self._size:
                self._spawn()
            return True

    def close(self) -> None:
        """Take no more jobs and drop those that have not begun; running ones end by themselves."""
        with self._lock:
            self._closed = True
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job.dropped:
                job.dropped()

    def _spawn(self) -> None:
        """Start a thread; the lock is held."""
        self._threads += 1
        threading.Thread(target=self._work, name=self._name, daemon=True).start()

    def _work(self) -> None:
        broken = True
        try:
            while (job := self._next()) is not None:
                job.run()
            broken = False
        finally:  # a job that raises is a bug: its thread ends with a traceback, and another takes its place
            if broken:
                with self._lock:
                    self._threads -= 1
                    if not self._jobs.empty():
                        self._spawn()

    def _next(self) -> Job | None:
        """The next job, or None for a thread that has been taken off the count for lack of work."""
        while True:
            with self._lock:
                self._idle += 1
            try:
                job = self._jobs.get(timeout=IDLE_S)
            except queue.Empty:
                job = None
            with self._lock:
                self._idle -= 1
                # A job that came in this instant was counted on us.
                if job is None and self._jobs.empty():
                    self._threads -= 1
                    return None
            if job is not None:
                return job
