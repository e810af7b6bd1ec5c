"""Totals over a labelled set of mails, and nothing about any single one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from server.message.eml import read_eml
from tests.mail.vetted import Bench, rank, table

CAUTION, HIGH = rank("caution"), rank("high")


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's interval at 95 %."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.value
        middle, half = p + z * z / (2 * n), z * ((p * (1 - p) + z * z / (4 * n)) / n) ** 0.5
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:.3f} ({self.hits}/{self.of}; {low:.2f} to {high:.2f})"


@dataclass(frozen=True)
class Totals:
    """What a set gets. An unknown level warns nobody: a miss on fraud, and not in its band on an honest mail."""

    fraud_at_band: Share
    honest_at_band: Share
    red: Share
    """Honest mails at high or critical."""
    caution: Share
    """Honest mails at caution or above."""
    level_right: Share
    """Customer levels, where the label has one: as the mail's writer meant it."""
    level_as_read: Share
    """The same by levels.csv: as readers of the mail see it."""
    auc: float
    """How often a fraud mail has the higher score, of all pairs of a fraud and an honest mail."""

    def rows(self) -> list[tuple[str, str]]:
        """Each total with its name, for a table."""
        return [
            ("fraud at its band or above", str(self.fraud_at_band)),
            ("honest at its band or below", str(self.honest_at_band)),
            ("honest red", str(self.red)),
            ("honest at caution or above", str(self.caution)),
            ("AUC", f"{self.auc:.3f}"),
            ("customer level as its writer meant it", str(self.level_right)),
            ("customer level as readers see it", str(self.level_as_read)),
        ]


def totals(folder: Path, bench: Bench) -> Totals:
    """Vet the mails of a folder and count. Raises OSError if a labelled mail is missing."""
    scores: dict[bool, list[int]] = {True: [], False: []}
    at_band: dict[bool, int] = {True: 0, False: 0}
    red = caution = 0
    levels: list[tuple[str, str]] = []
    read: list[tuple[str, str]] = []
    seen = {row["file"]: (row["reader_1"], row["reader_2"]) for row in table(folder / "levels.csv")}
    for row in table(folder / "labels.csv"):
        verdict = bench.verdict(read_eml((folder / row["file"]).read_bytes()))
        is_fraud, level = row["label"] == "fraud", rank(verdict.risk.level)
        scores[is_fraud].append(verdict.risk.score)
        if is_fraud:
            at_band[True] += level >= rank(row["expected_min_level"])
        else:
            at_band[False] += level <= rank(row["expected_max_level"]) and verdict.risk.level != "unknown"
            red += level >= HIGH
            caution += level >= CAUTION
        found = str(verdict.customer_level.level)
        levels.append((row["customer_level"], found))
        read.append((_as_read(*seen[row["file"]], row["customer_level"]), found))
    fraud, honest = len(scores[True]), len(scores[False])
    return Totals(
        fraud_at_band=Share(at_band[True], fraud),
        honest_at_band=Share(at_band[False], honest),
        red=Share(red, honest),
        caution=Share(caution, honest),
        level_right=_right(levels),
        level_as_read=_right(read),
        auc=auc(scores[True], scores[False]),
    )


def _as_read(one: str, two: str, writer: str) -> str:
    """What two of both readers and the writer say; the reader's word if only one read it. "" if that is no level."""
    level, votes = Counter((one, two, writer or "-")).most_common(1)[0] if two else (one, 2)
    return level.strip("-") if votes > 1 else ""


def _right(pairs: Sequence[tuple[str, str]]) -> Share:
    """How many are right where a level was given."""
    given = [(level, found) for level, found in pairs if level]
    return Share(sum(level == found for level, found in given), len(given))


def auc(fraud: Sequence[int], honest: Sequence[int]) -> float:
    """The area under the curve; equal scores count half."""
    pairs = len(fraud) * len(honest)
    return sum((bad > good) + (bad == good) / 2 for bad in fraud for good in honest) / pairs if pairs else 0.0
