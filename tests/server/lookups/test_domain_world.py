"""The world as a program, as the browser tests start it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from server.lookups.domain import DomainLookups
from server.settings import Settings

pytestmark = pytest.mark.peers


def test_the_world_prints_its_settings_and_ends_with_its_input(tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    table.write_text('{"some-buyer.com": {"mx": ["."], "created": "2026-11-01T00:00:00Z", "registry": "whois"}}')
    command = [sys.executable, "-m", "tests.peers.world", "--json", str(table)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as world:
        assert world.stdout is not None and world.stdin is not None
        settings = Settings.from_env(json.loads(world.stdout.readline()))
        report = DomainLookups(settings).report("some-buyer.com", "some-buyer.com", deadline_s=20)
        assert report.accepts_mail is False
        assert str(report.answers["registration"].value.created) == "2026-11-01"
        world.stdin.close()
        assert world.wait(30) == 0
