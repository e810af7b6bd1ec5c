"""Phrase sets out of rule and phrase files: patterns linted and compiled, meeting sets put into order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from server.rulebook.documents import Document
from server.rulebook.engine import refusals
from server.rulebook.errors import Problem
from server.rulebook.patterns import mistakes, re2_source, spelled_out, unknown_words
from server.rulebook.read_cases import read_cases
from server.rulebook.rule import Meeting, PhraseSet


def phrase_set(document: Document, problems: list[Problem]) -> PhraseSet | None:
    """The set that a file defines by `phrases:` or `meets:`, None if it defines none."""
    data = cast("dict[str, Any]", document.data)
    cases = read_cases(data.get("cases", [])) if "group" not in data else ()
    server_only = data.get("server_only", False)
    if "meets" in data:
        meeting = Meeting(
            data["id"], tuple(data["meets"]), tuple(data.get("without", ())), data.get("within", "paragraph")
        )
        return PhraseSet(data["id"], frozenset(), (), meeting, cases, document.file, server_only)
    by_language = cast("Mapping[str, list[str]]", data.get("phrases", {}))
    if not by_language:
        return None
    words = cast("Mapping[str, str]", data.get("words", {}))
    for name, source in words.items():
        problems += [document.problem(f"{message}: {source}", "words", name) for message in mistakes(source)]
    patterns: list[tuple[str, str]] = []
    places: list[tuple[str, int]] = []
    for language, sources in by_language.items():
        for index, pattern in enumerate(sources):
            wrong = mistakes(pattern) + unknown_words(pattern, words)
            problems += [document.problem(f"{message}: {pattern}", "phrases", language, index) for message in wrong]
            if not wrong:
                patterns.append((language, re2_source(spelled_out(pattern, words), language)))
                places.append((language, index))
    for index, why in refusals([source for _, source in patterns]).items():
        language, place = places[index]
        problems.append(document.problem(f"RE2 refuses it: {why}", "phrases", language, place))
    return PhraseSet(data["id"], frozenset(by_language), tuple(patterns), None, cases, document.file, server_only)


def in_order(sets: dict[str, PhraseSet], documents: Mapping[str, Document], problems: list[Problem]) -> list[Meeting]:
    """Meeting sets so that each follows those it is made of, with the languages that all its parts share.

    Unknown names and circles go to `problems`. `sets` is completed in place.
    """
    done: list[Meeting] = []
    state: dict[str, int] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        meeting = sets[name].meeting
        if meeting is None or state.get(name) == 2:
            return
        if state.get(name) == 1:
            circle = " -> ".join((*path[path.index(name) :], name))
            problems.append(documents[name].problem(f"stands in a circle: {circle}", "meets"))
            return
        state[name] = 1
        known = True
        for field, parts in (("meets", meeting.meets), ("without", meeting.without)):
            for index, part in enumerate(parts):
                if part not in sets:
                    problems.append(documents[name].problem(f"unknown phrase set {part}", field, index))
                    known = False
                else:
                    visit(part, (*path, name))
        state[name] = 2
        if known:
            shared = _shared([sets[part].languages for part in meeting.meets])
            sets[name] = replace(sets[name], languages=shared)
            done.append(meeting)

    for name in list(sets):
        visit(name, ())
    return done


def _shared(languages: Sequence[frozenset[str]]) -> frozenset[str]:
    return languages[0].intersection(*languages[1:])
