"""Verdicts that lacked look-ups are made again when these are in, so that another process can answer for this one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from server.judging.shape import to_dict
from server.lookups.pool import Pool

if TYPE_CHECKING:
    from server.model import Lang, Message, Verdict
    from server.web.cache import Kept
    from server.web.engine import Engine, Vets

WAIT_MS = 10_000
THREADS, WAITING = 4, 64
MEASURED = ("key", "cache", "elapsed_ms", "retry_after_ms")
"""Parts of the answer that change from call to call; they are added behind the stored bytes."""


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
