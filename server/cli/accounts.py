"""`account`: account numbers as the hashes that accounts.csv may hold instead of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable


def print_cells(lines: Iterable[str]) -> int:
    """Print the cells for `account` and `ending` of each number, one a line. Exit status 1 where one is no number.

    The numbers come from standard input: a command line would leave them in the shell's history.
    """
    from server.overlay.accounts import hashed

    status = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            print(hashed(line))
        except ValueError as error:
            print(f"backtone: line {number}: {error}", file=sys.stderr)
            status = 1
    return status
