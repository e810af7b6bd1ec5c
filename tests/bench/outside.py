"""What is measured with an outside world on loopback: single flight among processes, overruns, start and memory."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.figures import Figure, median
from tests.bench.http import CONNECTIONS, redis_or_not, tokens
from tests.bench.letters import letters
from tests.bench.load import load
from tests.bench.servers import ROOT, backtone, started, when_ready
from tests.peers.nameservers import free_port
from tests.peers.overrun import healthy_overrun_ms, hung_overrun_ms
from tests.peers.world import Domain, World

ASKERS = 200
NEW = "never-seen-before.com"


def settings_of(world: World) -> dict[str, str]:
    """The world's settings without their prefix."""
    return {name.removeprefix("BACKTONE_"): value for name, value in world.settings.items()}


def single_flight(folder: Path) -> list[Figure]:
    """Two hundred mails from one new domain at once, to two processes: how often the outside was asked one thing."""
    mails = letters(ASKERS, seed=13, domain=NEW)
    bodies = [json.dumps(json.loads(mail.request) | {"max_wait_ms": 10_000}).encode() for mail in mails]
    with redis_or_not() as redis, World({NEW: Domain()}) as world:
        if redis is None:
            return []
        given = {"LOOKUPS": "on", "REDIS_URL": redis.url, "MEANING": "off", **settings_of(world)}
        with backtone(folder / "flight", tokens(), workers=2, **given) as server:
            when_ready(server)
            done = load(server.target(), bodies, connections=ASKERS)
        asked = {question: count for question, count in world.dns.asked.items() if NEW in question[0]}
        most = max([*asked.values(), *world.registry.asked.values()])
    print(
        f"single flight: {len(done.times)} answers; the name server was asked {sum(asked.values())} questions: {asked}"
    )
    return [Figure("single_flight_lookups_per_kind", most, "count", "most often one question, 200 askers, 2 processes")]


def overruns(rounds: int) -> list[Figure]:
    """How much longer a report takes than its slowest look-up, or than the deadline."""
    return [
        median("healthy_overrun_ms", healthy_overrun_ms(rounds), "ms", "over the slowest single look-up"),
        median("hung_overrun_ms", hung_overrun_ms(rounds), "ms", "over the deadline, one server silent"),
    ]


def start(folder: Path, rounds: int) -> list[Figure]:
    """From the command to the first answer of /healthz, and to the first verdict."""
    alive: list[float] = []
    ready: list[float] = []
    for number in range(rounds):
        place = folder / f"start{number}"
        place.mkdir()
        (place / "tokens").touch(mode=0o600)
        (place / "tokens").write_text("admin:admin:" + "x" * 40 + "\n")
        port = free_port()
        given = {"BACKTONE_LISTEN": f"127.0.0.1:{port}", "BACKTONE_DATA": str(place), "BACKTONE_LOOKUPS": "off"}
        began = time.perf_counter()
        with started([sys.executable, "-m", "server", "serve"], place, given, ["x" * 40], wait=_alive) as server:
            alive.append(time.perf_counter() - began)
            when_ready(server)
            ready.append(time.perf_counter() - began)
    return [
        median("start_seconds", alive, "s", "to /healthz"),
        median("start_to_first_verdict_seconds", ready, "s", "rules read; the encoder may still load"),
    ]


def _alive(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def memory(folder: Path, count: int) -> list[Figure]:
    """Resident memory of a process after so many fresh mails; lists of 4,000 entries and look-ups on."""
    lists = folder / "lists"
    lists.mkdir()
    rows = [f"firm-{number}.example,entered by hand,Li Wei" for number in range(2000)]
    for name in ("known.csv", "block.csv"):
        (lists / name).write_text("entry,reason,author\n" + "\n".join(f"{name[0]}{row}" for row in rows) + "\n")
    mails = [mail.request for mail in letters(count, seed=17)]
    found: list[Figure] = []
    for name, meaning in (("rss_mb", "on"), ("rss_without_meaning_mb", "off")):
        with World({}) as world:
            given = {"LOOKUPS": "on", "MEANING": meaning, "OVERLAY": str(lists), **settings_of(world)}
            with backtone(folder / name, tokens(), **given) as server:
                when_ready(server, meaning=meaning == "on")
                at_start = server.rss_mb()
                load(server.target(), mails, connections=CONNECTIONS)
                found += [
                    Figure(name, server.rss_mb(), "MB", f"after {count} fresh mails"),
                    Figure(name.replace("_mb", "_at_start_mb"), at_start, "MB"),
                ]
    return found


def machine() -> str:
    """The machine line."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "unknown processor",
    )
    cores = subprocess.run(["nproc"], capture_output=True, text=True, check=True).stdout.strip()
    busy = Path("/proc/loadavg").read_text().split()[0]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return (
        f"{model}, {cores} cores, load {busy}, Python {sys.version.split()[0]}, commit {commit.stdout.strip() or '?'}"
    )
