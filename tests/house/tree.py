"""The files that the house laws look at."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = {"node_modules", "dist", "build", "__pycache__", ".venv"}


def files(folder: str, *endings: str) -> list[Path]:
    """All source files under a folder of the repository with one of these endings, sorted; nothing that was made."""
    found = (path for path in (ROOT / folder).rglob("*") if path.suffix in endings and path.is_file())
    return sorted(path for path in found if not MADE & set(path.relative_to(ROOT).parts))


def name(path: Path) -> str:
    """A file as the messages name it."""
    return path.relative_to(ROOT).as_posix()
