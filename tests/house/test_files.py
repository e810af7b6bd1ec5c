"""House law on files: one job each, short, introduced on their first line, named for what they hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name

LINES = 250
FUNCTION_LINES = 60
ARGUED: dict[str, str] = {}
"""Longer files that had to be: path -> why."""

SOURCES = [*files("server", ".py"), *files("extension/src", ".js")]
PYTHON = files("server", ".py")
LAW_FOLDERS = ["judging", "lookups", "evidence", "rulebook"]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_is_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LINES or name(path) in ARGUED, (
        f"{name(path)} has {lines} lines. Give its second job a file of its own, or argue for it in ARGUED here."
    )


def test_no_argument_outlives_its_file() -> None:
    long = {name(path) for path in SOURCES if len(path.read_text("utf-8").splitlines()) > LINES}
    assert set(ARGUED) <= long, f"strike from ARGUED: {set(ARGUED) - long}"


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_functions_are_short_and_public_ones_explained(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{name(path)}: say on its first line what the file is for."
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        assert lines <= FUNCTION_LINES, f"{name(path)}:{node.lineno}: {node.name} has {lines} lines. Cut it in steps."
    for node in public(tree):
        assert ast.get_docstring(node), (
            f"{name(path)}:{node.lineno}: {node.name} is public. Say in its docstring what it takes, gives and raises."
        )


def public(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Classes, functions and methods that others may use."""
    found: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = []
    for node in tree.body:
        inner = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else []
        for item in (node, *inner):
            if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and item.name[0] != "_":
                found.append(item)
    # The getter explains a property for its setter too.
    return [item for item in found if not any(ast.unparse(mark).endswith(".setter") for mark in item.decorator_list)]


@pytest.mark.parametrize("path", files("extension/src", ".js"), ids=name)
def test_exported_functions_are_explained(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines and lines[0].startswith(("/**", "//", "/*")), f"{name(path)}: say on its first line what it is for."
    for number, line in enumerate(lines):
        if re.match(r"export (async )?function\b", line):
            assert lines[number - 1].rstrip().endswith("*/"), (
                f"{name(path)}:{number + 1} is exported. Put a JSDoc comment with its types above it."
            )


@pytest.mark.parametrize("folder", LAW_FOLDERS)
def test_a_folder_with_a_law_states_it(folder: str) -> None:
    readme = ROOT / "server" / folder / "README.md"
    assert readme.is_file(), f"server/{folder} has a law: state it in three lines in {name(readme)}."
    lines = [line for line in readme.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) <= 5, f"{name(readme)}: a law has at most five lines, this has {len(lines)}."


def test_nothing_is_called_utils() -> None:
    vague = {"utils", "util", "helpers", "helper", "misc", "common"}
    for path in [*SOURCES, *files("tests", ".py", ".js", ".mjs")]:
        parts = {Path(part).stem for part in path.relative_to(ROOT).parts}
        assert not vague & parts, f"{name(path)}: name it for what it does."


def test_tests_lie_where_their_modules_lie() -> None:
    for path in files("tests/server", ".py"):
        if not path.name.startswith("test_"):
            continue
        folder = ROOT / "server" / path.parent.relative_to(ROOT / "tests" / "server")
        assert folder.is_dir(), f"{name(path)}: there is no {name(folder)}; move the test to its module's folder."
        stem = path.stem.removeprefix("test_")
        modules = {item.stem for item in folder.iterdir() if item.suffix == ".py" or item.is_dir()} | {folder.name}
        assert any(stem == module or stem.startswith(f"{module}_") for module in modules), (
            f"{name(path)}: name it test_<module>.py or test_<module>_<what>.py after a module of {name(folder)}."
        )
