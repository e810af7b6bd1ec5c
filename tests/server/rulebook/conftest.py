"""Small rule folders: the shipped numbers and vocabulary with a test's own rules."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from server.rulebook.load import SHIPPED

Write = Callable[[dict[str, str]], Path]

RULE = """\
id: {id}
group: {group}
weight: weak
{body}
title: {{en: Title, zh_CN: 标题}}
reason: {{en: Reason, zh_CN: 原因}}
advice: {{en: Do, zh_CN: 做}}
false_positives: Some honest mails.
source: [own]
cases:
  - fires: {{text: x}}
  - silent: {{text: y}}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a rule folder from {file name: text} and returns it; the numbers and facts are the shipped ones."""
    folder = tmp_path / "shared_rules"

    def build(files: dict[str, str]) -> Path:
        (folder / "schema").mkdir(parents=True, exist_ok=True)
        for name in ("levels.yaml", "groups.yaml", "texts.yaml", "schema/facts.yaml"):
            shutil.copy(SHIPPED / name, folder / name)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return build


@pytest.fixture
def rule() -> Callable[..., str]:
    """The text of a sound rule file: `rule("some_id", 'when: sender.free_provider', group="sender")`."""

    def text(name: str, body: str, group: str = "content") -> str:
        return RULE.format(id=name, body=body, group=group)

    return text
