"""A load of requests over many connections by one thread: each connection sends its next when the last is answered."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

STALL_S = 120.0


@dataclass(frozen=True)
class Target:
    """A server and its protocol. `wrap` makes a request of a body, `wrong` says what is wrong with a whole answer."""

    host: str
    port: int
    wrap: Callable[[bytes, int], bytes]
    """(body, number of the connection) -> request"""
    wrong: Callable[[bytes], str]
    keep: bool = True
    """Whether a connection serves more than one request. Without, the answer ends with the connection."""


@dataclass(frozen=True)
class Load:
    """What came of a load. `times` are the milliseconds of each answer, sorted."""

    seconds: float
    times: list[float]

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        return self.times[min(int(share * len(self.times)), len(self.times) - 1)]


class Connection:
    """One connection with a request under way."""

    def __init__(self, target: Target, number: int) -> None:
        self.target = target
        self.number = number
        self.socket: socket.socket | None = None
        self.sent = 0.0
        self.buffer = bytearray()
        self.whole = -1

    def send(self, body: bytes) -> socket.socket:
        """Send a request, over a new connection if need be."""
        if self.socket is None:
            self.socket = socket.create_connection((self.target.host, self.target.port), timeout=STALL_S)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer.clear()
        self.whole = -1
        self.sent = time.perf_counter()
        self.socket.sendall(self.target.wrap(body, self.number))
        return self.socket

    def receive(self) -> bytes | None:
        """The answer once it is whole."""
        assert self.socket
        more = self.socket.recv(262_144)
        self.buffer += more
        if not self.target.keep:
            return None if more else bytes(self.buffer)
        if not more:
            raise SystemExit("the server closed the connection in the middle of an answer")
        if self.whole < 0 and (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            self.whole = end + 4 + content_length(bytes(self.buffer[:end]))
        return bytes(self.buffer) if 0 <= self.whole <= len(self.buffer) else None

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def content_length(head: bytes) -> int:
    """The length that an answer's head announces."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise SystemExit(f"an answer without length: {head[:200]!r}")


def load(target: Target, bodies: Iterable[bytes], *, connections: int, seconds: float = STALL_S * 10) -> Load:
    """Send these bodies until they or the time run out. Any answer that is not right ends the run."""
    rest: Iterator[bytes] = iter(bodies)
    times: list[float] = []
    start = time.perf_counter()
    with selectors.DefaultSelector() as waiting:
        lines = [Connection(target, number) for number in range(connections)]
        under_way = sum(_next(waiting, line, rest) for line in lines)
        while under_way:
            ready = waiting.select(STALL_S)
            if not ready:
                raise SystemExit(f"{target.host}:{target.port} did not answer for {STALL_S:.0f} s")
            for key, _ in ready:
                line: Connection = key.data
                answer = line.receive()
                if answer is None:
                    continue
                now = time.perf_counter()
                times.append((now - line.sent) * 1000)
                if problem := target.wrong(answer):
                    raise SystemExit(f"{target.host}:{target.port}: {problem}")
                if not target.keep:
                    waiting.unregister(key.fileobj)
                    line.close()
                under_way += (now < start + seconds and _next(waiting, line, rest)) - 1
        for line in lines:
            line.close()
    return Load(time.perf_counter() - start, sorted(times))


def _next(waiting: selectors.BaseSelector, line: Connection, rest: Iterator[bytes]) -> bool:
    body = next(rest, None)
    if body is None:
        return False
    known = line.socket
    opened = line.send(body)
    if known is None:
        waiting.register(opened, selectors.EVENT_READ, line)
    return True


def http(
    host: str, port: int, path: str, tokens: list[str], *, keep: bool = True, kind: str = "application/json"
) -> Target:
    """POST over HTTP; each connection has its own token, as the rate limit counts by token."""
    close = "" if keep else "Connection: close\r\n"
    heads = [
        f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\n{close}"
        + (f"Authorization: Bearer {token}\r\n" if token else "")
        + f"Content-Type: {kind}\r\nContent-Length: "
        for token in tokens
    ]

    def wrap(body: bytes, number: int) -> bytes:
        return heads[number % len(heads)].encode() + str(len(body)).encode() + b"\r\n\r\n" + body

    def wrong(answer: bytes) -> str:
        return "" if answer.startswith(b"HTTP/1.1 200") else answer[:500].decode("utf-8", "replace")

    return Target(host, port, wrap, wrong, keep)
