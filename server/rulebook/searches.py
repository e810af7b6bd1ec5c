"""search_links.yaml: the searches and special sites, their order for each situation, and their addresses, made ready.

A query is kept as a pattern of Python's `%` for each engine's dialect, already percent-encoded, so that a mail's values
(encoded once) only have to be put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args
from urllib.parse import quote_plus

from server.rulebook.conditions import Condition
from server.rulebook.rule import Texts

SearchValue = Literal[
    "company",
    "company_core",
    "domain",
    "person",
    "email",
    "local",
    "country",
    "country_zh",
    "phone_e164",
    "phone_national",
    "phone_digits",
    "product",
    "address",
    "bic",
    "brand",
    "institution",
    "fingerprint",
]
"""What a search may ask for in braces."""

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
SEARCH_VALUES: frozenset[str] = frozenset(get_args(SearchValue))
PLAIN = "google"
"""The dialect in which queries are written; another one may have its own wording of a query."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search or a special site. A site has no query; `countries` narrows it to the mails of these."""

    id: str
    topic: str
    needs: frozenset[str]
    words: Mapping[str, tuple[str, str, str, str]]
    """By language: label, why, what a good result looks like, what a bad one."""
    query: str = ""
    """Pattern of the query as a reader sees it."""
    encoded: Mapping[str, str] = field(default_factory=dict[str, str])
    """By dialect: pattern of the percent-encoded query; the same object where two dialects have the same words."""
    url: str = ""
    """Pattern of a site's address."""
    countries: frozenset[str] = frozenset()
    slot: str = ""
    """`register` or `insolvency`: what orders name for the one of the mail's country."""
    rest: bool = True
    """Whether it stands behind the first ones too, or only where these would be too few."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The first searches for the mails where the condition holds: ids of searches, or slots."""

    id: str
    when: Condition
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchLinks:
    """search_links.yaml. `engines` are addresses that end with `{query}`; `twins` gives the dialect of an engine."""

    show: int = 8
    engines: Mapping[str, str] = field(default_factory=dict[str, str])
    default_engine: str = ""
    twins: Mapping[str, str] = field(default_factory=dict[str, str])
    profiles: tuple[Profile, ...] = ()
    templates: Mapping[str, Search] = field(default_factory=dict[str, Search])
    starts: tuple[tuple[str, str, str], ...] = ()
    """Engine, its dialect, and its address up to the query, of each twin."""
    _sequences: dict[tuple[str, str], tuple[Search, ...]] = field(
        default_factory=dict[tuple[str, str], "tuple[Search, ...]"], compare=False, repr=False
    )

    def sequence(self, profile: Profile, country: str) -> tuple[Search, ...]:
        """All searches for a situation and a country (ISO code or ""): the profile's first, then the rest by topic."""
        key = (profile.id, country)
        found = self._sequences.get(key)
        if found is None:
            found = self._sequences[key] = tuple(self._in_order(profile, country))
        return found

    def _in_order(self, profile: Profile, country: str) -> Iterable[Search]:
        fitting = [row for row in self.templates.values() if not row.countries or country in row.countries]
        first: dict[str, Search] = {}
        for name in profile.order:
            row = next((row for row in fitting if name in (row.id, row.slot)), None)
            if row is not None:
                first[row.id] = row
        yield from first.values()
        yield from (row for row in fitting if row.rest and row.id not in first)


def placeholders(text: str) -> list[str]:
    """The names in braces, in order of appearance."""
    return PLACEHOLDER.findall(text)


def pattern(text: str) -> str:
    """A text with placeholders in braces as a `%` pattern."""
    return PLACEHOLDER.sub(r"%(\1)s", text.replace("%", "%%"))


def encoded_pattern(text: str) -> str:
    """The same with everything but the placeholders percent-encoded, spaces as +."""
    parts = PLACEHOLDER.split(text)  # words and the names between them, in turns
    pieces = (f"%({part})s" if at % 2 else quote_plus(part).replace("%", "%%") for at, part in enumerate(parts))
    return "".join(pieces)


def search_of(row: Mapping[str, Any], dialects: Iterable[str]) -> Search:
    """A row of `templates`. A dialect without a wording of its own takes the plain one; Baidu writes | for OR."""
    plain = str(row["query"])
    bars = {"baidu": plain.replace(" OR ", " | ")}
    wordings = {name: str(row.get(name) or bars.get(name, plain)) for name in dialects}
    needs = {name for wording in (plain, *wordings.values()) for name in placeholders(wording)}
    patterns = {wording: encoded_pattern(wording) for wording in wordings.values()}
    return Search(
        id=row["id"],
        topic=row["topic"],
        needs=frozenset(needs),
        words=words_of(row),
        query=pattern(plain),
        encoded={name: patterns[wording] for name, wording in wordings.items()},
        rest=row.get("rest", True),
    )


def site_of(row: Mapping[str, Any], slots: Mapping[str, Mapping[str, Any]]) -> Search:
    """A row of `sites`. Where it lies in a slot, what it leaves out is taken from there."""
    slot = row.get("slot", "")
    whole = {**slots.get(slot, {}), **row}
    return Search(
        id=row["id"],
        topic=whole.get("topic", ""),
        needs=frozenset((*placeholders(row["url"]), *whole.get("needs", ()))),
        words=words_of(whole) if "why" in whole else {},
        url=pattern(row["url"]),
        countries=frozenset(row.get("countries", ())),
        slot=slot,
    )


def words_of(row: Mapping[str, Any]) -> dict[str, tuple[str, str, str, str]]:
    """Label, why, good and bad by language."""
    texts: list[Texts] = [row[name] for name in ("label", "why", "good", "bad")]
    return {lang: (texts[0][lang], texts[1][lang], texts[2][lang], texts[3][lang]) for lang in texts[0]}
