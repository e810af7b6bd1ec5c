"""A new rule from a template that fails its own cases until it is written: `make rule NAME=content/some_rule`."""

from __future__ import annotations

import re
from pathlib import Path

from server.rulebook.documents import read_yaml
from server.rulebook.load import SHIPPED

_NAME = re.compile(r"([a-z]+)/([a-z][a-z0-9_]{1,47})\Z")

_TEMPLATE = """\
# What this rule says of a sender, in one sentence, and why that matters.
id: {name}
group: {group}
weight: {weight}
{body}title:
  en: Title of the reason
  zh_CN: 中文标题
reason:
  en: "What was seen, with its value: “{shown}”."
  zh_CN: "看到了什么，附上实际内容：“{shown}”。"
advice:
  en: What to do now.
  zh_CN: "现在应该做什么。"
false_positives: Which honest mails this hits, and why it is worth it.
source: [own]
cases:
  - fires: {fires}
  - silent: {silent}
"""


def new_rule(name: str, folder: Path | None = None) -> Path:
    """Writes the rule `group/id` and returns its path. Raises ValueError if the name is wrong or taken.

    `folder` is a rule folder: shared_rules/, or the company's overlay.
    """
    match = _NAME.match(name)
    document = read_yaml(SHIPPED / "groups.yaml", "groups.yaml", [])
    groups: list[str] = list(document.data) if document else []
    if match is None or match.group(1) not in groups:
        raise ValueError(f"{name!r} is not group/id, with the group one of {', '.join(groups)}")
    group, rule = match.groups()
    root = folder or SHIPPED
    path = root / "combos" / f"{rule}.yaml" if group == "combo" else root / "rules" / group / f"{rule}.yaml"
    taken = [other for kind in ("rules", "combos", "phrases") for other in (root / kind).rglob(f"{rule}.yaml")]
    if taken:
        raise ValueError(f"{rule} is taken by {taken[0].relative_to(root)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(group, rule), encoding="utf-8")
    return path


def _text(group: str, rule: str) -> str:
    if group == "content":
        body = 'phrases:\n  en:\n    - "words of the (mail|letter)"\n  zh:\n    - "邮件中的说法"\n'
        shown, fires, silent = "{quote}", '{text: "words of the letter"}', '{text: "an honest buyer\'s words"}'
    elif group == "combo":
        body = "when: fired.some_rule && fired.other_rule\n"
        shown = "{sender.address}"
        fires = "{fired: {some_rule: true, other_rule: true}, facts: {sender: {address: a@b.example}}}"
        silent = "{fired: {some_rule: true, other_rule: false}}"
    else:
        body = 'when: sender.tld == "example"\n'
        shown = "{sender.address}"
        fires = "{facts: {sender: {tld: example, address: a@b.example}}}"
        silent = "{facts: {sender: {tld: com, address: a@b.com}}}"
    weight = "trust_weak" if group == "trust" else "weak"
    return _TEMPLATE.format(name=rule, group=group, weight=weight, body=body, shown=shown, fires=fires, silent=silent)
