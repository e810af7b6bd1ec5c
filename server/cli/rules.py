"""`rulebook` and `rule new`: compiling the rules and making one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from server.cli.errors import CommandError
from server.settings import Settings


def rulebook(settings: Settings, *, check: bool, out: Path | None) -> int:
    """Compile the rules, with the overlay's; write them or say what they are. Exit status 1 where a rule is wrong."""
    import gzip

    from server.rulebook.errors import RulebookError
    from server.rulebook.load import load_rulebook

    start = time.perf_counter()
    try:
        book = load_rulebook(overlay=settings.overlay)
    except RulebookError as error:
        raise CommandError(str(error), status=1) from error
    if out:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(book.json_bytes)
        except OSError as error:
            raise CommandError(f"--out {out}: {error.strerror}") from error
    if check or not out:
        size = len(gzip.compress(book.json_bytes, mtime=0)) / 1024
        took = time.perf_counter() - start
        print(
            f"Rulebook {book.version}: {len(book.rules)} rules, {len(book.combos)} combos, all cases hold, "
            f"{size:.0f} KB gzipped, {took:.1f} s"
        )
    return 0


def new_rule(name: str) -> int:
    """Make the rule file and say where it is and what comes next."""
    from server.rulebook.errors import RulebookError
    from server.rulebook.scaffold import new_rule as scaffold

    try:
        path = scaffold(name)
    except RulebookError as error:
        raise CommandError(str(error)) from error
    print(path)
    print("Fill in what is marked, then: make check", file=sys.stderr)
    return 0
