"""Time of the stage alone and memory of the process: `python -m tests.server.meaning.speed`. CPU of one thread."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from server.evidence.collect import collect
from server.meaning.stage import Loading, Meaning
from server.model import Address, Evidence, Message
from server.rulebook.load import load_rulebook
from tests.bench.letters import letters

NOW = datetime(2026, 11, 22, tzinfo=UTC)
COUNT, SIZE, REPEATS = 120, 3000, 5


def resident() -> float:
    """MB of memory that the process holds."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def prepared(texts: Sequence[str]) -> list[tuple[str, Evidence]]:
    """The texts with the evidence that the stage is given."""
    book = load_rulebook()
    sender = Address("ann@importer.example", "Ann")
    return [(text, collect(Message(sender=sender, text=text), book, now=NOW)) for text in texts]


def spent(meaning: Meaning, mails: Sequence[tuple[str, Evidence]]) -> list[float]:
    """Milliseconds of each mail."""
    found: list[float] = []
    for text, evidence in mails:
        began = process_time()
        meaning.add(text, evidence, until=0.0)
        found.append((process_time() - began) * 1000)
    return found


def main() -> None:
    book = load_rulebook()
    before = resident()
    loading = Loading().start(wait=True)
    if loading.reader() is None:
        raise SystemExit("The sentence encoder is not installed.")
    texts = [json.loads(letter.request)["body"]["text"] for letter in letters(COUNT, size=SIZE)]
    mails = prepared(texts)
    meaning = Meaning(book, loading)
    spent(meaning, prepared([json.loads(letter.request)["body"]["text"] for letter in letters(20, seed=2, size=SIZE)]))
    fresh = spent(meaning, mails)
    cached = [min(times) for times in zip(*(spent(meaning, mails) for _ in range(REPEATS)), strict=True)]
    print(f"fresh: median {statistics.median(fresh):.1f} ms, 95th {sorted(fresh)[int(COUNT * 0.95)]:.1f} ms")
    print(f"cached: median {statistics.median(cached):.2f} ms, 95th {sorted(cached)[int(COUNT * 0.95)]:.2f} ms")
    print(f"memory: {before:.0f} MB before loading, {resident():.0f} MB after {COUNT} mails")


if __name__ == "__main__":
    main()
