"""The verdict of a request: kept, made now, or made again when its look-ups are in. Knows nothing of Flask."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from server.judging.shape import to_dict
from server.lookups.pool import Pool

if TYPE_CHECKING:
    from server.model import Lang, Message, Verdict
    from server.web.cache import Kept
    from server.web.engine import Engine, Vets
    from server.web.reading import Asked

WAIT_MS = 10_000
RETRY_AFTER_MS = 1000
THREADS, WAITING = 4, 64
MEASURED = ("key", "cache", "elapsed_ms", "retry_after_ms")
"""Parts of the answer that change from call to call; they are added behind the stored bytes."""


def verdict_of(now: Engine, asked: Asked, *, fresh: bool = False, handle: str | None = None) -> tuple[Kept, bool]:
    """The verdict, and whether it was kept from an earlier call; `fresh` vets anew.

    `handle` is the key under which the caller knows this mail already.
    """
    vetting = now.vetting
    stamp = now.stamp(vetting)
    message, lang, full = asked.message, asked.lang, asked.full
    key = now.verdicts.key(message, lang, stamp, now.own(), full=full)
    kept = None if fresh else now.verdicts.get(key, stamp)
    if kept is None and not fresh and now.shared_verdicts:
        kept = now.shared_verdicts.get(key, stamp)
        if kept is not None and kept.complete:
            now.verdicts.keep(kept)
    if kept is not None and kept.complete:
        return kept, True
    with now.patience(asked.max_wait_ms) as wait_ms:
        verdict = vetting.vet(message, lang=lang, max_wait_ms=wait_ms, now=datetime.now(UTC))
    kept = kept_verdict(now, key, stamp, verdict, full=full)
    if verdict.complete:
        now.verdicts.settle(handle or key)
    else:
        for known in {key, handle or key}:
            now.verdicts.pend(known, message, lang, full=full)
        if now.shared_verdicts and handle is None:
            now.finisher.finish(now, vetting, stamp, key, message, lang, full=full)
    return kept, False


def written(kept: Kept, seconds: float, *, hit: bool) -> bytes:
    """The answer: the stored bytes, and behind them what changes from call to call."""
    measured: dict[str, Any] = {"key": kept.key}
    if not kept.complete:
        measured["retry_after_ms"] = RETRY_AFTER_MS
    measured["cache"] = {"hit": hit, "age_s": int(time.monotonic() - kept.made) if hit else 0}
    measured["elapsed_ms"] = round(seconds * 1000)
    return kept.body + b"," + orjson.dumps(measured)[1:]


def kept_verdict(now: Engine, key: str, stamp: str, verdict: Verdict, *, full: bool = False) -> Kept:
    """Keep a verdict here and, if processes share theirs, for the others."""
    body = {name: value for name, value in to_dict(verdict, short=not full).items() if name not in MEASURED}
    kept = now.verdicts.put(key, stamp, body, verdict)
    if now.shared_verdicts:
        now.shared_verdicts.put(kept)
    if verdict.complete:
        now.verdicts.settle(key)
    return kept


class Finisher:
    """Vets again in threads of its own. Where they are all busy, the caller's next question does it."""

    def __init__(self) -> None:
        self._pool = Pool("finisher", THREADS, WAITING)

    def finish(
        self, now: Engine, vetting: Vets, stamp: str, key: str, message: Message, lang: Lang, *, full: bool = False
    ) -> None:
        """Make the verdict of this mail again, with as much patience as look-ups can need."""

        def work() -> None:
            verdict = vetting.vet(message, lang=lang, max_wait_ms=WAIT_MS, now=datetime.now(UTC))
            if verdict.complete:
                kept_verdict(now, key, stamp, verdict, full=full)

        self._pool.submit(work)
