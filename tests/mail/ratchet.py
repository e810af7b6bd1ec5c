"""Tightens what the mail tests concede: `python -m tests.mail.ratchet` after the judgement has become better.

Raises the floors of patterns/expected.csv, strikes closed rows of known_gaps.csv, lowers stress_limits.csv. Never the
other way.
"""

from __future__ import annotations

from server.rulebook.load import load_rulebook
from tests.mail.gaps import FILE
from tests.mail.stress import GOAL, LIMITS_FILE, as_is, share, stressed
from tests.mail.variants import DISGUISES, HARMLESS
from tests.mail.vetted import HONEST, LADDER, PATTERNS, Bench, rank, read, table, write_table


def raise_floors(bench: Bench) -> None:
    """Each pattern mail's floor becomes the level reached, if that is higher, but no higher than what is wanted."""
    rows = list(table(PATTERNS / "expected.csv"))
    mails = read(PATTERNS)
    for row in rows:
        reached = min(bench(mails[row["file"]]).rank, rank(row["wanted"]))
        if reached > rank(row["floor"]):
            print(f"{row['file']}: {row['floor']} -> {LADDER[reached]}")
            row["floor"] = LADDER[reached]
    write_table(PATTERNS / "expected.csv", rows)


def strike_closed(bench: Bench) -> None:
    """Rows of known gaps that no test needs any more go."""
    mails = read(HONEST) | read(PATTERNS)
    changes = {"as it is": as_is, **HARMLESS, **DISGUISES}
    rows = list(table(FILE))
    for row in rows[:]:
        message = mails[row["file"]]
        before = bench(message)
        after = bench(changes[row["variant"]](message, before.language, bench.vetting.rulebook))
        if row["variant"] == "as it is":
            is_open = after.rank >= rank("high")
        else:
            is_open = after.rank < before.rank if row["variant"] in DISGUISES else after.rank > before.rank
        if not is_open and len(rows) > 1:
            print(f"closed: {row['variant']}, {row['file']}")
            rows.remove(row)
    write_table(FILE, rows)


def lower_limits(bench: Bench) -> None:
    """Each conceded share of red becomes what is reached, if that is less; at the goal the row goes."""
    rows = list(table(LIMITS_FILE))
    found = stressed(read(HONEST), bench)
    for row in rows[:]:
        red = share(found[row["variant"]], rank("high"))
        if red < float(row["red"]):
            print(f"{row['variant']}: red {row['red']} -> {red:.3f}")
            row["red"] = f"{red + 0.0005:.3f}"
        if red <= GOAL and len(rows) > 1:
            rows.remove(row)
    write_table(LIMITS_FILE, rows)


def main() -> None:
    bench = Bench(load_rulebook())
    raise_floors(bench)
    strike_closed(bench)
    lower_limits(bench)


if __name__ == "__main__":
    main()
