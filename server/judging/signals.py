"""Which rules fired, which did not, and which could not be checked for want of which facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from server.model import Evidence, Lang, NotChecked, Quote, Reason, Value, Why
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context, context
from server.rulebook.fire import quotes_of
from server.rulebook.render import render
from server.rulebook.rule import Rule

PHRASES = "phrases"
"""The name under which all phrase sets that were not checked are reported: one doubt, not eighty."""


MEANING = "meaning"
"""The name under which all moves that were not checked are reported."""
SITE = "site"
"""The name under which all that only a visit to the sender's web site shows is reported, where it was not made."""
_ONE_DOUBT = {"moves": MEANING, "hints": MEANING, "meaning": MEANING, "deal_signs": MEANING, "site": SITE, "tls": SITE}
_GROUPS = {
    doubt: tuple(f"{group}." for group, name in _ONE_DOUBT.items() if name == doubt) for doubt in (MEANING, SITE)
}
_EMPTY: Mapping[str, Value] = {}
_IN_WORDS = (("identity", "phone_special"), ("tls", "problem"))
_KEPT = 200
"""Answers that are kept, some 5 KB each."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, where the mail shows it, and for a combo the rules it is made of that fired."""

    rule: Rule
    quotes: tuple[Quote, ...]
    parts: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Signals:
    """The outcome of all rules. `states` holds True, False or None (not checked) by rule id."""

    fired: tuple[Fired, ...] = ()
    states: Mapping[str, bool | None] = field(default_factory=dict[str, "bool | None"])
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    """Unknown facts, each with the ids of the rules that could not be checked without it."""


def phrases_of(evidence: Evidence) -> Mapping[str, list[str]]:
    """The wordings found, by phrase set; a set that is absent was not checked."""
    return cast("Mapping[str, list[str]]", evidence.known.get(PHRASES, {}))


def base_context(evidence: Evidence, rulebook: Rulebook) -> Context:
    """What conditions are evaluated in: the known facts and the phrases.

    One context serves a whole verdict: `signals` adds `fired`, the search links add `risk`.
    """
    return context(rulebook.fact_groups, evidence.known, phrases_of(evidence))


def signals(evidence: Evidence, rulebook: Rulebook, base: Context) -> Signals:
    """Rules first, then the combos, which read what fired. `base` comes from `base_context`, and is given `fired`."""
    rules, combos = rulebook.plans
    states = rules.silent | combos.silent
    fired: list[Fired] = []
    unsure: list[Rule] = []
    base.add_variable("fired", {})
    for plan in (rules, combos):
        for number in plan.open(base.variables):
            rule = plan.rules[number]
            plain = rule.when.direct
            state = states[rule.id] = plain(base.variables) if plain else rule.when.by_cel(base)
            if state is None:
                unsure.append(rule)
            elif state:
                parts = tuple(rulebook.by_id[name] for name in rule.fired if states.get(name))
                fired.append(Fired(rule, quotes_of(rule, evidence.quotes, parts), parts))
        if plan is rules:
            base.add_variable("fired", {name: state for name, state in states.items() if state is not None})
    return Signals(tuple(fired), states, _waiting(unsure, rulebook, evidence))


def _waiting(unsure: list[Rule], rulebook: Rulebook, evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """What each of these rules waits for, by fact. Most mails lack the same: the answers to the last ones are kept."""
    found = phrases_of(evidence).keys()
    lacking = tuple(rule.id for rule in unsure if not rule.wants_sets <= found)
    there = tuple((group, *values) for group, values in evidence.known.items() if group != PHRASES)
    key = (tuple(rule.id for rule in unsure), lacking, there)
    kept = rulebook.waits.get(key)
    if kept is None:
        if len(rulebook.waits) >= _KEPT:
            rulebook.waits.clear()
        kept = rulebook.waits[key] = _looked_up(unsure, frozenset(lacking), rulebook, evidence)
    return kept


def _looked_up(
    unsure: list[Rule], lacking: frozenset[str], rulebook: Rulebook, evidence: Evidence
) -> Mapping[str, tuple[str, ...]]:
    """The rules under each fact that they, or rules that they read, could not be checked for."""
    waiting: dict[str, list[str]] = {}
    known = evidence.known
    names = {rule.id for rule in unsure}
    for rule in unsure:
        for one in (rule, *(rulebook.by_id[name] for name in rule.fired if name in names)):
            for fact, group, name in one.wants:
                if name not in known.get(group, _EMPTY):
                    _note(rule.id, _ONE_DOUBT.get(group, fact), waiting)
            if one.id in lacking:
                _note(rule.id, PHRASES, waiting)
    return {fact: tuple(rules) for fact, rules in waiting.items()}


def _note(rule: str, fact: str, waiting: dict[str, list[str]]) -> None:
    names = waiting.get(fact)
    if names is None:
        waiting[fact] = [rule]
    elif names[-1] != rule:
        names.append(rule)


def reasons(result: Signals, evidence: Evidence, rulebook: Rulebook, lang: Lang) -> tuple[Reason, ...]:
    """The fired rules in the reader's language, with values and quotes; the heaviest first, trust last."""
    known = _worded(_named_checks(evidence.known, rulebook, lang), rulebook, lang)
    rows = [_reason(fired, evidence, known, lang) for fired in result.fired]
    return tuple(sorted(rows, key=lambda row: -row.points))


def _named_checks(
    known: Mapping[str, Mapping[str, Value]], rulebook: Rulebook, lang: Lang
) -> Mapping[str, Mapping[str, Value]]:
    """The facts as reasons show them: the rep's checks by the names that he knows them by."""
    given, items = known.get("context", _EMPTY), rulebook.check_depth.items
    named: dict[str, Value] = {}
    for fact, value in given.items():
        if fact.startswith("checks_") and isinstance(value, list):
            named[fact] = [items[name].label[lang] if name in items else name for name in value]
    return {**known, "context": {**given, **named}} if named else known


def _worded(
    known: Mapping[str, Mapping[str, Value]], rulebook: Rulebook, lang: Lang
) -> Mapping[str, Mapping[str, Value]]:
    """The facts with words of ours in them, as `+447… (personal)`, in the reader's language."""
    words = rulebook.texts.get("values", {})
    shown = dict(known)
    for group, fact in _IN_WORDS:
        value = known.get(group, {}).get(fact)
        if not value:
            continue
        items = cast("list[str]", value if isinstance(value, list) else [value])
        named = [_in_words(item, words, lang) for item in items]
        shown[group] = {**shown[group], fact: named if isinstance(value, list) else named[0]}
    return shown


def _in_words(item: str, words: Mapping[str, Mapping[str, str]], lang: Lang) -> str:
    before, bracket, word = item.removesuffix(")").rpartition(" (")
    told = words.get(word if bracket else item, {}).get(lang)
    return item if told is None else f"{before} ({told})" if bracket else told


def _reason(fired: Fired, evidence: Evidence, known: Mapping[str, Mapping[str, Value]], lang: Lang) -> Reason:
    rule = fired.rule
    texts = [quote.text for quote in fired.quotes]
    return Reason(
        id=rule.id,
        group=rule.group,
        points=rule.points,
        title=rule.title[lang],
        detail=render(rule.reason[lang], known, texts),
        quotes=fired.quotes,
        advice=render(rule.advice[lang], known, texts),
        source=rule.source,
        like=next((sounds.like.get(lang, "") for name in rule.facts if (sounds := evidence.sounds.get(name))), ""),
    )


def not_checked(result: Signals, evidence: Evidence, rulebook: Rulebook, lang: Lang) -> tuple[NotChecked, ...]:
    """What could not be checked, and why, in the reader's language. What does not apply here is left out.

    Phrase sets without a pattern in the mail's language are no gap while the language itself is covered.
    """
    words = rulebook.texts["why"]
    rows: list[NotChecked] = []
    for fact, rules in result.waiting.items():
        why = _why(fact, evidence)
        if why is not None and why != "not_applicable":
            told = "not_visited" if (fact, why) == (SITE, "off") else why
            rows.append(NotChecked(fact, words[told][lang], rules))
    return tuple(rows)


def _why(fact: str, evidence: Evidence) -> Why | None:
    if fact == PHRASES:
        return _phrases_why(evidence)
    if fact not in (MEANING, SITE):
        return evidence.unknown.get(fact, "not_given")
    groups = _GROUPS[fact]
    last: Why = "not_given"
    for name, why in evidence.unknown.items():
        if name.startswith(groups):
            last = why
            if why != "not_applicable":
                break
    return last


def _phrases_why(evidence: Evidence) -> Why | None:
    if evidence.get("content.language_covered") is True:
        return None
    covered = evidence.get("content.language_covered")
    return "not_covered" if covered is False else evidence.unknown.get("content.chars", "not_given")
