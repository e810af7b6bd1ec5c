"""The searches worth running for this mail, ready to be opened by hand. Which and in what order is data."""

from __future__ import annotations

from urllib.parse import quote_plus

from server.judging.search_values import search_values
from server.judging.signals import Signals
from server.model import Evidence, Lang, Level, SearchLink
from server.rulebook.book import Rulebook
from server.rulebook.conditions import Context
from server.rulebook.policy import SearchLinks, SearchValue, Template
from server.rulebook.render import PLACEHOLDER

MOST_QUERY_WORDS = 32
"""Google ignores what stands behind the thirty-second word."""


def search_links(
    evidence: Evidence, rulebook: Rulebook, result: Signals, base: Context, level: Level, lang: Lang
) -> tuple[SearchLink, ...]:
    """The first searches of the profile that fits, of those whose values are all known. None for our own mails."""
    policy = rulebook.search_links
    if not policy.engines or evidence.get("sender.own_domain"):
        return ()
    values = search_values(evidence, rulebook, result)
    links: list[SearchLink] = []
    seen: set[str] = set()
    for name in _order(rulebook, base, level):
        template = policy.templates[name]
        query = filled(template, values)
        if query is None or query in seen:
            continue
        seen.add(query)
        links.append(
            SearchLink(
                id=template.id,
                topic=template.topic,
                label=template.label[lang],
                query=query,
                url=url_of(policy, query),
                why=template.why[lang],
                rank=len(links) + 1,
            )
        )
        if len(links) == policy.show:
            break
    return tuple(links)


def _order(rulebook: Rulebook, base: Context, level: Level) -> tuple[str, ...]:
    base.add_variable("risk", {"level": level})
    fitting = next((row for row in rulebook.search_links.profiles if row.when.evaluate(base)), None)
    return fitting.order if fitting else ()


def filled(template: Template, values: dict[SearchValue, str]) -> str | None:
    """The query, or None if a value is unknown or the query would be longer than search engines read."""
    names = PLACEHOLDER.findall(template.query)
    if any(name not in values for name in names):
        return None
    query = PLACEHOLDER.sub(lambda match: values[match.group(1)], template.query)  # pyright: ignore[reportArgumentType]
    return query if len(query.split()) <= MOST_QUERY_WORDS else None


def url_of(policy: SearchLinks, query: str) -> str:
    """The address of a search at the default engine."""
    return policy.engines[policy.default_engine].replace("{query}", quote_plus(query))
