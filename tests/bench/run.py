"""How fast the API answers: requests a second and milliseconds beside a bare Flask answer in the same round.

    python -m tests.bench.run [--rounds N] [--seconds S] [--connections C]

Three modes, one after the other in each round, so that a slow minute of the machine hits all three: `bare` (Flask under
the same gunicorn settings answers a stored JSON), `cached` (/v1/vet, one mail again and again), `fresh` (/v1/vet, each
mail new: parsed, matched and judged). No look-ups. Before that the stages of a 3 KB and a 20 KB mail in this process. The client shares the machine's cores: trust the ratios.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import platform
import secrets
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.client import Load, load
from tests.bench.servers import ROOT, Served, backtone, bare
from tests.bench.stages import per_stage

MODES = ("bare", "cached", "fresh")
LETTER = """Dear sales manager,

We are Hansen Ventiler AS in Bergen, a wholesaler of industrial valves since 1998. Your stainless ball valves were
recommended to us by a customer. Please quote for the following items, FOB Shanghai and CIF Bergen:

  1) Ball valve 2 inch, 316L, flanged PN16, 400 pcs
  2) Ball valve 3 inch, 316L, flanged PN16, 250 pcs
  3) Gasket set for both, 650 sets

Kindly state lead time, packing, HS code and certificates (CE, 3.1). Our usual payment terms are 30 % deposit by T/T and
the balance against copy of documents. {filler}

Best regards,
Kari Hansen
Purchasing, Hansen Ventiler AS
Tel: +47 55 00 00 00
www.hansen-ventiler.example
"""
SENTENCE = "We order four times a year and would like to start with a trial order before the summer. "
FILLER = SENTENCE * 20


def main() -> int:
    """Run all rounds, print a table and write build/bench.json."""
    args = arguments()
    stages = per_stage({"3 KB": letter(3_000), "20 KB": letter(20_000)})
    for stage in stages["3 KB"]:
        print(f"{stage:17}" + "".join(f"{row[stage]:8.2f} ms at {size}" for size, row in stages.items()))
    tokens = [secrets.token_urlsafe(24) for _ in range(args.connections)]
    with tempfile.TemporaryDirectory() as folder, backtone(Path(folder), tokens) as vet, bare(Path(folder)) as plain:
        rounds = [one_round(args, vet, plain, tokens) for _ in range(args.rounds + 1)][1:]  # the first one warms up
    summary = {mode: summarise(mode, rounds) for mode in MODES}
    for mode, row in summary.items():
        print(
            f"{mode:7} {row['per_second']:7.0f} requests a second  {row['of_bare']:5.2f} of bare "
            f"({row['of_bare_min']:.2f}-{row['of_bare_max']:.2f})  "
            f"p50 {row['p50_ms']:.1f} ms  p99 {row['p99_ms']:.1f} ms"
        )
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    out.write_text(
        json.dumps({"machine": machine, "arguments": vars(args), "modes": summary, "per_stage": stages}, indent=2)
        + "\n"
    )
    print(f"{args.rounds} rounds of {args.seconds} s, {args.connections} connections: {out.relative_to(ROOT)}")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the API on loopback.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--connections", type=int, default=8)
    return parser.parse_args()


def one_round(args: argparse.Namespace, vet: Served, plain: Served, tokens: list[str]) -> dict[str, Load]:
    """All modes once."""
    same = body(FILLER)
    work: dict[str, tuple[Served, Callable[[], bytes]]] = {
        "bare": (plain, lambda: same),
        "cached": (vet, lambda: same),
        "fresh": (vet, lambda: body(f"Our reference is {next(NUMBERS)}. {FILLER}")),
    }
    return {mode: load(*work[mode], tokens=tokens, seconds=args.seconds) for mode in MODES}


NUMBERS = itertools.count(1)


def letter(size: int) -> str:
    """The letter with as many sentences as make it this long."""
    return LETTER.format(filler=SENTENCE * ((size - len(LETTER)) // len(SENTENCE) + 1))


def body(filler: str) -> bytes:
    """A request of about 3 KB."""
    mail = {
        "sender": {"address": "kari.hansen@hansen-ventiler.example", "name": "Kari Hansen"},
        "reply_to": [],
        "subject": "Inquiry: stainless ball valves",
        "body": {"text": LETTER.format(filler=filler)},
        "attachments": [],
        "max_wait_ms": 0,
    }
    return json.dumps(mail).encode()


def summarise(mode: str, rounds: list[dict[str, Load]]) -> dict[str, float]:
    """Medians over the rounds; ratios are taken within a round."""
    ratios = [one[mode].per_second / one["bare"].per_second for one in rounds]
    return {
        "per_second": statistics.median(one[mode].per_second for one in rounds),
        "of_bare": statistics.median(ratios),
        "of_bare_min": min(ratios),
        "of_bare_max": max(ratios),
        "p50_ms": statistics.median(one[mode].percentile(0.5) for one in rounds),
        "p99_ms": statistics.median(one[mode].percentile(0.99) for one in rounds),
    }


if __name__ == "__main__":
    sys.exit(main())
