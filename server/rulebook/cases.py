"""Runs the cases inside rule and phrase files, and writes them out for the browser's engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from server.model import Quote
from server.rulebook.book import Rulebook
from server.rulebook.conditions import context
from server.rulebook.fire import fires, quotes_of
from server.rulebook.match import find
from server.rulebook.render import unknown_values
from server.rulebook.rule import Case, PhraseSet, Rule

Language = Callable[[str], str]
"""From a text to the value of the fact content.language."""

_WORD = re.compile(r"[^\W\d_]{2,30}")
_STATES = {True: "fires", False: "silent", None: "not_checked"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to: fires, silent or not_checked; and all that helps to see why."""

    state: str
    quotes: tuple[Quote, ...]
    language: str
    phrases: dict[str, list[str]]
    """The phrase sets that were found anywhere in the case."""
    unknown: tuple[str, ...]
    """Placeholders of the reason that have no value."""


def run_case(rulebook: Rulebook, owner: Rule | PhraseSet, case: Case, language: Language | None = None) -> Outcome:
    """The case's text as the newest part, its facts over an evidence in which nothing else is known."""
    tongue = _language(rulebook, case, language)
    spans = [(0, len(case.text))] if case.text else []
    found = find(rulebook, case.subject, case.text, spans)
    words = rulebook.wordings.of(found, tongue)
    seen = {name: texts for name, texts in words.known.items() if texts}
    quotes = {f"phrases.{name}": places for name, places in found.quotes.items()}
    if isinstance(owner, PhraseSet):
        texts = words.known.get(owner.id)
        state = "not_checked" if texts is None else "matches" if texts else "silent"
        return Outcome(state, found.quotes.get(owner.id, ()), tongue, seen, ())
    variables = context(rulebook.fact_groups, case.facts, words.known, case.fired)
    parts = [rulebook.by_id[name] for name in owner.fired if case.fired.get(name)]
    shown = quotes_of(owner, quotes, parts)
    texts = [quote.text for quote in shown]
    unknown = dict.fromkeys(
        name
        for text in (*owner.reason.values(), *owner.advice.values())
        for name in unknown_values(text, case.facts, texts)
    )
    return Outcome(_STATES[fires(owner, variables, words.known)], shown, tongue, seen, tuple(unknown))


def mistake(rulebook: Rulebook, owner: Rule | PhraseSet, case: Case, language: Language | None = None) -> str | None:
    """What is wrong with a case, in words that name what was found instead; None if it holds."""
    outcome = run_case(rulebook, owner, case, language)
    seen = "; ".join(f"{name}: {texts}" for name, texts in outcome.phrases.items()) or "no phrase"
    about = f"\n  text: {case.text!r}\n  language: {outcome.language}\n  found: {seen}\n  facts: {dict(case.facts)}"
    if isinstance(owner, Rule):
        about += f"\n  condition: {owner.when.text}"
    if outcome.state != case.kind:
        return f"expected {case.kind}, came out as {outcome.state}{about}"
    if case.kind not in ("fires", "matches"):
        return None
    if case.quote is not None and case.quote not in [quote.text for quote in outcome.quotes]:
        return f"expected the quote {case.quote!r}, got {[quote.text for quote in outcome.quotes]}{about}"
    if outcome.unknown:
        names = ", ".join(outcome.unknown)
        return f"the reason shows {{{names}}}, which the case does not supply: give that fact in the case{about}"
    return None


def all_cases(rulebook: Rulebook) -> Iterator[tuple[str, Rule | PhraseSet, Case]]:
    """Every case with its name, such as `content/some_rule: fires 1`."""
    for owner in (*rulebook.rules, *rulebook.combos):
        for case in owner.cases:
            yield f"{owner.group}/{owner.id}: {case.kind} {case.number}", owner, case
    for phrase_set in rulebook.phrase_sets.values():
        for case in phrase_set.cases:
            yield f"phrases/{phrase_set.id}: {case.kind} {case.number}", phrase_set, case


def export_cases(rulebook: Rulebook, language: Language | None = None) -> list[dict[str, Any]]:
    """Every case as plain data, with the quotes that this engine found: the browser's engine must find the same."""
    rows: list[dict[str, Any]] = []
    for name, owner, case in all_cases(rulebook):
        if isinstance(owner, PhraseSet) and owner.server_only:
            continue
        outcome = run_case(rulebook, owner, case, language)
        rows.append(
            {
                "name": name,
                "rule": owner.id,
                "group": owner.group if isinstance(owner, Rule) else "phrases",
                "kind": case.kind,
                "subject": case.subject,
                "text": case.text,
                "facts": case.facts,
                "fired": case.fired,
                "quote": case.quote,
                "language": outcome.language,
                "quotes": [[quote.part, quote.text, quote.start, quote.end] for quote in outcome.quotes],
            }
        )
    return rows


def _language(rulebook: Rulebook, case: Case, language: Language | None) -> str:
    given = case.facts.get("content", {}).get("language")
    if given is not None:
        return str(given)
    if not case.text:
        return "none"
    return language(case.text) if language else guess(case.text, rulebook.tables.get("stopwords") or {})


def guess(text: str, stopwords: dict[str, list[str]]) -> str:
    """A case's language by script and small words. For cases only: mails are told apart by the evidence stage."""
    for name, first, last in (("zh", "\u4e00", "\u9fff"), ("ru", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff")):
        if sum(first <= char <= last for char in text) * 5 > len(text):
            return name
    words = _WORD.findall(text.lower())
    votes = {name: sum(word in small for word in words) for name, small in stopwords.items()}
    best = max(votes, key=lambda name: votes[name], default="none")
    return best if votes.get(best, 0) >= 2 else "none"
