"""The browser's preview in Node over many different mails of one size: seen for the first time, and again.

    python -m tests.bench.previews PATH… [--kb 3] [--most 60]

PATH: mails, folders, .jsonl(.gz). The mails whose text has about that many KB are taken, evenly over all; the others warm
the engine, as the mails of a working day do. Each figure is the least of three processes: what others do on the machine
only adds to it.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from server.rulebook.load import load_rulebook
from tests.parity.export import from_paths

SCRIPT = Path(__file__).with_name("previews.mjs")
_NEAR = 0.1
"""Share by which a mail's size may differ from the one that is asked for."""
_WARM = 400
_PROCESSES = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Print median, 95 % and slowest of both; 1 where no mail has the size."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.previews", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--kb", type=float, default=3.0, help="size of the text of the mails that are measured")
    parser.add_argument("--most", type=int, default=60, help="how many of them")
    options = parser.parse_args(arguments)
    rulebook = load_rulebook()
    given = [message for _, message in from_paths(options.paths, rulebook)]
    sized = [message for message in given if abs(size_of(message) / options.kb / 1024 - 1) <= _NEAR]
    mails = evenly(sized, options.most)
    if not mails:
        sys.stderr.write(f"no mail of {options.kb:g} KB among {len(given)}\n")
        return 1
    chosen = {id(message) for message in mails}
    warm = evenly([message for message in given if id(message) not in chosen], _WARM)
    data = orjson.dumps({"rulebook": orjson.loads(rulebook.json_bytes), "warm": warm, "mails": mails})
    print(f"{len(mails)} of {len(sized)} mails of {options.kb:g} KB, ms of CPU")
    for name, times in fastest([run(data) for _ in range(_PROCESSES)]).items():
        ordered = sorted(times)
        most = ordered[round(0.95 * (len(ordered) - 1))]
        print(f"{name:6} median {statistics.median(ordered):5.1f}   95 % {most:5.1f}   slowest {ordered[-1]:5.1f}")
    return 0


def size_of(message: dict[str, Any]) -> int:
    """Bytes of the text."""
    return len(((message.get("body") or {}).get("text") or "").encode())


def evenly(items: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """So many of them at most, spread over all."""
    return items if len(items) <= most else [items[len(items) * number // most] for number in range(most)]


def run(data: bytes) -> dict[str, list[float]]:
    """What one process measures."""
    node = subprocess.run(["node", SCRIPT], input=data, capture_output=True, check=True)
    return orjson.loads(node.stdout)


def fastest(runs: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    """Of each mail the least of all processes."""
    return {
        name: [min(times) for times in zip(*(one[name] for one in runs), strict=True)] for name in ("first", "again")
    }


if __name__ == "__main__":
    sys.exit(main())
