"""The blind sets with meaning on, in totals: `python -m tests.mail.blind [a|b|c|d|e|f|g|h|i|j]`. See README.md."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from server.rulebook.load import load_rulebook
from tests.mail.blind.totals import Totals, totals
from tests.mail.vetted import Bench, meaning_stage, table, write_table

HERE = Path(__file__).parent
RUNS = HERE / "runs.csv"
READ = ("a", "c", "d")
"""Sets whose mails were read: development data, whose runs are not logged."""
BLIND = ("b", "e", "f", "g", "h", "i", "j")


def commit() -> str:
    """The commit that is checked out; `+` behind it if server or rules differ from it."""
    git = ["git", "-C", str(HERE)]
    short = subprocess.run([*git, "rev-parse", "--short=7", "HEAD"], capture_output=True, text=True, check=True)
    changed = subprocess.run(
        [*git, "status", "--porcelain", "--", ":/server", ":/shared_rules"], capture_output=True, text=True, check=True
    )
    return short.stdout.strip() + ("+" if changed.stdout.strip() else "")


def log(name: str, found: Totals) -> None:
    """One row more in runs.csv."""
    row = {
        "set": name,
        "commit": commit(),
        "date": datetime.now(UTC).date().isoformat(),
        "fraud": str(found.fraud_at_band.of),
        "fraud_at_band": str(found.fraud_at_band.hits),
        "honest": str(found.honest_at_band.of),
        "honest_at_band": str(found.honest_at_band.hits),
        "red": str(found.red.hits),
        "caution": str(found.caution.hits),
        "auc": f"{found.auc:.3f}",
        "with_level": str(found.level_right.of),
        "level_right": str(found.level_right.hits),
        "read_level": str(found.level_as_read.of),
        "read_right": str(found.level_as_read.hits),
        "note": "",
    }
    write_table(RUNS, [*table(RUNS), row])


def main() -> None:
    name = sys.argv[1] if len(sys.argv) == 2 else "a"
    if name not in (*READ, *BLIND):
        sys.exit(__doc__)
    book = load_rulebook()
    found = totals(HERE / name, Bench(book, meaning_stage(book)))
    if name in BLIND:
        log(name, found)
    print(f"| set {name} | share (of; 95 % interval) |\n|---|---|")
    for label, value in found.rows():
        print(f"| {label} | {value} |")


if __name__ == "__main__":
    main()
