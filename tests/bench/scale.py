"""Two processes and Redis behind nginx, under load: one is killed, Redis is stopped, the other is killed.

    python -m tests.bench.scale [--seconds S]

Every answer is compared with the one that a quiet process without Redis gave to the same mail: right, unsure (it says
which fact could not be had), wrong, or lost. Ends with status 1 if one was wrong or lost. nginx runs server/deploy/nginx.conf, with the ports of this run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.bench.letters import letters
from tests.bench.servers import ROOT, healthy
from tests.peers.nameservers import free_port
from tests.peers.redis import RedisServer
from tests.peers.world import Domain

TOKEN = "scale-token-of-this-run-only"
KNOWN, NEW = 60, 600
"""Mails that come again and again, and mails that come once."""
CALLERS = 8
AGAIN = 10
"""How often a verdict without all look-ups is asked for again."""


class Node:
    """One gunicorn process with one worker on a port of its own."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self._folder = folder
        given = {"LOOKUPS": "on", "MEANING": "off", "RATE_LIMIT": "100000", **settings}
        self._environ = {key: value for key, value in os.environ.items() if not key.startswith("BACKTONE_")}
        self._environ |= {f"BACKTONE_{name}": value for name, value in given.items()}
        self._environ |= {"BACKTONE_DATA": str(folder), "BACKTONE_LISTEN": f"127.0.0.1:{self.port}"}

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self._folder / f"log{self.port}").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "server", "serve"],
                env=self._environ,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + 60
        while not healthy(self.port):
            if time.monotonic() > until:
                raise SystemExit(f"the server did not start: {self._folder}/log{self.port}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End parent and worker at once, as the kernel does when memory runs out."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(20)


@contextmanager
def world(folder: Path, domains: dict[str, Domain]) -> Generator[dict[str, str]]:
    """The outside in a process of its own, which the callers here cannot hold up; the settings that lead there."""
    table = folder / "world.json"
    table.write_text(json.dumps({name: {"mx": list(domain.mx)} for name, domain in domains.items()}))
    command = [sys.executable, "-m", "tests.peers.world", "--json", str(table)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        try:
            yield {
                name.removeprefix("BACKTONE_"): value for name, value in json.loads(process.stdout.readline()).items()
            }
        finally:
            process.stdin.close()


@contextmanager
def nginx(folder: Path, nodes: Sequence[Node]) -> Generator[int]:
    """nginx with the shipped configuration; the port on which it listens."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise SystemExit("nginx is not installed: apt-get install nginx-light")
    port = free_port()
    text = (ROOT / "server" / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"\n\s*ssl_certificate.*", "", text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};"))
    for number, node in enumerate(nodes, 1):
        text = text.replace(f"api{number}:8750", f"127.0.0.1:{node.port}")
    for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        text = text.replace("http {", f"http {{\n    {name}_temp_path {folder}/{name};", 1)
    config = folder / "nginx.conf"
    config.write_text(f"daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log warn;\n" + text)
    with subprocess.Popen([program, "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 20
            while not healthy(port) and time.monotonic() < until:
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


def told(answer: dict[str, Any]) -> str:
    """What of a verdict must be the same whoever gives it."""
    return json.dumps([answer[name] for name in ("risk", "reasons", "adjustments", "facts", "search_links")])


def judged(answer: dict[str, Any], right: str) -> str:
    """`right`, `unsure` where it says that a domain fact could not be had, else `wrong`."""
    if answer["complete"] and told(answer) == right:
        return "right"
    unsure = any(row["fact"].startswith("domain.") for row in answer["not_checked"] if row["why"] != "not_given")
    return "unsure" if unsure or not answer["complete"] else "wrong"


def send(client: httpx.Client, port: int, body: bytes) -> dict[str, Any]:
    """One verdict, asked for again by its key while look-ups run, as the extension does. Raises httpx.HTTPError."""
    url = f"http://127.0.0.1:{port}/v1/vet"
    answer = client.post(url, content=body).raise_for_status().json()
    for _ in range(AGAIN):
        if answer["complete"]:
            break
        time.sleep(answer["retry_after_ms"] / 1000)
        later = client.get(f"{url}/{answer['key']}")
        if later.status_code == 404:  # its process is gone, and nobody else knows it
            later = client.post(url, content=body)
        answer = later.raise_for_status().json()
    return answer


def caller() -> httpx.Client:
    """A client as a rep's browser is one."""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    return httpx.Client(headers=headers, timeout=30, trust_env=False)


def run(seconds: float, folder: Path) -> int:
    """Load and faults; 0 if every answer was right."""
    (folder / "tokens").touch(mode=0o600)
    (folder / "tokens").write_text(f"rep:rep:{TOKEN}\n")
    mails = letters(KNOWN + NEW, seed=23)
    bodies = [json.dumps(json.loads(mail.request) | {"max_wait_ms": 10_000}).encode() for mail in mails]
    domains = {json.loads(body)["sender"]["address"].partition("@")[2]: Domain() for body in bodies}
    with ExitStack() as stack:
        outside = stack.enter_context(world(folder, domains))
        redis = stack.enter_context(RedisServer())
        quiet = Node(folder, **outside)
        nodes = [Node(folder, REDIS_URL=redis.url, **outside) for _ in range(2)]
        for node in (quiet, *nodes):
            node.start()
            stack.callback(node.kill)
        port = stack.enter_context(nginx(folder, nodes))
        with caller() as client:
            right = [told(send(client, quiet.port, body)) for body in bodies]
        print(f"{len(right)} right answers known", flush=True)
        found = under_load(seconds, port, bodies, right, faults(seconds, nodes, redis))
    if found["lost"]:
        print((folder / "nginx.log").read_text()[-3000:])
    print(", ".join(f"{name}: {count}" for name, count in found.items()))
    return 1 if found["wrong"] or found["lost"] or not found["right"] else 0


def faults(seconds: float, nodes: Sequence[Node], redis: RedisServer) -> list[tuple[float, str, Callable[[], None]]]:
    """What happens when, in seconds from the start."""
    return [
        (seconds * 0.15, "first process killed", nodes[0].kill),
        (seconds * 0.30, "first process started", nodes[0].start),
        (seconds * 0.50, "Redis killed", redis.stop),
        (seconds * 0.62, "Redis started, empty", redis.start),
        (seconds * 0.70, "Redis hangs", redis.hold),
        (seconds * 0.78, "Redis goes on", redis.go_on),
        (seconds * 0.85, "second process killed", nodes[1].kill),
        (seconds * 0.95, "second process started", nodes[1].start),
    ]


def under_load(
    seconds: float,
    port: int,
    bodies: Sequence[bytes],
    right: Sequence[str],
    events: list[tuple[float, str, Callable[[], None]]],
) -> Counter[str]:
    """Callers that send known and new mails while things happen."""
    found: Counter[str] = Counter(right=0, unsure=0, wrong=0, lost=0, hits=0)
    lock = threading.Lock()
    new = iter(range(KNOWN, len(bodies)))
    start = time.monotonic()

    def work(number: int) -> None:
        chance = random.Random(number)
        with caller() as client:
            while time.monotonic() < start + seconds:
                with lock:
                    at = next(new, None) if chance.random() < 0.2 else None
                at = chance.randrange(KNOWN) if at is None else at
                try:
                    answer = send(client, port, bodies[at])
                except httpx.HTTPError as error:
                    with lock:
                        found["lost"] += 1
                    print(f"{time.monotonic() - start:.1f} s: lost: {error!r}", flush=True)
                    continue
                kind = judged(answer, right[at])
                with lock:
                    found[kind] += 1
                    found["hits"] += bool(answer["cache"]["hit"])
                if kind != "right":
                    missing = [(row["fact"], row["why"]) for row in answer["not_checked"] if "domain." in row["fact"]]
                    print(f"{time.monotonic() - start:.1f} s: {kind}: {answer['risk']} {missing}", flush=True)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    for at, name, happen in events:
        time.sleep(max(0.0, start + at - time.monotonic()))
        happen()
        print(f"{time.monotonic() - start:.1f} s: {name}; {dict(found)}", flush=True)
    for thread in threads:
        thread.join()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill processes and Redis under load; no answer may be wrong or lost.")
    parser.add_argument("--seconds", type=float, default=40.0)
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        return run(parser.parse_args().seconds, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
