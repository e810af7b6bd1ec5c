"""The searches worth running for this mail, ready to be opened by hand. Which and in what order is data."""

from __future__ import annotations

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
) -> tuple[SearchLink, ...]:
    """The searches of the profile that fits, then all others by topic, of those whose values are all known.

    Those of rank up to `show` come first. None for our own mails.
    """
    policy = rulebook.search_links
    if not policy.engines or evidence.get("sender.own_domain"):
        return ()
    base.add_variable("risk", {"level": level})
    profile = next((row for row in policy.profiles if row.when.evaluate(base)), None)
    if profile is None:
        return ()
    country = country_of(evidence)
    values = search_values(evidence, rulebook, result, country)
    known = frozenset(values)
    writer = _Writer(policy, values, lang)
    for search in policy.sequence(profile, country):
        if search.needs <= known and (search.rest or len(writer.links) < policy.show):
            writer.add(search)
    return tuple(writer.links)


def encoded(value: str) -> str:
    """Percent-encoded for any part of an address."""
    return value.translate(_ENCODED) if value.isascii() else quote(value, safe="")


class _Writer:
    """Puts one mail's values into searches."""

    def __init__(self, policy: SearchLinks, values: dict[SearchValue, str], lang: Lang) -> None:
        self.links: list[SearchLink] = []
        self._lang = lang
        self._values = values
        self._in_sites = {name: encoded(value) for name, value in values.items()}
        plain = {name: value.replace("%20", "+") for name, value in self._in_sites.items()}
        self._encoded = {PLAIN: plain}
        for dialect, width in WIDTHS.items():
            cut = {name: text for name, value in values.items() if (text := narrow(value, width)) != value}
            short = {name: encoded(text).replace("%20", "+") for name, text in cut.items()}
            self._encoded[dialect] = {**plain, **short} if short else plain
        self._starts = [
            (engine, dialect, start, self._encoded.get(dialect, plain)) for engine, dialect, start in policy.starts
        ]
        self._default = policy.default_engine
        self._seen: set[str] = set()

    def add(self, search: Search) -> None:
        """The link of a search whose values are known, unless the same one stands there already."""
        twins: dict[str, str] = {}
        if search.url:
            query, url = "", search.url % self._in_sites
        else:
            query = search.query % self._values
            text, pattern, used = "", "", None
            for engine, dialect, start, values in self._starts:
                if search.encoded[dialect] is not pattern or values is not used:
                    pattern, used = search.encoded[dialect], values
                    text = pattern % values
                twins[engine] = start + text
            url = twins[self._default]
        if query in self._seen or query.count(" ") >= MOST_QUERY_WORDS:
            return
        if query:
            self._seen.add(query)
        label, why, good, bad = search.words[self._lang]
        rank = len(self.links) + 1
        self.links.append(SearchLink(search.id, search.topic, label, query, url, why, rank, good, bad, twins))
