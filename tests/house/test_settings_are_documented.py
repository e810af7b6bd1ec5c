"""House law on settings: each has its row in server/README.md, and no row has lost its setting."""

from __future__ import annotations

import re

from server.settings import TABLE
from tests.house.tree import ROOT

README = (ROOT / "server" / "README.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `(BACKTONE_[A-Z_]+)` \|(.*)\|$", README, re.MULTILINE))


def test_each_setting_has_a_row() -> None:
    for setting in TABLE:
        assert setting.name in ROWS, f"server/README.md, Settings: add a row | `{setting.name}` | default | meaning |"
        cells = [cell.strip() for cell in ROWS[setting.name].split("|")]
        assert len(cells) == 2 and len(cells[1]) > 20, f"server/README.md: say what {setting.name} does."


def test_no_row_without_setting() -> None:
    gone = set(ROWS) - {setting.name for setting in TABLE}
    assert not gone, f"server/README.md: strike the rows of {gone}"


def test_nothing_names_a_setting_that_is_not_there() -> None:
    known = {setting.name for setting in TABLE}
    for page in (ROOT / "README.md", ROOT / "server" / "README.md"):
        for used in re.findall(r"BACKTONE_[A-Z_]*[A-Z]", page.read_text("utf-8")):
            assert used in known, f"{page.name} names {used}, which is no setting"
