"""What in the company's folder would be left out without a word: folders without rights, files with odd names."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

FOLDERS = ("rules", "combos", "phrases", "letters")
"""Folders of the company's own rules and letters."""
POLICY = ("customer_levels.yaml", "check_depth.yaml", "payment_terms.yaml", "country_risk.yaml")
PUT_AWAY = (".bak", ".old", ".orig", ".tmp", ".swp", "~")
"""Ends of names that say themselves that a file is not meant to be read."""


def closed(folder: Path) -> list[str]:
    """What may not be read of the folder itself (which must be there) and its folders of rules and letters, and why."""
    found: list[str] = []

    def note(error: OSError) -> None:
        if Path(error.filename) == folder or not isinstance(error, FileNotFoundError | NotADirectoryError):
            found.append(f"{error.filename} cannot be read by the server's user ({error.strerror})")

    next(os.walk(folder, onerror=note), None)
    for name in FOLDERS if not found else ():
        for _ in os.walk(folder / name, onerror=note):
            pass
    return found


def misnamed(folder: Path, lists: Sequence[str]) -> list[str]:
    """Files and folders that are nearly called like one of ours (`known.xlsx`, `Block.csv`), which nobody reads."""
    ours = (*lists, *POLICY, *FOLDERS)
    stems = {name.partition(".")[0]: name for name in ours}
    found: list[str] = []
    try:
        names = sorted(entry.name for entry in folder.iterdir())
        wrong_end = sorted(path for kind in FOLDERS[:3] for path in (folder / kind).rglob("*.yml"))
    except OSError:  # `closed` and the reader say so
        return []
    for name in names:
        near = difflib.get_close_matches(name.partition(".")[0].lower().replace("-", "_"), stems, n=1, cutoff=0.8)
        if near and name not in ours and not name.startswith(("~", ".")) and not name.lower().endswith(PUT_AWAY):
            found.append(f"{name}: not read, the name is {stems[near[0]]}")
    found += [f"{path.relative_to(folder).as_posix()}: not read, write .yaml" for path in wrong_end]
    return found
