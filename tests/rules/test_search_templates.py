"""The link check of search_links.yaml: form of addresses, placeholders, dialects, and the hosts that may stand there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import yaml

from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED, load_rulebook
from server.rulebook.searches import SEARCH_VALUES, placeholders

DATA = yaml.safe_load((SHIPPED / "search_links.yaml").read_text("utf-8"))
TEMPLATES = {row["id"]: row for row in DATA["templates"]}
SITES = {row["id"]: row for row in DATA["sites"]}

HOSTS = {
    "abr.business.gov.au", "ahu.go.id", "annuaire-entreprises.data.gouv.fr", "app.companiesoffice.govt.nz", "ares.gov.cz",
    "bankrot.fedresurs.ru", "brs.go.ke", "cn.bing.com", "crt.sh", "dangkykinhdoanh.gov.vn", "datacvr.virk.dk",
    "datawarehouse.dbd.go.th", "duckduckgo.com", "e-justice.europa.eu", "ec.europa.eu", "egrul.nalog.ru",
    "englishdart.fss.or.kr", "eservices.cipc.co.za", "find-and-update.company-information.service.gov.uk",
    "insolventies.rechtspraak.nl", "ised-isde.canada.ca", "kbopub.economie.fgov.be", "lookup.icann.org", "mc.gov.sa",
    "ner.economy.ae", "neu.insolvenzbekanntmachungen.de", "opencorporates.com", "orc.gov.gh", "pacer.uscourts.gov",
    "panjiva.com", "publishednotices.asic.gov.au", "rdap.org", "sanctionssearch.ofac.treas.gov", "search.cac.gov.ng",
    "search.gleif.org", "services.gst.gov.in", "siem.economia.gob.mx", "solucoes.receita.fazenda.gov.br", "urlscan.io",
    "usr.minjust.gov.ua", "waimao.163.com", "web.archive.org", "whois.chinaz.com", "wyszukiwarka-krs.ms.gov.pl",
    "www.baidu.com", "www.bing.com", "www.bizfile.gov.sg", "www.bodacc.fr", "www.e-services.cr.gov.hk", "www.facebook.com",
    "www.gafi.gov.eg", "www.google.com", "www.handelsregister.de", "www.houjin-bangou.nta.go.jp", "www.importyeti.com",
    "www.kompass.com", "www.kvk.nl", "www.linkedin.com", "www.mca.gov.in", "www.nass.org", "www.opensanctions.org",
    "www.openstreetmap.org", "www.qixin.com", "www.registradores.org", "www.registroimprese.it", "www.rues.org.co",
    "www.sec.gov", "www.sec.gov.ph", "www.ssm-einfo.my", "www.swift.com", "www.tendata.cn", "www.thegazette.co.uk",
    "www.ticaretsicil.gov.tr", "www.virustotal.com", "www.zefix.ch", "yandex.com",
}  # fmt: skip
"""A host that is new here is a host that reps' browsers will open: look at it before you add it."""

FIELD = {
    "company_exact", "company_official", "email_exact", "domain_mentions", "domain_site", "site_person",
    "site_contact", "person_company", "company_linkedin", "person_linkedin", "company_facebook", "person_facebook",
    "company_social", "company_scam", "domain_scam", "email_scam", "phone_exact", "phone_scam", "company_b2b",
    "company_b2b_sites", "company_exhibition", "company_report", "company_import_data", "company_export_data",
    "company_pdf", "company_doc", "company_xls", "company_files", "company_country_registry", "company_litigation",
    "company_review", "address_check", "company_product", "company_trade_partner", "company_association",
    "person_director", "person_scam", "text_fingerprint", "zh_scam",
}  # fmt: skip
"""The templates of the field's reference (35 rows; one of them stands for four file types)."""

LARGEST_BUYERS = {
    "US", "HK", "VN", "JP", "KR", "IN", "RU", "DE", "MY", "NL", "MX", "TH", "SG", "GB", "ID", "AU", "BR", "PH", "AE", "SA",
}  # fmt: skip
"""The twenty largest buyers of Chinese goods (General Administration of Customs, 2024, Taiwan left out)."""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def test_all_templates_of_the_field_are_there() -> None:
    assert set(TEMPLATES) >= FIELD


def test_each_large_buyers_register_is_there() -> None:
    served = {code for row in SITES.values() if row.get("slot") == "register" for code in row["countries"]}
    assert served >= LARGEST_BUYERS


@pytest.mark.parametrize("topic", ["domain", "social", "trade", "sanctions", "maps", "insolvency", "register", "bank"])
def test_special_sites_of_each_kind(topic: str) -> None:
    found = [
        row for row in SITES.values() if row.get("topic", DATA["slots"].get(row.get("slot"), {}).get("topic")) == topic
    ]
    assert found


@pytest.mark.parametrize("address", [*DATA["engines"].values(), *(row["url"] for row in SITES.values())])
def test_addresses(address: str) -> None:
    parts = urlsplit(address)
    assert parts.scheme == "https"
    assert parts.netloc in HOSTS, f"{parts.netloc} is not among HOSTS of this test"
    assert "{" not in parts.netloc and parts.path.startswith("/") and not parts.username
    assert address.isascii() and " " not in address
    bare = re.sub(r"\{[a-z_0-9]+\}", "", address)
    assert not set(bare) & set("{}<>\"'\\^`|")
    assert set(placeholders(address)) - {"query"} <= SEARCH_VALUES


def test_no_host_without_use() -> None:
    used = {urlsplit(row).netloc for row in (*DATA["engines"].values(), *(row["url"] for row in SITES.values()))}
    assert used == HOSTS


@pytest.mark.parametrize("row", TEMPLATES.values(), ids=TEMPLATES)
def test_queries(row: dict[str, str]) -> None:
    for engine in ("query", "bing", "baidu"):
        query = row.get(engine, row["query"].replace(" OR ", " | ") if engine == "baidu" else row["query"])
        assert query.count('"') % 2 == 0 and query.count("(") == query.count(")"), query
        assert set(placeholders(query)) <= SEARCH_VALUES
        assert query == " ".join(query.split())
        assert not re.search(r"(?i)\b(link|cache|info|related):|AROUND\(", query), "dead or unofficial operators"
        assert not re.search(r"(site|filetype): ", query), "an operator takes no space"
    assert len(row["query"].split()) <= 30, "Google reads 32 words; a value has more than one"
    assert bing_terms(row.get("bing", row["query"])) <= 10, "Bing reads ten terms"
    baidu = row.get("baidu", row["query"].replace(" OR ", " | "))
    assert " OR " not in baidu and "-site:" not in baidu and baidu.count("site:") <= 1
    own = re.sub(r"\{[a-z_0-9]+\}", "", baidu)
    assert width(own) <= 36, "Baidu reads 76 half widths: 36 for its words leave room for a value"


def bing_terms(query: str) -> int:
    """Words between operators; a quoted phrase or a placeholder is one."""
    bare = re.sub(r'"[^"]*"', "x", query)
    return sum(word not in ("OR", "|") for word in bare.replace("(", " ").replace(")", " ").split())


def width(text: str) -> int:
    """Half widths: Chinese characters count two."""
    return sum(2 if char >= "\u1100" else 1 for char in text)


def test_what_makes_a_search_of_one_mail(book: Rulebook) -> None:
    for search in book.search_links.templates.values():
        assert search.needs or search.countries or not search.rest, f"{search.id} would stand under every mail"


def test_every_profile_can_fill_the_first_screen(book: Rulebook) -> None:
    """Six searches need no more than an address, whatever the situation."""
    policy = book.search_links
    assert 6 <= policy.show <= 8
    for profile in policy.profiles:
        alone = [row for row in policy.sequence(profile, "") if row.needs <= {"email"}]
        if profile.id != "imitates_us":
            assert len(alone) >= 6, profile.id
    assert policy.profiles[-1].when.text == "true"


def test_the_browser_gets_engines_only(book: Rulebook) -> None:
    """The rest is the server's: the file of rules that a browser loads has a size to keep."""
    import json

    assert set(json.loads(book.json_bytes)["search_links"]) == {"show", "engines", "default_engine"}
