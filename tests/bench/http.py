"""What is measured over HTTP beside the same round of others: cached, fresh, with meaning, with Redis, two workers."""

from __future__ import annotations

import contextlib
import itertools
import secrets
import zlib
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from tests.bench.figures import Figure, median
from tests.bench.letters import Letter, letters
from tests.bench.load import Load, Target, load
from tests.bench.peers import name_server, rspamd, spamd
from tests.bench.servers import Server, backtone, bare, cpu_seconds, when_ready
from tests.peers.redis import RedisServer

CONNECTIONS = 8


def tokens() -> list[str]:
    """One for each connection."""
    return [secrets.token_urlsafe(24) for _ in range(CONNECTIONS)]


def cached(folder: Path, rounds: int, seconds: float) -> list[Figure]:
    """One mail again and again, against Flask alone that parses the same request and answers a dict as large."""
    (letter,) = letters(1)
    mine: list[Load] = []
    plain: list[Load] = []
    with redis_or_not() as redis, backtone(folder / "cached", tokens(), MEANING="off") as vet:
        when_ready(vet)
        with ExitStack() as stack:
            verdict = verdict_of(vet, letter)
            flask = stack.enter_context(bare(folder / "bare", verdict, tokens()))
            shared: Server | None = None
            with_redis: list[Load] = []
            if redis:
                shared = stack.enter_context(
                    backtone(folder / "cached-redis", tokens(), MEANING="off", REDIS_URL=redis.url)
                )
                when_ready(shared)
            for number in range(rounds + 1):
                same = itertools.repeat(letter.request)
                took = [
                    load(target, same, connections=CONNECTIONS, seconds=seconds)
                    for target in (vet.target(), flask.target("/"), *([shared.target()] if shared else []))
                ]
                if number:  # the first round warms up
                    mine.append(took[0])
                    plain.append(took[1])
                    with_redis += took[2:]
    pairs = list(zip(mine, plain, strict=True))
    rates = [one.per_second for one in mine]
    found = [
        median("cached_vs_bare", [a.per_second / b.per_second for a, b in pairs], "ratio", "requests a second"),
        median("cached_p99_vs_bare", [a.percentile(0.99) / b.percentile(0.99) for a, b in pairs], "ratio"),
        median("cached_per_second", rates, "1/s"),
        median(
            "bare_per_second", [one.per_second for one in plain], "1/s", "Flask alone, parsing and answering a dict"
        ),
        Figure("verdict_kb", len(verdict) / 1000, "kB", "the answer to a mail of 2 to 4 KB"),
        Figure(
            "sealed_verdict_kb", len(zlib.compress(verdict, 1)) / 1000 + 0.2, "kB", "a verdict in Redis, with its key"
        ),
        median("cached_p99_ms", [one.percentile(0.99) for one in mine], "ms"),
    ]
    if with_redis:
        ratios = [a.per_second / b.per_second for a, b in zip(with_redis, plain, strict=True)]
        found.append(median("cached_redis_vs_bare", ratios, "ratio", "the same with Redis"))
    return found


def verdict_of(server: Server, letter: Letter) -> bytes:
    """The server's verdict of a mail."""
    head = {"Authorization": f"Bearer {server.tokens[0]}", "Content-Type": "application/json"}
    url = f"http://127.0.0.1:{server.port}/v1/vet"
    return httpx.post(url, content=letter.request, headers=head, trust_env=False, timeout=30).raise_for_status().content


@contextmanager
def redis_or_not() -> Generator[RedisServer | None]:
    """A Redis, or None where it is not installed."""
    with contextlib.suppress(AssertionError), RedisServer() as redis:
        yield redis
        return
    yield None


def fresh(folder: Path, rounds: int, count: int) -> tuple[list[Figure], list[str]]:
    """Mails that nobody has seen, each once to each server, in turns; and the peers' configurations in words."""
    mails = letters(count, seed=7)
    with ExitStack() as stack:
        dns_port = stack.enter_context(name_server())
        quick = stack.enter_context(backtone(folder / "fresh", tokens(), MEANING="off"))
        deep = stack.enter_context(backtone(folder / "meaning", tokens(), MEANING="on"))
        robots = stack.enter_context(rspamd(folder / "rspamd", dns_port))
        bare_robots = stack.enter_context(rspamd(folder / "rspamd-without-network", dns_port, network=False))
        perl = stack.enter_context(spamd(folder / "spamd"))
        redis = stack.enter_context(redis_or_not())
        when_ready(quick)
        when_ready(deep, meaning=True)
        lines: dict[str, tuple[Target, list[int]]] = {
            "fresh": (quick.target(), quick.workers),
            "meaning": (deep.target(), deep.workers),
        }
        if redis:
            shared = stack.enter_context(backtone(folder / "fresh-redis", tokens(), MEANING="off", REDIS_URL=redis.url))
            when_ready(shared)
            lines["fresh_redis"] = shared.target(), shared.workers
        flask = stack.enter_context(bare(folder / "fresh-bare", verdict_of(quick, letters(1, seed=8)[0]), tokens()))
        lines["bare"] = flask.target("/"), flask.workers
        words: list[str] = []
        for name, peer in {"rspamd": robots, "rspamd_without_network": bare_robots, "spamd": perl}.items():
            words.append(f"{name}: {peer.words}" if peer else f"{name}: ABSENT, not installed; no figure is given")
            if peer:
                lines[name] = peer.target, peer.pids()
        return _fresh_rounds(lines, mails, rounds), words


def _fresh_rounds(lines: dict[str, tuple[Target, list[int]]], mails: list[Letter], rounds: int) -> list[Figure]:
    rates: dict[str, list[float]] = {name: [] for name in lines}
    costs: dict[str, list[float]] = {name: [] for name in lines}
    share = len(mails) // rounds
    for number in range(rounds):
        part = mails[number * share : (number + 1) * share]
        for name, (target, pids) in lines.items():
            bodies = [one.mail if "spamd" in name else one.request for one in part]
            before = sum(map(cpu_seconds, pids))
            rates[name].append(load(target, bodies, connections=CONNECTIONS).per_second)
            costs[name].append((sum(map(cpu_seconds, pids)) - before) / len(part) * 1000)
    found: list[Figure] = []
    for ours, peer in (
        ("fresh", "rspamd"),
        ("fresh", "spamd"),
        ("meaning", "rspamd"),
        ("fresh", "rspamd_without_network"),
        ("meaning", "spamd"),
        ("fresh_redis", "fresh"),
        ("bare", "rspamd"),
        ("bare", "rspamd_without_network"),
        ("bare", "spamd"),
        ("fresh", "bare"),
    ):
        if ours in rates and peer in rates:
            pairs = zip(rates[ours], rates[peer], strict=True)
            found.append(median(f"{ours}_vs_{peer}", [a / b for a, b in pairs], "ratio", "mails a second"))
    if "rspamd" in costs:
        pairs = zip(costs["fresh"], costs["rspamd"], strict=True)
        found.append(median("fresh_cpu_vs_rspamd", [a / b for a, b in pairs], "ratio", "processor time a mail"))
    found += [median(f"{name}_per_second", row, "1/s") for name, row in rates.items()]
    found += [median(f"{name}_cpu_ms", row, "ms", "processor time a mail") for name, row in costs.items()]
    return found


def two_workers(folder: Path, rounds: int, count: int) -> list[Figure]:
    """Answers a processor second of all workers, two against one."""
    mails = letters(count * rounds * 2, seed=11)
    per_cpu: list[float] = []
    wall: list[float] = []
    with (
        backtone(folder / "one", tokens(), MEANING="off") as one,
        backtone(folder / "two", tokens(), workers=2, MEANING="off") as two,
    ):
        for server in (one, two):
            when_ready(server)
            _burst(server, mails[:40])
        for number in range(rounds):
            part = mails[number * 2 * count : (number * 2 + 2) * count]
            first, second = _burst(one, part[:count]), _burst(two, part[count:])
            per_cpu.append(second[0] / first[0])
            wall.append(second[1] / first[1])
    return [
        median("two_workers_vs_one", per_cpu, "ratio", "fresh mails a processor second"),
        median("two_workers_vs_one_wall", wall, "ratio", "fresh mails a second; the client needs a core too"),
    ]


def _burst(server: Server, mails: Iterable[Letter]) -> tuple[float, float]:
    """Answers a processor second and answers a second."""
    before = server.cpu_seconds()
    done = load(server.target(), [mail.request for mail in mails], connections=CONNECTIONS)
    return len(done.times) / max(server.cpu_seconds() - before, 0.01), done.per_second
