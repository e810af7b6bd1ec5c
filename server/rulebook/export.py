"""Writes rulebook.json and the rules' cases for the extension's build: `python -m server.rulebook.export`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson

from server.rulebook.cases import export_cases
from server.rulebook.errors import RulebookError
from server.rulebook.load import load_rulebook


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0, or 1 with every mistake of the rule folder on standard error."""
    parser = argparse.ArgumentParser(prog="python -m server.rulebook.export", description=__doc__)
    parser.add_argument("--folder", type=Path, help="rule folder (default: shared_rules/)")
    parser.add_argument("--overlay", type=Path, help="the company's own rules")
    parser.add_argument("--rulebook", type=Path, help="write the compiled rulebook here")
    parser.add_argument("--cases", type=Path, help="write the cases here")
    options = parser.parse_args(arguments)
    try:
        rulebook = load_rulebook(options.folder, options.overlay)
    except RulebookError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if options.rulebook:
        _write(options.rulebook, rulebook.json_bytes)
    if options.cases:
        _write(options.cases, orjson.dumps(export_cases(rulebook), option=orjson.OPT_INDENT_2))
    return 0


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
