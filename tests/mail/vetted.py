"""Sample mails and their verdicts, offline: what the tests of honesty, the stress and the calibration stand on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from server.meaning.stage import Loading, Meaning
from server.message.eml import read_eml
from server.model import Message, Verdict
from server.rulebook.book import Rulebook
from server.vetting import Vetting

HERE = Path(__file__).parent
HONEST = HERE / "honest"
PATTERNS = HERE / "patterns"
OWN = ("haorunvalve.com", "lumtek-led.com", "mingtaigifts.com", "donghuifoods.cn", "yuanjingtex@163.com")
"""The firms that the sample mails are written to: four domains, and one that has only a public mailbox."""
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LADDER = ("low", "caution", "high", "critical")


def rank(level: str) -> int:
    """Place on the ladder; an unknown level warns nobody and stands with low."""
    return LADDER.index(level) if level in LADDER else 0


@dataclass(frozen=True)
class Result:
    """The short of a verdict: level, score, language as read, and what raised it, for messages."""

    level: str
    score: int
    language: str
    reasons: tuple[str, ...]

    @property
    def rank(self) -> int:
        return rank(self.level)

    def __str__(self) -> str:
        return f"{self.level} {self.score} ({', '.join(self.reasons) or 'no reason'})"


class Bench:
    """Vets messages with one rulebook, offline, as one of the firms of OWN; by words and facts alone unless told."""

    def __init__(self, rulebook: Rulebook, meaning: Meaning | None = None) -> None:
        self.vetting = Vetting(rulebook, own_domains=OWN, meaning=meaning)

    def verdict(self, message: Message) -> Verdict:
        return self.vetting.vet(message, lang="en", max_wait_ms=0, now=NOW, offline=True)

    def __call__(self, message: Message) -> Result:
        verdict = self.verdict(message)
        language = str(verdict.facts.get("content", {}).get("language", "none"))
        raised = tuple(f"{reason.id} {reason.points:+d}" for reason in verdict.reasons if reason.points)
        return Result(verdict.risk.level, verdict.risk.score, language, raised)


def meaning_stage(rulebook: Rulebook) -> Meaning:
    """The stage that reads what sentences mean, loaded. Raises SystemExit where its encoder is not installed."""
    loading = Loading().start(wait=True)
    if loading.reader() is None:
        raise SystemExit("The sentence encoder is not installed; leave --meaning out.")
    return Meaning(rulebook, loading)


def read(folder: Path) -> dict[str, Message]:
    """The .eml files right in a folder, by name."""
    return {path.name: read_eml(path.read_bytes()) for path in sorted(folder.glob("*.eml"))}


def table(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file with a heading."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    """Rows with the heading of their keys."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
