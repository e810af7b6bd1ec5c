"""The browser's engine agrees with the server's on every message, rule case and odd string of this folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_browser_and_server_agree() -> None:
    """One run of run.mjs: it exports the server's side with this very Python, and compares."""
    node = shutil.which("node")
    if node is None or not (ROOT / "extension/node_modules/re2js").is_dir():
        pytest.skip("needs node and the extension's modules: make extension")
    done = subprocess.run(
        [node, "tests/parity/run.mjs"],
        cwd=ROOT,
        env={**os.environ, "PYTHON": sys.executable, "PARITY_SHOW": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
