"""Reads a rule folder into a Rulebook, or says everything that is wrong with it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from server.rulebook.book import Rulebook
from server.rulebook.build import compiled, sealed
from server.rulebook.condition_types import FACT_TYPES, Vocabulary
from server.rulebook.documents import Document
from server.rulebook.errors import Problem, RulebookError
from server.rulebook.match import Scanner
from server.rulebook.moves import as_rules, facts_of, read_moves, read_trained
from server.rulebook.normalise import prepare
from server.rulebook.phrases import in_order, phrase_set
from server.rulebook.policy import CustomerLevels, SearchLinks
from server.rulebook.policy_checks import CountryRisk, DepthPolicy, PaymentPolicy
from server.rulebook.read_checks import read_countries, read_depth, read_payment
from server.rulebook.read_policy import PolicyReader
from server.rulebook.rule import Fact, PhraseSet, Rule
from server.rulebook.rules import RuleReader
from server.rulebook.schema import form_mistakes
from server.rulebook.sources import Sources, read_sources
from server.rulebook.tables import frozen, read_tables, shared

SHIPPED = Path(__file__).resolve().parents[2] / "shared_rules"
ESSENTIAL = frozenset(("levels.yaml", "groups.yaml", "texts.yaml", "schema/facts.yaml"))
"""Files that nothing works without."""


def load_rulebook(folder: Path | None = None, overlay: Path | None = None) -> Rulebook:
    """The rulebook of `folder` (default: the shipped shared_rules/), with the rules of the company's `overlay` folder.

    Raises RulebookError with the problems of all files: of one file those of the first stage that found any (form, then
    names, then conditions).
    """
    try:
        return _load(folder or SHIPPED, overlay, frozenset())
    except RulebookError as error:
        raise RulebookError(_of_all_files(folder or SHIPPED, overlay, error.problems)) from None


def _of_all_files(folder: Path, overlay: Path | None, first: Sequence[Problem]) -> list[Problem]:
    """The problems of all files, those of the `first` stage before them: wrong files are left out, the rest is read.

    What is wrong elsewhere because a file was left out is no problem of its own.
    """
    found = list(first)
    skipped = {problem.file for problem in first}
    while not skipped & ESSENTIAL:
        try:
            _load(folder, overlay, frozenset(skipped))
            break
        except RulebookError as error:
            more = [problem for problem in error.problems if problem.file not in skipped]
            if not more:
                break
            missing = [Path(name).stem for name in skipped]
            found += [problem for problem in more if not any(name in problem.message for name in missing)]
            skipped |= {problem.file for problem in more}
    return found


def load_sound_part(folder: Path | None = None, overlay: Path | None = None) -> tuple[Rulebook, tuple[Problem, ...]]:
    """The rulebook without the files that are wrong, and what is wrong with them: for work on rules, never to serve.

    Raises RulebookError if a file that nothing works without is wrong.
    """
    skipped: set[str] = set()
    problems: list[Problem] = []
    while True:
        try:
            return _load(folder or SHIPPED, overlay, frozenset(skipped)), tuple(problems)
        except RulebookError as error:
            new = {problem.file for problem in error.problems} - skipped
            if not new or new & ESSENTIAL:
                raise
            problems += error.problems
            skipped |= new


def _load(folder: Path, overlay: Path | None, skipped: frozenset[str]) -> Rulebook:
    problems: list[Problem] = []
    sources = read_sources(folder, overlay, problems, skipped)
    _stop_at(problems)
    problems += _forms(sources)
    _stop_at(problems)
    problems += _names(sources)
    _stop_at(problems)
    return _compile(sources, problems)


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise RulebookError(problems)


def _forms(sources: Sources) -> list[Problem]:
    problems = [problem for name, document in sources.shaped for problem in form_mistakes(document, name)]
    for document in (*sources.rules, *sources.combos):
        problems += form_mistakes(document, "rule")
    for document in sources.phrases:
        problems += form_mistakes(document, "phrases")
    for document in sources.moves:
        problems += form_mistakes(document, "move")
    return problems


def _names(sources: Sources) -> list[Problem]:
    """Ids that clash, and files that are not named after what is in them."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for document in (*sources.rules, *sources.combos, *sources.phrases, *sources.moves):
        name, path = document.data["id"], Path(document.file)
        if path.parts[0] == "moves":
            name = f"move_{name}"
        if name in seen:
            problems.append(document.problem(f"the id {name} is taken by {seen[name]}; choose another", "id"))
        seen.setdefault(name, document.file)
        if path.stem != document.data["id"]:
            problems.append(document.problem(f"is {name}, so the file must be called {name}.yaml", "id"))
        group = document.data.get("group")
        if path.parts[0] == "rules" and len(path.parts) > 2 and path.parent.name != group:
            problems.append(document.problem(f"is {group}, so the file belongs into rules/{group}/", "group"))
    for document in sources.rules:
        if document.data["group"] == "combo":
            problems.append(document.problem("a combo's file belongs into combos/", "group"))
    for document in sources.combos:
        if document.data["group"] != "combo":
            problems.append(document.problem("files in combos/ have the group combo", "group"))
    return problems


def read_facts(document: Document, problems: list[Problem]) -> dict[str, Fact]:
    """The fact vocabulary by `group.name`."""
    facts: dict[str, Fact] = {}
    for group, rows in cast("dict[str, dict[str, Any]]", document.data).items():
        for name, row in rows.items():
            if row.get("type") not in FACT_TYPES:
                problems.append(document.problem(f"type is none of {', '.join(FACT_TYPES)}", group, name))
                continue
            facts[f"{group}.{name}"] = Fact(
                f"{group}.{name}", row["type"], row.get("preview", False), row.get("meaning", "")
            )
    return facts


def _sets(sources: Sources, problems: list[Problem]) -> dict[str, PhraseSet]:
    sets: dict[str, PhraseSet] = {}
    for document in (*sources.phrases, *sources.rules, *sources.combos):
        made = phrase_set(document, problems)
        if made is not None:
            sets[made.id] = made
    return sets


def _compile(sources: Sources, problems: list[Problem]) -> Rulebook:
    assert sources.facts is not None
    facts = read_facts(sources.facts, problems)
    facts |= {fact.name: fact for document in sources.moves for fact in facts_of(document)}
    trained = read_trained(sources.folder, problems)
    sources.rules += [rule for document in sources.moves for rule in as_rules(document, trained)]
    sets = _sets(sources, problems)
    documents = {document.data["id"]: document for document in (*sources.phrases, *sources.rules, *sources.combos)}
    meetings = in_order(sets, documents, problems)
    words = Vocabulary({name: fact.type for name, fact in facts.items()}, frozenset(sets))
    reader = PolicyReader(words, problems)
    single = sources.single
    levels = reader.levels(single["levels"])
    groups = reader.groups(single["groups"])
    kinds = reader.kinds(single["mail_kinds"]) if "mail_kinds" in single else ()
    links = reader.search_links(single["search_links"]) if "search_links" in single else SearchLinks()
    rules, combos = _rules(sources, RuleReader(facts, levels, groups, problems), words)
    moves = read_moves(sources.moves, words.sets, problems)
    problems += _asked_by_the_browser(sources, sets, (*rules, *combos))
    tables = read_tables(sources.folder, problems)
    ids = frozenset(rule.id for rule in (*rules, *combos))
    customers = CustomerLevels()
    if "customer_levels" in single:
        customers = reader.customer_levels(single["customer_levels"], ids)
    depth, payment, countries = _next_step(single, reader, frozenset(links.templates), tables)
    _stop_at(problems)
    normalise = prepare(tables["fold"], dict(zip(tables["t2s"]["from"], tables["t2s"]["to"], strict=True)))
    version, data = sealed(compiled(sources, facts, sets, meetings, rules, combos, tables, trained.version))
    tables = shared(tables)
    return Rulebook(
        version=version,
        json_packed=zlib.compress(data, 1),
        facts=facts,
        rules=rules,
        combos=combos,
        groups=groups,
        levels=levels,
        texts=single["texts"].data,
        kinds=kinds,
        customer_levels=customers,
        search_links=links,
        check_depth=depth,
        payment_terms=payment,
        country_risk=countries,
        phrase_sets=sets,
        moves=moves,
        tables=tables,
        lookup=frozen(tables),
        scanner=Scanner(list(sets.values()), meetings, normalise, _sample(rules, combos, sets.values())),
    )


def _sample(*parts: Iterable[Rule | PhraseSet]) -> list[str]:
    """The texts of all cases."""
    return [case.text for rows in parts for row in rows for case in row.cases if case.text]


def _next_step(
    single: Mapping[str, Document], reader: PolicyReader, templates: frozenset[str], tables: Mapping[str, Any]
) -> tuple[DepthPolicy, PaymentPolicy, CountryRisk]:
    codes = frozenset(str(row["code"]) for row in tables.get("countries", ()))
    return (
        read_depth(single["check_depth"], reader, templates) if "check_depth" in single else DepthPolicy(),
        read_payment(single["payment_terms"], reader) if "payment_terms" in single else PaymentPolicy(),
        read_countries(single["country_risk"], reader, codes) if "country_risk" in single else CountryRisk(),
    )


def _asked_by_the_browser(sources: Sources, sets: Mapping[str, PhraseSet], rules: Sequence[Rule]) -> Iterator[Problem]:
    """Rules and phrase sets of the browser that read a set which it does not get."""
    files = {document.data["id"]: document for document in (*sources.phrases, *sources.rules, *sources.combos)}
    readers = [(rule.id, rule.sets) for rule in rules if rule.id in files]
    readers += [
        (row.id, row.meeting.meets + row.meeting.without)
        for row in sets.values()
        if row.meeting and not row.server_only
    ]
    for name, read in readers:
        for hidden in (one for one in read if one in sets and sets[one].server_only):
            yield files[name].problem(f"{hidden} is for the server only: take server_only out of its file", "when")


def _rules(sources: Sources, reader: RuleReader, words: Vocabulary) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Rules, then combos: these may read what fired among the rules, not among one another."""
    rules: Mapping[str, Rule] = {
        rule.id: rule for document in sources.rules if (rule := reader.rule(document, words)) is not None
    }
    names = frozenset(document.data["id"] for document in sources.rules)
    combo_words = Vocabulary(words.facts, words.sets, names)
    combos = [combo for document in sources.combos if (combo := reader.rule(document, combo_words, rules)) is not None]
    return tuple(rules.values()), tuple(combos)
