"""The Redis that several processes share. It may be down, slow or full of rubbish at any time: that costs hits only.

Every call ends within `TIMEOUT_S`. After a few failures in a row nobody asks any more until a thread of its own has
had an answer to a PING: so a dead Redis delays a handful of requests once, and no request after that.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

log = logging.getLogger("backtone.shared")

TIMEOUT_S = 0.1
SLOW_S = 0.15
"""An answer that took longer is used, but counts as a failure: a slow Redis is worse than none. It is more than a busy
process needs to come round to an answer that lies there already: with eight threads at work that is up to 50 ms."""
FAILURES = 3
PROBE_S = 0.5
PREFIX = "backtone:1:"
LARGEST = 256 * 1024
"""Bytes of a value; a larger one is neither written nor read."""
WAITING = 256
"""Values that wait to be written; beyond that they are dropped."""

_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
T = TypeVar("T")


def short(*parts: str | bytes) -> str:
    """A name under which others cannot read what it stands for: a hash of its parts, each with its length."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.hexdigest()


class Shared:
    """Small values with a lifetime, locks and counters. Raises nothing once it is made."""

    def __init__(self, url: str) -> None:
        """Connects when first asked. Raises ImportError where the library is missing, ValueError for a bad URL."""
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._errors = (redis.RedisError, OSError, ValueError)
        self._client: Any = redis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            url,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
            protocol=2,
        )
        pool = self._client.connection_pool
        try:
            pool.connection_class(**pool.connection_kwargs)  # connects to nothing yet
        except TypeError:
            raise ValueError("no such option behind its question mark") from None
        self._lock = threading.Lock()
        self._failures = 0
        self._open = True
        self._closed = threading.Event()
        self._writes: queue.Queue[tuple[str, Callable[[], bytes], float] | None] = queue.Queue(WAITING)
        self._writer: threading.Thread | None = None
        self.counts = {"hits": 0, "misses": 0, "failures": 0, "dropped": 0}
        """For the metrics. `dropped`: values that could not be read, or had no room to be written."""

    @property
    def reachable(self) -> bool:
        """Whether Redis answered of late."""
        return self._open

    def get(self, keys: Iterable[str]) -> list[bytes | None]:
        """The values of these keys, None for each that is not there or not to be had."""
        names = [PREFIX + key for key in keys]
        found: list[bytes | None] = self._ask(lambda: self._client.mget(names), [None] * len(names)) if names else []
        for value in found:
            self.counts["misses" if value is None else "hits"] += 1
        return [value if value is not None and len(value) <= LARGEST else None for value in found]

    def put(self, key: str, value: bytes, ttl_s: float) -> bool:
        """Write a value now; False if that could not be done."""
        if ttl_s <= 0.001 or len(value) > LARGEST:
            return False
        return bool(self._ask(lambda: self._client.set(PREFIX + key, value, px=int(ttl_s * 1000)), None))

    def put_soon(self, key: str, value: Callable[[], bytes], ttl_s: float) -> None:
        """Make and write a value behind the caller's back; dropped where too many wait."""
        if not self._open:
            return
        try:
            self._writes.put_nowait((key, value, ttl_s))
        except queue.Full:
            self.counts["dropped"] += 1
            return
        if self._writer is None or not self._writer.is_alive():
            with self._lock:
                if self._writer is None or not self._writer.is_alive():
                    self._writer = threading.Thread(target=self._write, name="shared-writer", daemon=True)
                    self._writer.start()

    def drop(self, key: str) -> None:
        """Remove a value that cannot be read."""
        self.counts["dropped"] += 1
        self._ask(lambda: self._client.delete(PREFIX + key), None)

    def claim(self, key: str, ttl_s: float) -> str | None:
        """A lock that ends by itself: its token, "" if another holds it, None if Redis cannot tell."""
        token = secrets.token_hex(8)
        name = f"{PREFIX}lock:{key}"
        taken = self._ask(lambda: (self._client.set(name, token, nx=True, px=int(ttl_s * 1000)),), None)
        return None if taken is None else token if taken[0] else ""

    def locked(self, key: str) -> bool:
        """Whether anybody holds this lock; False too if Redis cannot tell."""
        return bool(self._ask(lambda: self._client.exists(f"{PREFIX}lock:{key}"), 0))

    def release(self, key: str, token: str) -> None:
        """Give a lock back, if it is still ours."""
        self._ask(lambda: self._client.eval(_RELEASE, 1, f"{PREFIX}lock:{key}", token), None)

    def add(self, amounts: Mapping[str, int], ttl_s: float) -> dict[str, int] | None:
        """Add to counters and answer what they hold now; None if Redis cannot tell."""

        def ask() -> list[Any]:
            pipe = self._client.pipeline(transaction=False)
            for key, amount in amounts.items():
                pipe.incrby(PREFIX + key, amount)
                pipe.expire(PREFIX + key, int(ttl_s))
            return pipe.execute()

        found = self._ask(ask, None)
        return None if found is None else dict(zip(amounts, (int(value) for value in found[::2]), strict=True))

    def close(self) -> None:
        """Write what waits to be written, and hang up."""
        self._closed.set()
        writer = self._writer
        if writer is not None and writer.is_alive():
            self._writes.put(None)
            writer.join()
        self._open = False
        self._client.close()

    def _ask(self, call: Callable[[], T], otherwise: T) -> T:
        if not self._open:
            return otherwise
        start = time.monotonic()
        try:
            answer = call()
        except self._errors as error:
            self._failed(type(error).__name__)
            return otherwise
        if time.monotonic() - start > SLOW_S:
            self._failed("slow")
        else:
            self._failures = 0
        return answer

    def _failed(self, why: str) -> None:
        with self._lock:
            self.counts["failures"] += 1
            self._failures += 1
            if self._failures < FAILURES or not self._open:
                return
            self._open = False
            log.warning("Redis is left out until it answers again (%s)", why)
            threading.Thread(target=self._probe, name="shared-probe", daemon=True).start()

    def _probe(self) -> None:
        while True:
            if self._closed.wait(PROBE_S):
                return
            start = time.monotonic()
            try:
                self._client.ping()
            except self._errors:
                continue
            if time.monotonic() - start <= SLOW_S:
                break
        with self._lock:
            self._failures = 0
            self._open = True
        log.warning("Redis answers again")

    def _write(self) -> None:
        while True:
            try:
                row = self._writes.get(timeout=30)
            except queue.Empty:
                return
            if row is None:
                return
            key, value, ttl_s = row
            self.put(key, value(), ttl_s)
