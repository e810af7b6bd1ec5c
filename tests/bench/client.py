"""A load of POST requests over kept connections, each waiting for its answer: what many extensions do at once."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.servers import Served


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


def load(served: Served, body: Callable[[], bytes], *, tokens: list[str], seconds: float) -> Load:
    """One connection for each token, all sending as fast as they are answered. Any answer but 200 fails the run."""
    times: list[list[float]] = [[] for _ in tokens]
    failures: list[str] = []
    start = time.perf_counter()

    def work(token: str, mine: list[float]) -> None:
        head = (
            f"POST {served.path} HTTP/1.1\r\nHost: {served.host}:{served.port}\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        with socket.create_connection((served.host, served.port), timeout=30) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (sent := time.perf_counter()) < start + seconds and not failures:
                content = body()
                connection.sendall(head + str(len(content)).encode() + b"\r\n\r\n" + content)
                answer = read(connection)
                mine.append((time.perf_counter() - sent) * 1000)
                if not answer.startswith(b"HTTP/1.1 200"):
                    failures.append(answer[:500].decode("utf-8", "replace"))

    workers = [threading.Thread(target=work, args=pair) for pair in zip(tokens, times, strict=True)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failures:
        raise SystemExit(f"{served.path} answered: {failures[0]}")
    return Load(time.perf_counter() - start, sorted(time for mine in times for time in mine))


def read(connection: socket.socket) -> bytes:
    """One whole answer that has a Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(connection)
    head, _, rest = data.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    while len(rest) < length:
        rest += receive(connection)
    return head


def receive(connection: socket.socket) -> bytes:
    """More of the answer."""
    more = connection.recv(65536)
    if not more:
        raise SystemExit("the server closed the connection in the middle of an answer")
    return more
