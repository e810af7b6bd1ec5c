"""House law on packages: each says why it is needed, and all are pinned by hash without a registry's name."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.tree import ROOT

PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
WANTED = re.compile(r'^    "([A-Za-z0-9-]+)([>=]=)([0-9.]+)",(.*)$', re.MULTILINE)
LOCKS = ["server/requirements.lock", "server/requirements-dev.lock", "server/requirements-meaning.lock"]


def test_each_requirement_says_why() -> None:
    listed = tomllib.loads(PROJECT)
    optional = [one for extra in listed["project"]["optional-dependencies"].values() for one in extra]
    wanted = listed["project"]["dependencies"] + optional + listed["dependency-groups"]["dev"]
    found = {f"{package}{sign}{version}": rest for package, sign, version, rest in WANTED.findall(PROJECT)}
    assert set(wanted) == set(found), 'write requirements as "name>=version", one a line'
    for requirement, rest in found.items():
        assert re.search(r"# \S.{5,}", rest), f"pyproject.toml: say behind {requirement} what it is for."


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return {package.lower(): version for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    for block in re.split(r"\n(?=\S)", text):
        if "==" in block.split("\n", 1)[0]:
            assert "--hash=sha256:" in block, f"{lock}: no hash: {block[:60]}. Run: make lock"
    assert "://" not in text and "--index" not in text and "--find-links" not in text, f"{lock} names a registry"


def test_the_locks_hold_what_the_project_wants() -> None:
    listed = tomllib.loads(PROJECT)
    for lock, wanted in (
        (LOCKS[0], listed["project"]["dependencies"]),
        (LOCKS[1], listed["project"]["dependencies"] + listed["dependency-groups"]["dev"]),
        (LOCKS[2], listed["project"]["dependencies"] + listed["project"]["optional-dependencies"]["meaning"]),
    ):
        held = pins(lock)
        for requirement in wanted:
            package, _, version = re.split("([>=]=)", requirement)
            assert package in held, f"{lock} lacks {package}. Run: make lock"
            assert number(held[package]) >= number(version), f"{lock} is behind on {package}. Run: make lock"


def number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_the_locks_agree() -> None:
    runtime, dev, meaning = (pins(lock) for lock in LOCKS)
    assert runtime.items() <= dev.items(), "the locks differ. Run: make lock"
    assert all(dev.get(package, version) == version for package, version in meaning.items()), "run: make lock"
