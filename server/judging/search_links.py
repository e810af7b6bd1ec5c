"""The searches worth running for this mail, ready to be opened by hand. Which and in what order is data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast, overload
from urllib.parse import quote

from server.judging.search_values import country_of, search_values
from server.judging.search_words import narrow
from server.judging.signals import Signals
from server.model import Evidence, Lang, Level, SearchLink
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context
from server.rulebook.searches import PLAIN, Search, SearchLinks, SearchValue

MOST_QUERY_WORDS = 32
"""Google ignores what stands behind the thirty-second word."""
WIDTHS = {"baidu": 60}
"""How wide a value may be in a dialect: Baidu reads 38 Chinese characters of a query, its own words included."""
_ENCODED = {code: quote(chr(code), safe="") for code in range(128)}


def search_links(
    evidence: Evidence, rulebook: Rulebook, result: Signals, base: Context, level: Level, lang: Lang
) -> Links:
    """The searches of the profile that fits, then all others by topic, of those whose values are all known.

    Those of rank up to `show` come first. None for our own mails.
    """
    policy = rulebook.search_links
    if not policy.engines or evidence.get("sender.own_domain"):
        return Links(policy, {}, lang)
    base.add_variable("risk", {"level": level})
    profile = next((row for row in policy.profiles if row.when.evaluate(base)), None)
    if profile is None:
        return Links(policy, {}, lang)
    country = country_of(evidence)
    values = search_values(evidence, rulebook, result, country)
    known = frozenset(values)
    links = Links(policy, values, lang)
    for search in policy.sequence(profile, country):
        if search.needs <= known and (search.rest or len(links) < policy.show):
            links.add(search)
    return links


def encoded(value: str) -> str:
    """Percent-encoded for any part of an address."""
    return value.translate(_ENCODED) if value.isascii() else quote(value, safe="")


class Links(Sequence[SearchLink]):
    """The searches of one mail in their order. A row, and its addresses at other engines, are made when asked for."""

    def __init__(self, policy: SearchLinks, values: dict[SearchValue, str], lang: Lang) -> None:
        self.show = policy.show
        self.values = values
        """What the placeholders stand for."""
        self.short: dict[str, dict[SearchValue, str]] = {}
        """By dialect: the values that are cut there."""
        self.addresses: dict[str, str] = {}
        """Where each search leads at the default engine, by its id."""
        self._lang = lang
        self._in_sites = {name: encoded(value) for name, value in values.items()}
        plain = {name: value.replace("%20", "+") for name, value in self._in_sites.items()}
        self._encoded = {PLAIN: plain}
        for dialect, width in WIDTHS.items():
            cut: dict[SearchValue, str] = {}
            cut |= {name: text for name, value in values.items() if (text := narrow(value, width)) != value}
            if cut:
                self.short[dialect] = cut
                self._encoded[dialect] = plain | {name: encoded(text).replace("%20", "+") for name, text in cut.items()}
        self._starts = policy.starts
        _, self._dialect, self._start = next(
            (row for row in policy.starts if row[0] == policy.default_engine), ("", PLAIN, "")
        )
        self._rows: list[tuple[Search, str]] = []
        """Each search with its query as a reader sees it."""
        self._seen: set[str] = set()

    def add(self, search: Search) -> None:
        """The search, whose values are known, unless the same one stands there already."""
        if search.url:
            query, url = "", search.url % self._in_sites
        else:
            query = search.query % self.values
            if query in self._seen or query.count(" ") >= MOST_QUERY_WORDS:
                return
            self._seen.add(query)
            url = self._address(search, self._dialect, self._start)
        self.addresses[search.id] = url
        self._rows.append((search, query))

    def _address(self, search: Search, dialect: str, start: str) -> str:
        return start + search.encoded[dialect] % self._encoded.get(dialect, self._encoded[PLAIN])

    def twins(self, search: Search) -> dict[str, str]:
        """The same search at each engine; {} for a site of its own kind."""
        if search.url:
            return {}
        return {engine: self._address(search, dialect, start) for engine, dialect, start in self._starts}

    @property
    def first(self) -> Sequence[SearchLink]:
        """Those that are worth most here."""
        return self[: self.show]

    @property
    def more(self) -> list[str]:
        """The ids of all others."""
        return [search.id for search, _ in self._rows[self.show :]]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> SearchLink: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[SearchLink, ...]: ...
    def __getitem__(self, index: int | slice) -> SearchLink | tuple[SearchLink, ...]:
        places = range(len(self._rows))[index]
        return self._link(places) if isinstance(places, int) else tuple(map(self._link, places))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(cast("Sequence[object]", other))

    __hash__ = None  # pyright: ignore[reportAssignmentType]  (as any sequence that is compared by its rows)

    def _link(self, place: int) -> SearchLink:
        search, query = self._rows[place]
        label, why, good, bad = search.words[self._lang]
        url = self.addresses[search.id]
        return SearchLink(search.id, search.topic, label, query, url, why, place + 1, good, bad, Twins(self, search))


class Twins(Mapping[str, str]):
    """The addresses of one search by engine, made when asked for."""

    def __init__(self, links: Links, search: Search) -> None:
        self._links = links
        self._search = search

    def _made(self) -> dict[str, str]:
        return self._links.twins(self._search)

    def __getitem__(self, engine: str) -> str:
        return self._made()[engine]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())
