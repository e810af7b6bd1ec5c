"""rulebook.json: the compiled rulebook as the browser gets it, and its version, a hash of the content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from server.rulebook.rule import Fact, Meeting, PhraseSet, Rule
from server.rulebook.sources import Sources

SCHEMA = 1
SEARCHES = ("show", "engines", "default_engine")
"""What the browser needs of search_links.yaml."""
SERVER_ONLY = ("search_links", "customer_levels", "check_depth", "payment_terms", "country_risk")
"""Files that the browser never asks: their outcome stands in the server's verdict."""


def compiled(
    sources: Sources,
    facts: Mapping[str, Fact],
    sets: Mapping[str, PhraseSet],
    meetings: Sequence[Meeting],
    rules: Sequence[Rule],
    combos: Sequence[Rule],
    tables: dict[str, Any],
    heads: str = "",
) -> dict[str, Any]:
    """The rulebook as plain data, without its version. `phrases` stand in the order of the scanner's patterns.

    `heads`: version of the trained moves; a verdict depends on it as on any rule. So it does on what only the server
    reads, which stands here as a hash.
    """
    single: dict[str, Any] = {name: document.data for name, document in sources.single.items()}
    server = [name for name, row in sets.items() if row.server_only]
    hidden = {name: single.get(name) for name in SERVER_ONLY} | {name: sets[name].patterns for name in server}
    hidden["words"] = [_words(rule) for rule in (*rules, *combos) if not _may_fire_there(rule, facts)]
    sets = {name: row for name, row in sets.items() if not row.server_only}
    return {
        "schema": SCHEMA,
        "facts": {name: {"type": fact.type, "preview": fact.preview} for name, fact in facts.items()},
        "groups": single["groups"],
        "levels": single["levels"],
        "texts": single["texts"],
        "phrases": [
            {"set": name, "lang": language, "re": source}
            for name, phrase_set in sets.items()
            for language, source in phrase_set.patterns
        ],
        "sets": {name: {"langs": sorted(phrase_set.languages)} for name, phrase_set in sets.items()},
        "meets": [
            {"id": row.id, "meets": list(row.meets), "without": list(row.without), "within": row.within}
            for row in meetings
            if row.id in sets
        ],
        "rules": list(_rules(rules, facts)),
        "combos": list(_rules(combos, facts)),
        "kinds": single.get("mail_kinds", []),
        "search_links": {name: value for name, value in single.get("search_links", {}).items() if name in SEARCHES},
        "selectors": single.get("selectors", {}),
        "heads": heads,
        "server": _hash(hidden),
        "tables": tables,
    }


def _words(rule: Rule) -> dict[str, Any]:
    return {"title": rule.title, "reason": rule.reason, "advice": rule.advice, "source": list(rule.source)}


def _may_fire_there(rule: Rule, facts: Mapping[str, Fact]) -> bool:
    """False where a fact that the browser never has must be known: it then needs no words for the rule."""
    must = "||" not in rule.when.text and "?" not in rule.when.text
    return not must or all(facts[name].preview for name in rule.facts)


def _rules(rules: Iterable[Rule], facts: Mapping[str, Fact]) -> Iterable[dict[str, Any]]:
    for rule in rules:
        row: dict[str, Any] = {
            "id": rule.id,
            "group": rule.group,
            "weight": rule.weight,
            "points": rule.points,
            "when": rule.when.text,
            "facts": list(rule.facts),
            "sets": list(rule.sets),
            "preview": rule.preview,
            "tags": sorted(rule.tags),
            **(_words(rule) if _may_fire_there(rule, facts) else {}),
        }
        if rule.group == "combo":
            row["fired"] = list(rule.fired)
        yield row


def sealed(data: Mapping[str, Any]) -> tuple[str, bytes]:
    """The version and the bytes of rulebook.json. The version is the same whatever machine compiled it."""
    version = _hash(data)
    return version, orjson.dumps({"version": version, **data})


def _hash(data: Mapping[str, Any]) -> str:
    canonical = orjson.dumps(data, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
    return hashlib.sha256(canonical).hexdigest()[:16]
