"""A small rulebook for the judgement, and evidence from plain maps."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.model import Evidence, Quote
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_rulebook, load_sound_part

Facts = Callable[..., Evidence]

RULES = {
    "wants": ("content", "strong", "phrases: {en: ['we want']}", "tags: [has_move]"),
    "fee": ("content", "strong", "phrases: {en: ['fee']}", "tags: [prose, has_move]"),
    "hurry": ("content", "medium", "phrases: {en: ['urgent']}", "tags: [pressure]"),
    "refund": ("content", "decisive", "phrases: {en: ['refund']}", "tags: [decisive_text]"),
    "free": ("sender", "weak", "when: sender.free_provider", ""),
    "throwaway": ("sender", "strong", "when: sender.disposable", ""),
    "imitates": ("sender", "medium", 'when: sender.lookalike_brand != ""', "tags: [impersonation, identity_hit]"),
    "young": ("domain", "medium", "when: domain.age_days < 90", ""),
    "executable": ("attachments", "decisive", "when: attachments.executables.size() > 0", ""),
    "old": ("trust", "trust_strong", "when: domain.age_days > 3650", ""),
    "strict": ("trust", "trust_medium", "when: domain.spf_strict", ""),
    "known": ("trust", "trust_medium", 'when: lists.known != ""', ""),
    "note": ("sender", "info", "when: sender.role_local", ""),
}
COMBOS = {
    "both_words": ("combo", "strong", "when: fired.wants && fired.fee", ""),
    "free_fee": ("combo", "strong", "when: fired.fee && fired.free", ""),
    "young_fee": ("combo", "medium", "when: fired.fee && fired.young", ""),
}
TEXT = """\
id: {id}
group: {group}
weight: {weight}
{body}
{tags}
title: {{en: "Title {id}", zh_CN: "标题 {id}"}}
reason: {{en: "Reason of {id}", zh_CN: "原因 {id}"}}
advice: {{en: Do, zh_CN: 做}}
false_positives: Some honest mails.
source: [own]
cases: [{{fires: x}}, {{silent: y}}]
"""


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """Thirteen rules and three combos with the shipped numbers; customer levels and searches are not in it."""
    folder = tmp_path_factory.mktemp("book") / "shared_rules"
    (folder / "schema").mkdir(parents=True)
    (folder / "combos").mkdir()
    for name in ("levels.yaml", "groups.yaml", "texts.yaml", "schema/facts.yaml"):
        shutil.copy(SHIPPED / name, folder / name)
    shutil.copytree(SHIPPED / "tables", folder / "tables")
    for name, row in (RULES | COMBOS).items():
        group, weight, body, tags = row
        path = _path(folder, group, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(id=name, group=group, weight=weight, body=body, tags=tags), encoding="utf-8")
    return load_rulebook(folder)


def _path(folder: Path, group: str, name: str) -> Path:
    return folder / "combos" / f"{name}.yaml" if group == "combo" else folder / "rules" / group / f"{name}.yaml"


@pytest.fixture(scope="session")
def facts(book: Rulebook) -> Facts:
    """`facts({"sender.free_provider": True}, phrases={"fee": ["Fee"]})`: other phrases are []."""

    def build(known: dict[str, Any] | None = None, phrases: dict[str, list[str]] | None = None, **why: str) -> Evidence:
        evidence = Evidence()
        base = {"sender.address": "li@b.example", "content.chars": 300, "content.language_covered": True}
        for fact, value in {**base, **(known or {})}.items():
            if value is not None:
                evidence.put(fact, value)
        found = phrases or {}
        evidence.known["phrases"] = {name: found.get(name, []) for name in book.phrase_sets}  # type: ignore[assignment]
        for name, texts in found.items():
            quotes = [Quote("body", text, 40 * i, 40 * i + len(text), i) for i, text in enumerate(texts)]
            evidence.quotes[f"phrases.{name}"] = tuple(quotes)
        for fact in book.facts:
            evidence.miss(fact, why.get(fact.split(".")[0], "not_given"))  # type: ignore[arg-type]
        return evidence

    return build


@pytest.fixture(scope="session")
def with_searches(book: Rulebook) -> Rulebook:
    """The small rulebook with the shipped customer levels and searches, as far as they load."""
    shipped, _ = load_sound_part()
    return replace(book, search_links=shipped.search_links, customer_levels=shipped.customer_levels)
