"""Where the time of one vetting goes: milliseconds of each stage in this process, warm, without look-ups.

    python -m tests.bench.stages

Prints the stages of a 3 KB and a 20 KB mail, the browser's preview of 3 KB, and the slowest of the hostile mails of 1 MiB.
"""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from server.model import Address, Message
from server.rulebook.load import load_rulebook
from server.vetting import Vetting

ROOT = Path(__file__).resolve().parents[2]
STAGES = {
    "parts of the mail": ("server.evidence.collect", "read_mail"),
    "sender": ("server.evidence.collect", "sender_facts"),
    "content": ("server.evidence.collect", "content_facts"),
    "identity": ("server.evidence.collect", "identity_facts"),
    "links": ("server.evidence.collect", "link_facts"),
    "bank, phones": ("server.evidence.collect", "server_only_facts"),
    "deal": ("server.evidence.collect", "deal_facts"),
    "order": ("server.evidence.collect", "order_facts"),
    "phrases": ("server.evidence.collect", "find"),
    "rules": ("server.judging.verdict", "signals"),
    "reasons in words": ("server.judging.verdict", "reasons"),
    "searches": ("server.judging.verdict", "search_links"),
}
"""Stage: module and name of the function that is timed where it is called. What is left over is `rest`."""
_RUNS = 60
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_MIB = 1 << 20
_PREVIEW = """
import { readFileSync } from "node:fs";
import { compileRulebook } from "./extension/src/rulebook/engine.js";
import { preview } from "./extension/src/rulebook/preview.js";
const { rulebook, message } = JSON.parse(readFileSync(0, "utf8"));
const engine = compileRulebook(rulebook);
let best = Infinity;
for (let i = 0; i < 60; i++) {
  const start = process.cpuUsage().user;
  preview(message, engine);
  best = Math.min(best, process.cpuUsage().user - start);
}
console.log(best / 1000);
"""


def per_stage(letters: dict[str, str]) -> dict[str, dict[str, float]]:
    """Milliseconds of CPU for each letter: its fastest run in whole, and the stages of that run."""
    vetting = Vetting(load_rulebook())
    return {name: _fastest(vetting, text) for name, text in letters.items()}


def _fastest(vetting: Vetting, text: str) -> dict[str, float]:
    message = Message(
        sender=Address("kari.hansen@hansen-ventiler.example", "Kari Hansen"),
        reply_to=(),
        subject="Inquiry: stainless ball valves",
        text=text,
        attachments=(),
    )
    best: dict[str, float] = {}
    for _ in range(_RUNS):
        spent = dict.fromkeys(STAGES, 0.0)
        with ExitStack() as timed:
            for stage, (module, name) in STAGES.items():
                real = getattr(importlib.import_module(module), name)
                timed.enter_context(patch(f"{module}.{name}", _timed(real, spent, stage)))
            start = time.process_time_ns()
            vetting.vet(message, lang="en", max_wait_ms=0, now=_NOW, offline=True)
            whole = (time.process_time_ns() - start) / 1e6
        if not best or whole < best["whole"]:
            best = {**spent, "rest": whole - sum(spent.values()), "whole": whole}
    return {stage: round(taken, 3) for stage, taken in best.items()}


def _timed(real: Callable[..., Any], spent: dict[str, float], stage: str) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        start = time.process_time_ns()
        result = real(*given, **named)
        spent[stage] += (time.process_time_ns() - start) / 1e6
        return result

    return run


def preview(text: str) -> float | None:
    """Milliseconds of CPU of the browser's preview of a letter, in Node; None where there is none."""
    import orjson

    node = shutil.which("node")
    if node is None:
        return None
    mail = {"sender": "Kari Hansen <kari.hansen@hansen-ventiler.example>", "subject": "Inquiry", "body": {"text": text}}
    given = orjson.dumps({"rulebook": orjson.loads(load_rulebook().json_bytes), "message": mail})
    command = [node, "--input-type=module", "-e", _PREVIEW]
    return float(subprocess.run(command, cwd=ROOT, input=given, capture_output=True, check=True).stdout)


def hostile() -> list[tuple[float, str]]:
    """Milliseconds of CPU of each hostile mail of 1 MiB, the slowest first."""
    from tests.fuzz.doors import DOORS
    from tests.fuzz.hostile import KINDS

    rows: list[tuple[float, str]] = []
    for kind, (door, made) in KINDS.items():
        data = made(_MIB)[: _MIB - 512]
        times: list[float] = []
        for _ in range(3):
            start = time.process_time_ns()
            DOORS[door](data)
            times.append((time.process_time_ns() - start) / 1e6)
        rows.append((min(times), kind))
    return sorted(rows, reverse=True)


def main() -> int:
    """Print all three."""
    from tests.bench.growth import message

    letters = {f"{size} KB": message(size * 1024, 3).text or "" for size in (3, 20)}
    spent = per_stage(letters)
    for stage in spent["3 KB"]:
        print(f"{stage:17}" + "".join(f"{row[stage]:8.2f} ms at {size}" for size, row in spent.items()))
    shown = preview(letters["3 KB"])
    print(f"{'preview in Node':17}" + ("not measured: no node" if shown is None else f"{shown:8.2f} ms at 3 KB"))
    for taken, kind in hostile()[:5]:
        print(f"hostile, 1 MiB   {taken:8.0f} ms: {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
