"""What in the company's folder nobody reads: names that are nearly ours, folders without rights."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from server.overlay.folder import closed, misnamed
from server.overlay.reader import FILES, Overlay


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("known.xlsx", "known.xlsx: not read, the name is known.csv"),
        ("Block.csv", "Block.csv: not read, the name is block.csv"),
        ("own-domains.txt", "own-domains.txt: not read, the name is own_domains.txt"),
        ("customer_level.yaml", "customer_level.yaml: not read, the name is customer_levels.yaml"),
        ("rule", "rule: not read, the name is rules"),
        ("rules/content/mine.yml", "rules/content/mine.yml: not read, write .yaml"),
    ],
)
def test_a_name_that_is_nearly_ours_is_said(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("")
    assert misnamed(tmp_path, FILES) == [words]
    assert words in Overlay(tmp_path).problems


def test_what_is_ours_or_put_away_or_another_thing_is_not(tmp_path: Path) -> None:
    for name in (
        *FILES,
        "check_depth.yaml",
        "known.csv.bak",
        "block.csv~",
        "~$known.xlsx",
        ".known.csv.swp",
        "README.md",
    ):
        (tmp_path / name).write_text("")
    for name in ("rules", "letters", "lost+found", ".git"):
        (tmp_path / name).mkdir()
    assert misnamed(tmp_path, FILES) == []
    assert misnamed(tmp_path / "none", FILES) == []


def test_closed_folders_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("rules/content", "letters", "lost+found"):
        (tmp_path / name).mkdir(parents=True)
    assert closed(tmp_path) == []
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name in ("content", "lost+found"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert closed(tmp_path) == [f"{tmp_path}/rules/content cannot be read by the server's user (Permission denied)"]
    assert closed(tmp_path / "gone") == [
        f"{tmp_path}/gone cannot be read by the server's user (No such file or directory)"
    ]
