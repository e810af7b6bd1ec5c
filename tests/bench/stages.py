"""Where the time of one vetting goes: milliseconds of each stage in this process, warm, without look-ups."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from server.model import Address, Message
from server.rulebook.load import load_rulebook
from server.vetting import Vetting

STAGES = {
    "split into parts": ("server.evidence.collect", "read_mail"),
    "sender": ("server.evidence.collect", "sender_facts"),
    "content": ("server.evidence.collect", "content_facts"),
    "identity": ("server.evidence.collect", "identity_facts"),
    "links": ("server.evidence.collect", "link_facts"),
    "phrases": ("server.evidence.collect", "find"),
    "judgement": ("server.vetting", "judge"),
}
"""Stage: module and name of the function that is timed where it is called. What is left over is `rest`."""
_RUNS = 60
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


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
