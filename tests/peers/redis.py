"""A real Redis on a free port of loopback that a test can stop, start again, and hold still."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from types import TracebackType
from typing import Any, Self

from tests.peers.nameservers import free_port


class RedisServer:
    """A context manager; `url` is for BACKTONE_REDIS_URL, `client` asks it directly. It keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        import redis

        self.client: Any = redis.Redis.from_url(self.url, protocol=2)
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        self.client.close()

    def start(self) -> None:
        """Start it, empty."""
        program = shutil.which("redis-server")
        assert program, "redis-server is not installed: run tests/setup/system.sh"
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                self.client.ping()
                return
            except (OSError, self.errors):  # not yet
                time.sleep(0.02)
        raise RuntimeError("redis-server did not start")

    @property
    def errors(self) -> type[Exception]:
        """What the client raises."""
        import redis

        return redis.RedisError

    def stop(self) -> None:
        """End it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None

    def hold(self) -> None:
        """Let it hang: connections are taken by the system, nothing is answered."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End the hanging."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)
