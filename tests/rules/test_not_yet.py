"""The list of signals that no rule computes yet stays true."""

from __future__ import annotations

from pathlib import Path

import yaml

RULES = Path("shared_rules")
NOT_YET: dict[str, str] = yaml.safe_load((RULES / "not_yet.yaml").read_text("utf8"))
VOCABULARY = {
    f"{group}.{name}"
    for group, facts in yaml.safe_load((RULES / "schema/facts.yaml").read_text("utf8")).items()
    for name in facts
}


def test_no_listed_signal_has_a_rule() -> None:
    written = {path.stem for folder in ("rules/*", "combos") for path in RULES.glob(f"{folder}/*.yaml")}
    done = sorted(written & set(NOT_YET))
    assert not done, f"these have a rule now: remove them from shared_rules/not_yet.yaml: {done}"


def test_no_missing_fact_exists_already() -> None:
    waiting = {name: fact for name, fact in NOT_YET.items() if fact.split(" ")[0] in VOCABULARY}
    assert not waiting, f"the fact exists: write the rule and drop the row of shared_rules/not_yet.yaml: {waiting}"
