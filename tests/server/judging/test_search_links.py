"""Search links: only whole ones, in the profile's order, and encoded so that the query arrives as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

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
ENGINES = {
    "google": ("www.google.com", "/search", "q"),
    "bing": ("www.bing.com", "/search", "q"),
    "bing_cn": ("cn.bing.com", "/search", "q"),
    "baidu": ("www.baidu.com", "/s", "wd"),
}


def links(book: Rulebook, evidence: Evidence, lang: Any = "en") -> tuple[SearchLink, ...]:
    return judge(evidence, book, lang=lang, complete=True, now=NOW).search_links


def first(book: Rulebook, evidence: Evidence) -> list[str]:
    return [link.id for link in links(book, evidence)[: book.search_links.show]]


def asked(link: SearchLink, engine: str) -> str:
    """The query as the engine receives it."""
    return parse_qs(urlsplit(link.twins[engine]).query)[ENGINES[engine][2]][0]


def test_a_corporate_sender(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts(CORPORATE))
    assert [link.rank for link in found] == list(range(1, len(found) + 1))
    assert found[0].query == "site:blue-nile.example"
    assert found[0].url == "https://www.google.com/search?q=site%3Ablue-nile.example"
    assert '"Blue Nile Trading Co Ltd" official website' in [link.query for link in found[:8]]
    assert {"register_gb", "company_linkedin"} <= {link.id for link in found[:8]}


def test_the_rest_follows_by_topic(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts(CORPORATE))
    ids = [link.id for link in found]
    assert len(found) > 40
    assert len(set(ids)) == len(ids)
    later = set(ids[8:])
    assert {
        "wayback",
        "certificates",
        "rdap",
        "sanctions",
        "insolvency_gb",
        "company_exhibition",
        "company_pdf",
    } <= later
    assert not {"register_de", "insolvency_de", "import_yeti"} & set(ids), "sites of other countries"
    assert "email_trade" not in ids, "offered only where the first ones are too few"


def test_each_says_why_and_what_to_look_for(with_searches: Rulebook, facts: Facts) -> None:
    english, chinese = (links(with_searches, facts(CORPORATE), lang) for lang in ("en", "zh_CN"))
    assert [link.id for link in english] == [link.id for link in chinese]
    for one, other in zip(english, chinese, strict=True):
        assert all((one.why, one.good, one.bad, one.label, other.why, other.good, other.bad, other.label))
        assert one.why.isascii() and not other.why.isascii(), one.id
        assert (one.query, one.url, one.twins) == (other.query, other.url, other.twins)


def test_twins_speak_each_engines_dialect(with_searches: Rulebook, facts: Facts) -> None:
    found = {link.id: link for link in links(with_searches, facts(CORPORATE))}
    mentions = found["domain_mentions"]
    assert asked(mentions, "bing") == asked(mentions, "bing_cn") == '"blue-nile.example" -site:blue-nile.example'
    assert asked(mentions, "baidu") == '"blue-nile.example"'
    scam = found["company_scam"]
    assert " OR " in asked(scam, "google") and " OR " not in asked(scam, "baidu") and " | " in asked(scam, "baidu")
    assert "诈骗" in asked(scam, "baidu")
    for link in found.values():
        assert set(link.twins) == (set(ENGINES) if link.query else set())
        for engine in link.twins:
            host, path, _ = ENGINES[engine]
            parts = urlsplit(link.twins[engine])
            assert (parts.scheme, parts.netloc, parts.path) == ("https", host, path)


def test_baidu_gets_short_values(with_searches: Rulebook, facts: Facts) -> None:
    company = "Extraordinarily Long Name Of A Trading House For Valves And Pipe-Fittings GmbH"
    found = {link.id: link for link in links(with_searches, facts({**CORPORATE, "identity.company": company}))}
    assert asked(found["company_exact"], "baidu") == '"Extraordinarily Long Name Of A Trading House For Valves And"'
    assert asked(found["company_exact"], "bing").endswith('Pipe-Fittings GmbH"')


def test_freemail_never_fills_the_domain(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts(FREEMAIL))
    assert len(found) >= 6
    assert not any("site:gmail.com" in link.query or '"gmail.com"' in link.query for link in found)
    assert not any(link.url.endswith("gmail.com") for link in found), "nor a special site"
    assert '"li@gmail.com"' in [link.query for link in found[:8]]


@pytest.mark.parametrize("more", [{}, {"identity.brand_claim": "Acme"}, {"attachments.executables": ["po.exe"]}])
def test_a_bare_freemail_address_is_enough_for_the_minimum(
    with_searches: Rulebook, facts: Facts, more: dict[str, Any]
) -> None:
    bare = {**FREEMAIL, "identity.company": "", "identity.person": "", "identity.claimed_country": "", **more}
    assert 6 <= len(links(with_searches, facts(bare))) <= 8


def test_a_company_loses_its_legal_form_where_asked(with_searches: Rulebook, facts: Facts) -> None:
    queries = [link.query for link in links(with_searches, facts(CORPORATE))]
    assert any(query.startswith('"Blue Nile Trading" ') for query in queries)


def test_unknown_values_offer_nothing(with_searches: Rulebook, facts: Facts) -> None:
    assert links(with_searches, facts({"sender.address": None})) == ()
    assert links(with_searches, facts({**CORPORATE, "sender.own_domain": True})) == ()


def test_an_address_loses_its_tag(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts({**FREEMAIL, "sender.address": "li+x@gmail.com"}))
    assert '"li@gmail.com"' in [link.query for link in found]


SITUATIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({**FREEMAIL, "attachments.executables": ["po.exe"]}, ["email_exact", "company_scam", "email_scam"]),
    ({**CORPORATE, "attachments.executables": ["po.exe"]}, ["email_exact", "domain_scam", "whois", "company_scam"]),
    (FREEMAIL, ["company_official", "email_exact", "company_exact", "company_linkedin", "company_scam"]),
    ({**FREEMAIL, "identity.company": ""}, ["email_exact", "person_country_linkedin"]),
    ({**CORPORATE, "identity.brand_claim": "Acme"}, ["brand_alert", "brand_portal", "whois", "domain_scam"]),
    ({**CORPORATE, "identity.institution_claim": "Acme University"}, ["institution_official", "institution_alert"]),
    ({**CORPORATE, "deal.amount_usd": 80_000}, ["company_official", "domain_site", "email_exact", "register_gb"]),
    ({**CORPORATE, "context.arrears_days": 90}, ["insolvency_gb", "company_litigation", "register_gb", "domain_site"]),
    ({**CORPORATE, "context.arrears_days": 0, "context.open_balance": 0}, ["domain_site", "company_official"]),
    ({**CORPORATE, "sender.lookalike_own": "us.example"}, ["whois", "domain_scam", "company_official"]),
]


@pytest.mark.parametrize(("known", "expected"), SITUATIONS)
def test_the_situation_decides_what_comes_first(
    with_searches: Rulebook, facts: Facts, known: dict[str, Any], expected: list[str]
) -> None:
    assert first(with_searches, facts(known))[: len(expected)] == expected


PHRASES = [
    ("account_changed", ["whois", "company_official", "site_contact", "email_exact"]),
    ("hardship_plea", ["insolvency_gb", "company_litigation", "register_gb", "domain_site"]),
]


@pytest.mark.parametrize(("phrase", "expected"), PHRASES)
def test_bank_change_and_arrears(with_searches: Rulebook, facts: Facts, phrase: str, expected: list[str]) -> None:
    evidence = facts(CORPORATE)
    evidence.known["phrases"][phrase] = ["wording"]
    assert first(with_searches, evidence)[:4] == expected


def test_a_tender_leads_to_the_countrys_portal(with_searches: Rulebook, facts: Facts) -> None:
    evidence = facts({**CORPORATE, "mail.kind": "inquiry"})
    evidence.known["phrases"] |= {"tender_context": ["tender"], "public_body": ["ministry"]}
    found = links(with_searches, evidence)
    assert found[0].query == "United Kingdom official public procurement portal tenders"
    assert asked(found[0], "baidu").startswith("英国 ")


def test_a_company_of_operators_offers_no_company_search(with_searches: Rulebook, facts: Facts) -> None:
    found = links(with_searches, facts({**FREEMAIL, "identity.company": '" OR AND -( site: ) | *" NOT'}))
    ids = {link.id for link in found}
    assert len(found) >= 6 and "email_exact" in ids
    assert not any(
        link.query.startswith('"site"') and link.id == "company_exact" and " " in link.query for link in found
    )
    none = links(with_searches, facts({**FREEMAIL, "identity.company": '" OR AND - () | NOT'}))
    assert not any(link.id.startswith("company_") for link in none)


def test_a_company_of_ten_thousand_characters(with_searches: Rulebook, facts: Facts) -> None:
    for company in ("A" * 10_000, "Ab " * 5_000, "公" * 10_000):
        found = links(with_searches, facts({**CORPORATE, "identity.company": company}))
        assert max(len(link.url) for link in found) < 2_000
        assert len(found) >= 6


PLANTED = [
    'x" OR site:evil.example "', "javascript:alert(1)", "//evil.example", "a&b=c#d", "\u202egpj.exe", "{email}", "%22",
    "%(email)s", "a\r\nHost: evil", "OR OR OR", "＂ＯＲ＂ ｓｉｔｅ：evil.example", "..", "../../x", "@evil.example", "-x --y",
]  # fmt: skip
HOSTILE = st.sampled_from(PLANTED)
VALUES = st.text(st.characters(exclude_categories=["Cs"]), max_size=150) | HOSTILE
SIGNS = ('"', "(", ")", ":", "|", " OR ", " -", "+", "*", "~", "#")


@given(VALUES, VALUES, VALUES, VALUES, st.booleans())
def test_no_value_adds_a_command_a_quote_a_host_or_a_scheme(
    with_searches: Rulebook, facts: Facts, company: str, person: str, domain: str, local: str, free: bool
) -> None:
    known = {
        **CORPORATE,
        "sender.free_provider": free,
        "sender.org_domain": domain,
        "identity.company": company,
        "identity.person": person,
        "identity.address": company,
        "identity.institution_claim": person,
        "identity.bics": [company],
        "identity.phones": [f"+{person}"],
        "sender.address": f"{local}@{'gmail.com' if free else domain}",
    }
    policy = with_searches.search_links
    for link in links(with_searches, facts(known)):
        search = policy.templates[link.id]
        plain = search.query % dict.fromkeys(policy_names(search.query), "x") if search.query else ""
        for sign in SIGNS:
            extra = 1 if sign == "+" and "phone_e164" in search.needs else 0
            assert link.query.count(sign) == plain.count(sign) + extra, (sign, link.query)
        assert len(link.query.split()) <= MOST_QUERY_WORDS
        for engine, url in link.twins.items():
            parts = urlsplit(url)
            assert (parts.scheme, parts.netloc, parts.path) == ("https", *ENGINES[engine][:2])
            assert not parts.fragment and url.isascii()
            given_to = parse_qs(parts.query, keep_blank_values=True)
            assert set(given_to) - {"ie", "ensearch"} == {ENGINES[engine][2]}
            assert all(len(values) == 1 for values in given_to.values())
        assert asked(link, "google") == link.query if link.query else link.twins == {}
        if search.url:
            bare = urlsplit(search.url % dict.fromkeys(policy_names(search.url), "x"))
            parts = urlsplit(link.url)
            assert (parts.scheme, parts.netloc) == (bare.scheme, bare.netloc) and link.url.isascii()
            assert parts.path.count("/") == bare.path.count("/"), "a value added a step to the path"
            assert parts.query.count("&") == bare.query.count("&") and bool(parts.fragment) == bool(bare.fragment)
            assert not any(ord(char) < 32 for char in unquote(link.url))


def policy_names(pattern: str) -> list[str]:
    """The names of the values in a pattern."""
    return [part.split(")", 1)[0] for part in pattern.split("%(")[1:]]
