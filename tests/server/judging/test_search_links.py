"""Search links: only whole ones, in the profile's order, and encoded so that the query arrives as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.judging.search_links import MOST_QUERY_WORDS
from server.judging.verdict import judge
from server.model import Evidence, SearchLink
from server.rulebook.book import Rulebook

Facts = Callable[..., Evidence]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
CORPORATE: dict[str, Any] = {
    "sender.address": "li+x@mail.blue-nile.example",
    "sender.domain": "mail.blue-nile.example",
    "sender.org_domain": "blue-nile.example",
    "sender.local": "li",
    "sender.free_provider": False,
    "sender.disposable": False,
    "sender.own_domain": False,
    "identity.company": "Blue Nile Trading Co., Ltd.",
    "identity.person": "Li Wei",
    "identity.claimed_country": "GB",
    "identity.brand_claim": "",
    "identity.institution_claim": "",
    "sender.domain_brand_word": "",
    "sender.lookalike_brand": "",
    "sender.name_brand": "",
}
FREEMAIL = {
    **CORPORATE,
    "sender.address": "li@gmail.com",
    "sender.org_domain": "gmail.com",
    "sender.free_provider": True,
}


def links(book: Rulebook, evidence: Evidence) -> tuple[SearchLink, ...]:
    return judge(evidence, book, lang="en", complete=True, now=NOW).search_links


def test_a_corporate_sender(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts(CORPORATE))
    assert 6 <= len(found) <= 8
    assert [link.rank for link in found] == list(range(1, len(found) + 1))
    assert found[0].query == "site:blue-nile.example"
    assert found[0].url == "https://www.google.com/search?q=site%3Ablue-nile.example"
    assert '"Blue Nile Trading Co Ltd" official website' in [link.query for link in found]


def test_freemail_never_fills_the_domain(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts(FREEMAIL))
    assert len(found) >= 6
    assert not any("site:gmail.com" in link.query or '"gmail.com"' in link.query for link in found)
    assert '"li@gmail.com"' in [link.query for link in found]


@pytest.mark.parametrize("more", [{}, {"identity.brand_claim": "Acme"}, {"attachments.executables": ["po.exe"]}])
def test_a_bare_freemail_address_is_enough_for_the_minimum(
    with_searches: Rulebook, facts: Facts, more: dict[str, Any]
) -> None:
    found = links(with_searches, facts({**FREEMAIL, "identity.company": "", "identity.person": "", **more}))
    assert 6 <= len(found) <= 8


def test_a_company_loses_its_legal_form_where_asked(with_searches: Rulebook, facts: Facts) -> None:
    queries = [link.query for link in links(with_searches, facts(CORPORATE))]
    assert any(query.startswith('"Blue Nile Trading" ') for query in queries)


def test_unknown_values_offer_nothing(with_searches: Rulebook, facts: Facts) -> None:
    assert links(with_searches, facts({"sender.address": None})) == ()
    assert links(with_searches, facts({**CORPORATE, "sender.own_domain": True})) == ()


def test_an_address_loses_its_tag(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts({**FREEMAIL, "sender.address": "li+x@gmail.com"}))
    assert '"li@gmail.com"' in [link.query for link in found]


def test_high_risk_goes_first_to_the_reports(with_searches: Rulebook, facts: Facts) -> None:
    known = {**FREEMAIL, "attachments.executables": ["po.exe"]}
    found = links(with_searches, facts(known))
    assert [link.id for link in found[:2]] == ["email_exact", "company_scam"]


VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=150) | st.sampled_from(
    ['x" OR site:evil.example "', "javascript:alert(1)", "//evil.example", "a&b=c#d", "\u202egpj.exe", "{email}", "%22"]
)


@given(VALUES, VALUES, VALUES)
def test_no_value_adds_a_command_a_quote_a_host_or_a_scheme(
    with_searches: Rulebook, facts: Facts, company: str, person: str, local: str
) -> None:
    known = {**FREEMAIL, "identity.company": company, "identity.person": person, "sender.address": f"{local}@gmail.com"}
    templates = with_searches.search_links.templates
    for link in links(with_searches, facts(known)):
        parts = urlsplit(link.url)
        assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("https", "www.google.com", "/search", "")
        assert parse_qs(parts.query, keep_blank_values=True) == {"q": [link.query]}
        plain = templates[link.id].query
        for sign in ('"', "(", ")", ":", " OR ", " -"):
            assert link.query.count(sign) == plain.count(sign), (sign, link.query)
        assert len(link.query.split()) <= MOST_QUERY_WORDS
