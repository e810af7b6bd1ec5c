"""The two servers that are measured, each a process of its own on a free port of loopback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

BARE = """
import sys
from flask import Flask, Response, request
from server.cli.main import main

class App:
    def create(self, settings):
        app = Flask("bare")
        @app.post("/")
        def answer():
            request.get_json()
            return Response(b'{"pad": "' + b"x" * 2600 + b'"}', mimetype="application/json")
        return app
    def ensure_tokens(self, path):
        return "none"

sys.exit(main(["serve"], App()))
"""


@dataclass(frozen=True)
class Served:
    """Where a server answers."""

    host: str
    port: int
    path: str


@contextmanager
def backtone(folder: Path, tokens: list[str]) -> Iterator[Served]:
    """The real server without look-ups; one token a connection, as the rate limit counts by token."""
    file = folder / "tokens"
    file.touch(mode=0o600)
    file.write_text("".join(f"rep{number}:rep:{token}\n" for number, token in enumerate(tokens)))
    with started([sys.executable, "-m", "server", "serve"], folder) as (host, port):
        yield Served(host, port, "/v1/vet")


@contextmanager
def bare(folder: Path) -> Iterator[Served]:
    """Flask under the same gunicorn settings: reads the JSON and answers stored bytes."""
    with started([sys.executable, "-c", BARE], folder) as (host, port):
        yield Served(host, port, "/")


@contextmanager
def started(command: list[str], folder: Path) -> Iterator[tuple[str, int]]:
    """A server that prints its address when it is ready, stopped at the end."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith("BACKTONE_")}
    environ |= {
        "BACKTONE_LISTEN": "127.0.0.1:0",
        "BACKTONE_DATA": str(folder),
        "BACKTONE_LOOKUPS": "off",
        "BACKTONE_RATE_LIMIT": "100000",
    }
    log = folder / "log"
    with (
        log.open("ab") as errors,
        subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            assert process.stdout
            for line in process.stdout:
                if found := re.search(r"http://([\d.]+):(\d+)", line):
                    yield found[1], int(found[2])
                    break
            else:
                raise SystemExit(f"the server did not start:\n{log.read_text()}")
        finally:
            process.terminate()
