"""The servers of ours that are measured, each a process of its own on a free port of loopback."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Target, http
from tests.peers.nameservers import free_port

ROOT = Path(__file__).parents[2]
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")

BARE = """
import sys
from pathlib import Path
from flask import Flask, request
import orjson
from server.app import OrjsonProvider
from server.cli.main import main

VERDICT = orjson.loads(Path(sys.argv[1]).read_bytes())

class App:
    def create(self, settings, failed=None, ready=None):
        if ready is not None:
            ready()
        app = Flask("bare")
        app.json = OrjsonProvider(app)
        @app.post("/")
        def answer():
            request.get_json()
            return VERDICT
        return app
    def ensure_tokens(self, path):
        return "none"

sys.exit(main(["serve"], App()))
"""


@dataclass(frozen=True)
class Server:
    """A server that answers. `pids` are its processes, the parent first."""

    port: int
    process: subprocess.Popen[str]
    tokens: list[str]

    def target(self, path: str = "/v1/vet", *, keep: bool = True, kind: str = "application/json") -> Target:
        """What the load is sent to."""
        return http("127.0.0.1", self.port, path, self.tokens, keep=keep, kind=kind)

    @property
    def workers(self) -> list[int]:
        """Process ids of its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self) -> float:
        """Processor time of all workers so far."""
        return sum(cpu_seconds(pid) for pid in self.workers)

    def rss_mb(self) -> float:
        """Resident memory of the largest worker, in 10^6 bytes."""
        return max(rss_mb(pid) for pid in self.workers)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def rss_mb(pid: int) -> float:
    """Resident memory of a process, shared pages included."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


@contextmanager
def backtone(folder: Path, tokens: list[str], *, workers: int = 1, **settings: str) -> Generator[Server]:
    """The real server; `settings` are its environment, as MEANING="off". Look-ups are off unless set."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "tokens"
    file.touch(mode=0o600)
    file.write_text(
        "".join(f"rep{number}:{'admin' if not number else 'rep'}:{one}\n" for number, one in enumerate(tokens))
    )
    given = {
        f"BACKTONE_{name}": value for name, value in {"LOOKUPS": "off", "RATE_LIMIT": "100000", **settings}.items()
    }
    given["BACKTONE_DATA"] = str(folder)
    if workers == 1:
        command = [sys.executable, "-m", "server", "serve"]
        given.setdefault("BACKTONE_LISTEN", "127.0.0.1:0")
    else:
        given["BACKTONE_LISTEN"] = f"127.0.0.1:{free_port()}"
        config = str(ROOT / "server" / "deploy" / "gunicorn.conf.py")
        command = [sys.executable, "-m", "gunicorn", "-c", config, "-w", str(workers), "-b", given["BACKTONE_LISTEN"]]
        command += ["--no-control-socket", "server.app:from_environment()"]
    with started(command, folder, given, tokens) as server:
        yield server


@contextmanager
def bare(folder: Path, verdict: bytes, tokens: list[str]) -> Generator[Server]:
    """Flask under the same gunicorn settings and JSON provider: reads the JSON, answers a dict of a verdict's size."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "verdict.json").write_bytes(verdict)
    given = {"BACKTONE_LISTEN": "127.0.0.1:0", "BACKTONE_DATA": str(folder)}
    with started([sys.executable, "-c", BARE, str(folder / "verdict.json")], folder, given, tokens) as server:
        yield server


@contextmanager
def started(
    command: list[str],
    folder: Path,
    given: Mapping[str, str],
    tokens: list[str],
    wait: Callable[[int], bool] | None = None,
) -> Generator[Server]:
    """A server that answers /healthz (or `wait`) or says its address; it and its workers are stopped at the end."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("BACKTONE_")} | dict(given)
    log = folder / "log"
    with (
        log.open("ab") as errors,
        subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            yield Server(_port(process, given["BACKTONE_LISTEN"], log, wait or healthy), process, tokens)
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


def _port(process: subprocess.Popen[str], listen: str, log: Path, answers: Callable[[int], bool]) -> int:
    port = int(listen.rpartition(":")[2])
    if port:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            if answers(port):
                return port
            time.sleep(0.02)
    elif process.stdout:
        for line in process.stdout:
            if found := re.search(r"http://([\d.]+):(\d+)", line):
                return int(found[2])
    raise SystemExit(f"the server did not start:\n{log.read_text()[-3000:]}")


def healthy(port: int) -> bool:
    """Whether /healthz answers."""
    import httpx

    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2, trust_env=False).status_code == 200
    return False


def when_ready(server: Server, *, meaning: bool = False, seconds: float = 60) -> None:
    """Wait until mails are vetted, and with the encoder if it is on."""
    import httpx

    body = b'{"sender": "a@example.com", "body": {"text": "Dear sir, please quote 20 pumps for our shop in Riga. Thanks."}}'
    head = {
        "Authorization": f"Bearer {server.tokens[0]}",
        "Content-Type": "application/json",
        "Cache-Control": "no-cache",
    }
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            answer = httpx.post(
                f"http://127.0.0.1:{server.port}/v1/vet", content=body, headers=head, timeout=30, trust_env=False
            )
            if answer.status_code == 200 and (not meaning or answer.json()["complete"]):
                return
        time.sleep(0.2)
    raise SystemExit("the server does not get ready")
