"""House law on hostile input: no sinks that read text as code, and tests that need nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name

SINKS = {
    r"\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|createContextualFragment|\.srcdoc\b|setHTMLUnsafe": (
        "use textContent and createElement: the text comes from a stranger's mail"
    ),
    r"document\.write|\beval\(|new Function\b|javascript:": "nothing from a mail or a server may become code",
    r"set(?:Timeout|Interval)\(\s*['\"`]": "hand a function to the timer",
}
OUTSIDE = re.compile(r"(?<![\w.-])(?:\.\./)*shared/(?:mails|corpora|seeds|webmail)|/work/")
ASKS_NET = re.compile(r"(?<![\w.])(?:fetch\(|XMLHttpRequest|WebSocket\(|EventSource\(|navigator\.sendBeacon)")


@pytest.mark.parametrize("path", files("extension/src", ".js", ".html"), ids=name)
def test_no_sink(path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        for pattern, instead in SINKS.items():
            assert not re.search(pattern, line), f"{name(path)}:{number}: {instead}."


OWN_ORIGIN = "extension/src/content/own-origin.js"
"""Asks the webmail that it stands in for a mail's headers, on a click: same origin or nothing."""


def test_only_the_worker_talks_to_the_network() -> None:
    assert "url.origin !== location.origin" in (ROOT / OWN_ORIGIN).read_text("utf-8")
    for path in files("extension/src", ".js"):
        if "background" in path.parts or name(path) == OWN_ORIGIN:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            code = line.split("//")[0]
            assert line.lstrip().startswith("*") or not ASKS_NET.search(code), (
                f"{name(path)}:{number}: only src/background asks the network; send it a message."
            )


@pytest.mark.parametrize("folder", ["server", "tests", "extension", "shared_rules"])
def test_nothing_leans_on_files_outside(folder: str) -> None:
    for path in files(folder, ".py", ".js", ".mjs", ".json", ".yaml", ".md", ".sh", ".txt"):
        if path == Path(__file__):
            continue
        found = OUTSIDE.search(path.read_text("utf-8"))
        assert not found, f"{name(path)} names {found[0] if found else ''}: what a test needs lies in the repository."


def test_no_regular_expression_engine_that_backtracks_over_mail() -> None:
    """Python's `re` is for settings, our own files and short bounded fields; mail text goes through google-re2."""
    nested = re.compile(r"\([^()]*[+*][^()]*\)[+*]|\.[*+][^\"']{0,20}\.[*+]")
    for path in files("server", ".py"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if "re.compile(r" in line:
                assert not nested.search(line), (
                    f"{name(path)}:{number}: nested or adjacent unbounded repeats take for ever on hostile text. "
                    "Bound them, scan by hand, or use google-re2."
                )


def test_the_repository_has_its_top_level_only() -> None:
    allowed = {"server", "extension", "shared_rules", "tests", "build", "pyproject.toml", "Makefile", "README.md"}
    allowed |= {"LICENSE", "node_modules"}
    extra = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - allowed
    assert not extra, f"the top level is fixed; find a folder for {sorted(extra)}"
