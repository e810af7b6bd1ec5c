"""All benchmarks: one table, and build/bench.json. `make bench`, or `python -m tests.bench.run --quick`.

Everything runs on loopback and on the cores of this machine, the client too: trust the ratios, which are taken within a
round and then their median. Peers that are not installed are said to be absent.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import growth
from tests.bench.figures import MUST, Figure, shown, write
from tests.bench.http import cached, fresh, two_workers
from tests.bench.outside import machine, memory, overruns, single_flight, start
from tests.bench.servers import ROOT
from tests.bench.stages import per_stage


def main() -> int:
    """Run what is asked for, print the table, write the list."""
    args = arguments()
    rounds, mails = (3, 60) if args.quick else (args.rounds, args.mails)
    print(machine())
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)

        def fresh_and_say() -> list[Figure]:
            found, words = fresh(folder, rounds, mails)
            print("\n".join(words))
            return found

        def stages() -> list[Figure]:
            spent = per_stage({f"{size} KB": text_of(size * 1024) for size in (3, 20)})
            for stage in spent["3 KB"]:
                print(f"{stage:17}" + "".join(f"{row[stage]:8.2f} ms at {size}" for size, row in spent.items()))
            return []

        parts: dict[str, Callable[[], list[Figure]]] = {
            "stages": stages,
            "cached": lambda: cached(folder, rounds, 1.5),
            "flight": lambda: single_flight(folder),
            "overrun": lambda: overruns(rounds * 2),
            "start": lambda: start(folder, min(rounds, 5)),
            "memory": lambda: memory(folder, max(mails // 5, 60)),
            "workers": lambda: two_workers(folder, rounds, 100),
            "fresh": fresh_and_say,
            "growth": lambda: growth.measure(quick=args.quick),
        }
        for part, work in parts.items():
            if part in (args.only or parts):
                began = time.monotonic()
                figures += work()
                print(f"{part}: {time.monotonic() - began:.0f} s", flush=True)
    figures.sort(key=lambda row: list(MUST).index(row.name) if row.name in MUST else len(MUST))
    print("\n".join(shown(figure) for figure in figures))
    missing = [name for name in MUST if name not in {figure.name for figure in figures}]
    if missing:
        print(f"not measured: {', '.join(missing)}")
    write(figures, args.out)
    print(f"{rounds} rounds, {mails} fresh mails: {args.out}")
    return 0


def text_of(size: int) -> str:
    """A letter's text of this size."""
    return growth.message(size, 3).text or ""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the API on loopback, beside Flask alone, rspamd and spamd.")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--mails", type=int, default=2000, help="fresh mails, each sent once to each server")
    parser.add_argument("--quick", action="store_true", help="few rounds and mails: whether it runs, not how fast")
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="PART",
        help="stages, cached, flight, overrun, start, memory, workers, fresh, growth",
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
