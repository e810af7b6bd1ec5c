"""`rulebook` and `rule new`: compiling the rules and making one."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from server.cli.errors import CommandError
from server.settings import Settings

if TYPE_CHECKING:
    from server.overlay.reader import Overlay
    from server.rulebook.load import Rulebook


def load(settings: Settings) -> Rulebook:
    """The shipped rules with the company's own over them. Raises CommandError with every mistake on its own line."""
    from server.overlay.folder import closed
    from server.rulebook.errors import RulebookError
    from server.rulebook.load import load_rulebook

    if settings.overlay and (shut := closed(settings.overlay)):
        raise CommandError("\n".join(shut))
    try:
        return load_rulebook(overlay=settings.overlay)
    except RulebookError as error:
        raise CommandError(str(error), status=1) from error


def rulebook(settings: Settings, *, check: bool, out: Path | None) -> int:
    """Compile the rules, with the overlay's; write them or say what they are. Exit status 1 where a rule is wrong.

    With `check` wrong lines of the overlay's lists are named too; they stop nothing.
    """
    import gzip

    start = time.perf_counter()
    book = load(settings)
    if out:
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(book.json_bytes)
        except OSError as error:
            raise CommandError(f"--out {out}: {error.strerror}") from error
    cases = _check_cases(book) if check else ""
    if check and settings.overlay:
        name_problems(overlay_of(settings.overlay, book))
    if check or not out:
        size = len(gzip.compress(book.json_bytes, mtime=0)) / 1024
        took = time.perf_counter() - start
        print(
            f"Rulebook {book.version}: {len(book.rules)} rules, {len(book.combos)} combos, {cases}"
            f"{size:.0f} KB gzipped, {took:.1f} s"
        )
    return 0


def overlay_of(folder: Path, book: Rulebook) -> Overlay:
    """The company's lists, with what the rules know of public mailbox providers."""
    from server.overlay.reader import Overlay

    return Overlay(folder, *book.public_providers)


def name_problems(overlay: Overlay) -> None:
    """Say on stderr what is wrong in the lists."""
    for problem in overlay.problems:
        print(f"backtone: {problem}", file=sys.stderr)


def _check_cases(book: Rulebook) -> str:
    """Run the cases of all rules and phrase sets; how many there are. Raises CommandError with every one that fails."""
    from server.rulebook.cases import all_cases, mistake

    wrong: list[str] = []
    number = 0
    for name, owner, case in all_cases(book):
        number += 1
        if found := mistake(book, owner, case):
            wrong.append(f"{name}: {found}")
    if wrong:
        raise CommandError("\n".join([*wrong, f"{len(wrong)} of {number} cases fail"]), status=1)
    return f"{number} cases hold, "


def new_rule(name: str) -> int:
    """Make the rule file and say where it is and what comes next."""
    from server.rulebook.scaffold import new_rule as scaffold

    try:
        path = scaffold(name)
    except ValueError as error:
        raise CommandError(str(error)) from error
    print(path)
    print("Put your own words and cases into it, then: python -m server rulebook --check", file=sys.stderr)
    return 0
