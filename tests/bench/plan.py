"""What 10, 1,000 and 100,000 reps need, computed from build/bench.json; writes server/deploy/SCALE.md.

python -m tests.bench.plan
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from tests.bench.outside import machine
from tests.bench.servers import ROOT

PAGE = ROOT / "server" / "deploy" / "SCALE.md"
REPS = (10, 1_000, 100_000)
MAILS_A_DAY = 150
PEAK_HOUR = 0.2
"""Share of a day's mails that are opened in its busiest hour."""
BURST = 2
SEEN = 0.4
"""Share of requests that are answered from memory: opened again, asked again, one mail to many reps."""
FULL = 0.5
"""How busy a core may be, so that nobody waits for his turn."""
NEW_DOMAINS = 0.2
"""New domains for each mail of a day."""
DOMAIN_KB = 4.0
VERDICT_TTL_S = 600


def page(figures: dict[str, float], where: str) -> str:
    """The page as Markdown."""
    fresh, deep = figures["fresh_cpu_ms"], figures["meaning_cpu_ms"]
    cached = 1000 / figures["cached_per_second"]
    sealed = figures["sealed_verdict_kb"]
    rows: list[str] = []
    for reps in REPS:
        rate = reps * MAILS_A_DAY * PEAK_HOUR / 3600 * BURST
        cores = [rate * ((1 - SEEN) * cost + SEEN * cached) / 1000 / FULL for cost in (fresh, deep)]
        processes = max(1, math.ceil(cores[1]))
        redis_mb = (
            rate * (1 - SEEN) * VERDICT_TTL_S * sealed / 1000 + reps * MAILS_A_DAY * NEW_DOMAINS * DOMAIN_KB / 1000
        )
        memory = processes * figures["rss_mb"] / 1000
        shape = "one process, no Redis" if processes == 1 else f"{processes} processes, Redis, nginx"
        if processes > 16:
            shape = f"{math.ceil(processes / 16)} machines of 16 cores, Redis with replica, two balancers"
        rows.append(
            f"| {reps:,} | {rate:,.1f} | {cores[0]:,.2f} | {cores[1]:,.2f} | {memory:,.2f} GB | "
            f"{'-' if processes == 1 else f'{redis_mb:,.0f} MB'} | {shape} |"
        )
    return TEXT.format(
        rows="\n".join(rows),
        where=where,
        mails=MAILS_A_DAY,
        peak=f"{PEAK_HOUR:.0%}",
        burst=BURST,
        seen=f"{SEEN:.0%}",
        full=f"{FULL:.0%}",
        domains=f"{NEW_DOMAINS:.0%}",
        domain_kb=DOMAIN_KB,
        fresh=fresh,
        deep=deep,
        cached=cached,
        rss=figures["rss_mb"],
        sealed=sealed,
        two=figures["two_workers_vs_one"],
    )


TEXT = """\
# How many machines

Computed by `python -m tests.bench.plan` from `build/bench.json` (`make bench`). Measured on: {where}.

| reps | requests a second at the peak | cores without the encoder | cores with it | memory of the processes | Redis | which is |
|-:|-:|-:|-:|-:|-:|-|
{rows}

Measured: a fresh mail takes {fresh:.1f} ms of a core without the encoder and {deep:.1f} ms with it, one seen before
{cached:.2f} ms; a process takes {rss:.0f} MB; a sealed verdict takes {sealed:.1f} kB in Redis; with two
processes a second of processor time gives {two:.2f} times what it gives with one.

Assumed, so put your own figures in: {mails} mails a rep and day, {peak} of them in the busiest hour, and twice the mean of
that hour at its worst minute (x{burst}); {seen} of the requests come from memory; a core is kept at most {full} busy; {domains}
of a day's mails come from a domain that is new, and what is known of one takes {domain_kb:.0f} kB.

## What stands where

- Up to some hundred reps: `python -m server serve` or `backtone.service`. One process, eight threads, one cache, one limiter.
- Beyond: `compose.yaml`, or as many `python -m server serve` as there are cores, each with `BACKTONE_REDIS_URL`, behind
  `nginx.conf`. They keep nothing of their own but the tokens file, which is the same for all. Any may die at any time:
  `python -m tests.bench.scale` kills both in turn, and Redis too, and no answer is wrong or lost.
- Redis is a cache: no disk, `allkeys-lru`. Without it every process works alone: more look-ups, limits by process, and a
  verdict that was not complete is asked for again by sending the mail.
- What grows last: look-ups. DNS goes to `BACKTONE_RESOLVERS`; a caching resolver of your own beside the processes spares
  the outside. Registries limit by address: {domains} new domains of 100,000 reps are more than any registry answers to one
  address, so most ages stay *unknown, limited* there, and say so.
"""


def main() -> int:
    """Write the page."""
    data = json.loads((ROOT / "build" / "bench.json").read_text())
    figures: dict[str, float] = {row["name"]: row["value"] for row in data}
    Path(PAGE).write_text(page(figures, machine()))
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
