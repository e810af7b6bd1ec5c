"""The table of the 92 demands in shared_rules/README.md stays true: each has a row, and each name in it exists."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from server import model
from server.judging.shape import to_dict
from server.rulebook.book import Rulebook

RULES = Path("shared_rules")
ROW = re.compile(r"^\| (R-[0-9]{2}) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall((RULES / "README.md").read_text("utf8"))
NAME = re.compile(r"`([^`]+)`")
CHECK, CRITERION, REASON, LIMIT, SIZE, TERM, WARNING = [
    "check",
    "criterion",
    "reason",
    "limit",
    "size",
    "term",
    "warning",
]


def answer_fields() -> set[str]:
    """Every field of a verdict, as `handling.stop`, `handling` and `stop`."""
    fields: set[str] = set()
    for shape in (model.Verdict, model.SearchLink, model.Checks, model.CheckItem):
        fields |= {field.name for field in dataclasses.fields(shape)}
    for name, shape in (("handling", model.Handling), ("customer_level", model.CustomerLevel)):
        fields |= {f"{name}.{field.name}" for field in dataclasses.fields(shape)}
    assert to_dict  # the JSON names are those of the shapes (tests/server/judging/test_shape.py)
    return fields


def names(book: Rulebook) -> dict[str, set[str]]:
    """All names that a row may give, by the word in brackets behind it; "" for those that need none."""
    searches = set(book.search_links.templates)
    plain = {*book.by_id, *book.facts, *book.phrase_sets, *searches, *answer_fields()}
    plain |= {path.relative_to(RULES).as_posix() for path in RULES.rglob("*.*")}
    plain |= {f"{name[:at]}*" for name in searches for at, char in enumerate(name, 1) if char == "_"}
    plain |= {"trust_cap", "stop", "vague"}  # keys of levels.yaml and customer_levels.yaml
    return {
        "": plain,
        CHECK: set(book.check_depth.items),
        CRITERION: {row.id for rung in book.customer_levels.rungs for row in rung.criteria},
        REASON: {row.id for row in book.check_depth.reasons},
        LIMIT: {row.id for row in book.payment_terms.limits},
        SIZE: {row.id for row in book.check_depth.sizes},
        TERM: set(book.payment_terms.ids),
        WARNING: {"arrears", "compliance_stop", "compliance_watch", "country_data_old", "sanctions_hit"},
    }


def test_every_demand_has_one_row() -> None:
    assert [number for number, _, _ in ROWS] == [f"R-{number:02}" for number in range(1, 93)]


@pytest.mark.parametrize(("number", "asked", "served"), ROWS, ids=[row[0] for row in ROWS])
def test_what_serves_it_exists(rulebook: Rulebook, number: str, asked: str, served: str) -> None:
    known = names(rulebook)
    found = list(re.finditer(r"`([^`]+)`(?: \(([a-z_.]+)[,)])?", served))
    assert found or served.startswith("not yet: "), f"{number} names nothing and does not say why not yet"
    for match in found:
        name, kind = match.group(1), match.group(2) or ""
        kind = kind if kind in known else ""
        anywhere = name in known[""] | known[CRITERION] if not kind else name in known[kind]
        assert anywhere, f"{number}: there is no {kind or 'rule, fact, search, field or file'} {name}"
    for why in re.findall(r"not yet: (.*?)(?:;|$)", served):
        assert len(why) > 20, f"{number} does not say why"
