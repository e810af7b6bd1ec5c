"""Facts of the sender's site. What a visit could not see stays unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.evidence.mail import Mail
from server.evidence.site import SITE_FACTS, site_facts
from server.lookups.answer import Answer, Certificate, Found, NotFound, Site, Unknown
from server.model import Evidence

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ReadMail = Callable[..., Mail]
FILLER = "We make and sell cordless drills, saws and grinders for dealers all over northern Europe. " * 8
GOOD = Site(
    "https://www.acme.com/",
    200,
    read=True,
    title="Acme Tools",
    language="en",
    text=f"Cordless tools since 1974\n{FILLER}\n© 2026 Acme Tools GmbH, Hamburg",
    mails=("kari@acme.com",),
    contact_page="https://www.acme.com/contact",
    certificate=Certificate(date(2026, 1, 1), date(2026, 12, 2)),
)


def of(mail: ReadMail, site: Site | Answer[Any] | None, company: str = "", servers: tuple[str, ...] = ()) -> Evidence:
    evidence = Evidence()
    evidence.put("identity.company", company)
    answer = Found(site, "site:acme.com", NOW, 60.0) if isinstance(site, Site) else site
    site_facts(mail(sender="Kari <kari@acme.com>"), evidence, answer, servers, NOW.date())
    return evidence


def page(text: str, **more: Any) -> Site:
    return Site(
        more.pop("url", "https://acme.com/"), more.pop("status", 200), more.pop("read", True), text=text, **more
    )


def test_a_site_in_use(mail: ReadMail) -> None:
    evidence = of(mail, GOOD, "Acme Tools GmbH")
    assert evidence.known["site"] == {
        "url": "https://www.acme.com/",
        "status": 200,
        "exists": True,
        "title": "Acme Tools",
        "language": "en",
        "leads_to": "",
        "leads_to_brand": "",
        "parked": "",
        "blank": "",
        "companies": ["Acme Tools GmbH"],
        "names_company": True,
        "emails": ["kari@acme.com"],
        "names_sender": True,
        "contact_page": "https://www.acme.com/contact",
    }
    assert evidence.known["tls"] == {"since": "2026-01-01", "until": "2026-12-02", "days_left": 10, "problem": ""}


@pytest.mark.parametrize(
    ("site", "fact", "value"),
    [
        (page("This domain is for sale! Make an offer."), "parked", "this domain is for sale"),
        (page("Buy\nthis   domain"), "parked", "buy this domain"),
        (page("该域名正在出售，请联系"), "parked", "该域名正在出售"),
        (page(FILLER * 3 + "We buy this domain and others."), "parked", ""),
        (page("", links=("www.sedo.com",)), "parked", "www.sedo.com"),
        (page(FILLER * 3, links=("www.sedo.com",)), "parked", ""),
        (page("", url="https://www.hugedomains.com/domain_profile.cfm?d=acme"), "parked", "www.hugedomains.com"),
        (page("", title="Coming Soon"), "blank", "coming soon"),
        (page("", title="Welcome to nginx!"), "blank", "welcome to nginx"),
        (page("恭喜, 站点创建成功！"), "blank", "站点创建成功"),
        (page("Valves and fittings"), "blank", ""),
        (page("x", status=404), "exists", False),
        (page("x", status=500, read=False), "exists", None),
        (page("x", status=403, read=False), "parked", None),
        (page("x", url="https://www.other.net/"), "leads_to", "other.net"),
        (page("x", url="https://acme.de/"), "leads_to", ""),
        (page("x", url="https://shop.acme.com/en"), "leads_to", ""),
        (page("x", url="https://www.siemens.com/"), "leads_to_brand", "Siemens"),
        (page("x"), "leads_to_brand", ""),
    ],
)  # fmt: skip
def test_what_a_page_shows(site: Site, fact: str, value: Any, mail: ReadMail) -> None:
    assert of(mail, site).get(f"site.{fact}") == value


@pytest.mark.parametrize(
    ("company", "text", "named"),
    [
        ("Acme Tools GmbH", GOOD.text, True),
        ("ACME-Tools", GOOD.text, True),
        ("Borealis Import SARL", GOOD.text, False),
        ("Borealis Import SARL", "Short page.", None),
        ("Borealis Import SARL", "Инструменты для дилеров в Северной Европе. " * 20, None),
        ("Bor ealis Import", FILLER + "borealis", True),
        ("北极进口有限公司", FILLER + "北极进口有限公司", True),
        ("北极进口有限公司", FILLER, None),
        ("Hidráulica Peña", FILLER + "hidraulica", True),
        ("", GOOD.text, None),
    ],
)
def test_whether_the_site_names_the_company(company: str, text: str, named: bool | None, mail: ReadMail) -> None:
    evidence = of(mail, page(text), company)
    assert evidence.get("site.names_company") is named
    if named is None:
        assert evidence.unknown["site.names_company"] == "not_applicable"


@pytest.mark.parametrize(
    ("answer", "why"),
    [(Unknown("off", "x", NOW), "off"), (Unknown("timed_out", "x", NOW), "timed_out"), (None, "pending")],
)
def test_without_a_visit_nothing_is_known(answer: Answer[Any] | None, why: str, mail: ReadMail) -> None:
    evidence = of(mail, answer)
    assert evidence.unknown == dict.fromkeys(SITE_FACTS, why) and "site" not in evidence.known


def test_no_address_is_no_site_and_says_no_more(mail: ReadMail) -> None:
    evidence = of(mail, NotFound("dns", NOW, 60.0))
    assert evidence.known["site"] == {"exists": False}


def test_a_parking_services_name_server_shows_it_without_a_visit(mail: ReadMail) -> None:
    evidence = of(mail, Unknown("off", "x", NOW), servers=("ns1.sedoparking.com",))
    assert evidence.known["site"] == {"parked": "ns1.sedoparking.com"}
    assert of(mail, Unknown("off", "x", NOW), servers=("ns1.h.net",)).get("site.parked") is None


def test_a_bad_certificate_has_no_dates(mail: ReadMail) -> None:
    evidence = of(mail, page("x", certificate=Certificate(problem="expired")))
    assert evidence.known["tls"] == {"problem": "expired"}
    assert of(mail, page("x")).unknown["tls.problem"] == "not_published"
