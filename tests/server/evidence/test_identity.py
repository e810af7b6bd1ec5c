"""Company, person, claims, contacts, places: who the writer says he is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.evidence.identity import identity_facts
from server.evidence.lexicon import Lexicon
from server.evidence.person import person_name
from server.model import Evidence

Facts = Callable[..., Evidence]
LETTER = "We need 500 pcs of DN50 valves, please quote.\n\n"


def signed(*lines: str, closing: str = "Best regards") -> str:
    return LETTER + "\n".join([closing, *lines])


@pytest.mark.parametrize(
    ("lines", "company"),
    [
        (("John Smith", "Acme Trading Co., Ltd"), "Acme Trading Co., Ltd"),
        (("Dirk Hollmann", "Hollmann Lichttechnik GmbH & Co. KG, Lüdenscheid"), "Hollmann Lichttechnik GmbH & Co. KG"),
        (("陈国威", "曜恒国际（香港）有限公司"), "曜恒国际（香港）有限公司"),
        (("Иванов", "ООО «Заря-М», Москва"), "ООО «Заря-М»"),
        (("Budi", "PT Maju Jaya"), "PT Maju Jaya"),
        (("Isabel", "Kwanza Hidráulica, Lda"), "Kwanza Hidráulica, Lda"),
        (("Emre", "Karadağ Kumaş San. Tic. A.Ş."), "Karadağ Kumaş San. Tic. A.Ş."),
        (("Imran", "Imran Brothers, Bolton Market, Karachi"), "Imran Brothers"),
        (("John", "Bosch (China) Investment Ltd."), "Bosch (China) Investment Ltd."),
        (("John", "Purchasing Manager"), ""),
        (("Amy", "Haoyu Valve Co., Ltd"), ""),
    ],
)
def test_company_of_the_signature(lines: tuple[str, ...], company: str, facts: Facts) -> None:
    assert facts(identity_facts, sender="A <a@b.com>", text=signed(*lines)).get("identity.company") == company


@pytest.mark.parametrize(
    "text",
    [
        "We trust your company and your factory. Please quote 500 KG per month.",
        "The survey is arranged by Marine Tally Ltd before loading, they send the bill.",
    ],
)
def test_a_company_in_passing_is_not_the_writers(text: str, facts: Facts) -> None:
    assert facts(identity_facts, sender="A <a@b.com>", text=text).get("identity.company") == ""


def test_a_company_introduced_in_the_text_is_the_writers(facts: Facts) -> None:
    text = "Hello, we are Acme Trading LLC in Dubai and buy valves every month.\nPlease quote."
    assert facts(identity_facts, sender="A <a@b.com>", text=text).get("identity.company") == "Acme Trading LLC"


@pytest.mark.parametrize(
    ("company", "host", "inside"),
    [
        ("Acme Trading Ltd", "acme-valves.com", True),
        ("Acme Trading Ltd", "best-trading.com", False),
        ("Kwanza Hidráulica, Lda", "kwanza-hidraulica.co.ao", True),
        ("General Electric Motors Ltd", "gem-ltd.com", True),
        ("曜恒国际有限公司", "yaoheng.com", None),
        ("Acme Trading Ltd", "gmail.com", None),
    ],
)
def test_company_in_domain(company: str, host: str, inside: bool | None, facts: Facts) -> None:
    found = facts(identity_facts, sender=f"A <a@{host}>", text=signed("John", company))
    assert found.get("identity.company_in_domain") is inside
    assert inside is not None or found.unknown["identity.company_in_domain"] == "not_applicable"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("John Smith", "John Smith"),
        ("Mr. John Smith, Purchasing Manager", "John Smith"),
        ("R. Subramaniam, Prop.", "R. Subramaniam"),
        ("Peter van Dalen", "Peter van Dalen"),
        ("陈国威", "陈国威"),
        ("陈建国 主任", "陈建国"),
        ("Кузьмин Андрей, снабжение", "Кузьмин Андрей"),
        ("أبو خالد", "أبو خالد"),
        ("Purchase Manager", ""),
        ("Acme Trading Ltd", ""),
        ("采购部", ""),
        ("Tel 12345", ""),
        ("we are waiting for you", ""),
        ("Dear Amy", ""),
        ("", ""),
    ],
)
def test_person(line: str, name: str, lexicon: Lexicon) -> None:
    assert person_name(line, lexicon) == name


def test_person_falls_back_to_the_display_name(facts: Facts) -> None:
    assert facts(identity_facts, sender="John Smith <a@b.com>", text=LETTER).get("identity.person") == "John Smith"
    assert facts(identity_facts, sender="Acme News <a@acme.com>", text=LETTER).get("identity.person") == ""


CLAIMS = [
    ("Hello, we are Walmart and need your best price.", "Walmart"),
    ("I am the purchasing manager at Siemens in Munich.", "Siemens"),
    ("I write on behalf of Carrefour about a tender.", "Carrefour"),
    ("This is the procurement department of Tesla.", "Tesla"),
    ("我是苹果公司亚太采购中心王经理，请报价。", "Apple"),
    ("我们是沃尔玛采购部，现在招募供应商。", "Walmart"),
    ("Somos Carrefour y buscamos proveedores.", "Carrefour"),
    ("Je suis responsable des achats chez Carrefour.", "Carrefour"),
    ("We supply Walmart and Carrefour for ten years.", ""),
    ("We are Bosch distributors in Kenya.", ""),
    ("We need valves like Bosch or Siemens.", ""),
    ("Please quote Bosch valves, 20 pcs.", ""),
    ("Our customer is Walmart, we are their agent.", ""),
    ("We met on Alibaba and talked on WhatsApp.", ""),
    ("给博世供货多年，请放心。", ""),
    ("Here is our target price for the order.", ""),
    (signed("Laurent Mercier", "Directeur des achats - Carrefour"), "Carrefour"),
    (signed("John", "Walmart Inc."), "Walmart"),
    (signed("John", "Authorised distributor of Bosch"), ""),
    (signed("John", "LinkedIn | Alibaba"), ""),
    (signed("John", "john@walmart.com"), ""),
    (signed("John", "Sent from my Samsung phone"), ""),
]


@pytest.mark.parametrize(("text", "brand"), CLAIMS, ids=lambda value: value[-34:])
def test_brand_claim(text: str, brand: str, facts: Facts) -> None:
    found = facts(identity_facts, sender="A <a@gmail.com>", text=text)
    assert found.get("identity.brand_claim") == brand
    assert bool(found.quotes.get("identity.brand_claim")) is bool(brand)


def test_a_brand_may_claim_to_be_itself(facts: Facts) -> None:
    text = "Hello, we are Walmart and need your best price."
    assert facts(identity_facts, sender="A <a@walmart.com>", text=text).get("identity.brand_claim") == ""


BODIES = [
    ("The Ministry of Rural Water and Infrastructure has the pleasure to inform you.", "Ministry of Rural Water and Infrastructure"),
    ("I am the secretary of the Ministry of Health in Lome.", "Ministry of Health"),
    ("我校（浙东理工大学）新校区需采购窗帘。", "我校（浙东理工大学）"),
    ("We supply hospitals and the University of Leeds.", ""),
    ("We are opposite the General Hospital, near the port.", ""),
    ("We need 200 hospital beds.", ""),
    (signed("Karen Oduya", "Purchasing Services, Harlow Institute of Technology"), "Harlow Institute of Technology"),
    (signed("John", "12 University Road, Leeds"), ""),
    (signed("John", "Kenya Hospital Supplies Ltd"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "body"), BODIES, ids=lambda value: value[-34:])
def test_institution_claim(text: str, body: str, facts: Facts) -> None:
    assert facts(identity_facts, sender="A <a@b.com>", text=text).get("identity.institution_claim") == body


@pytest.mark.parametrize(
    ("sender", "body"),
    [
        ("Ministry of Defence <a@gmail.com>", "Ministry of Defence"),
        ("A <dmp.ministere.equipement@yahoo.fr>", "ministere equipement"),
        ("University Press Ltd <a@b.com>", ""),
    ],
)
def test_institution_in_the_senders_name(sender: str, body: str, facts: Facts) -> None:
    assert facts(identity_facts, sender=sender, text="Please quote.").get("identity.institution_claim") == body


@pytest.mark.parametrize(
    ("lines", "fact", "value"),
    [
        (("John Smith", "john@other.com"), "other_email", "john@other.com"),
        (("John Smith", "sales@other.com"), "other_email", "sales@other.com"),
        (("John Smith", "john@acme.com.cn"), "other_email", ""),
        (("John Smith", "valves-list@lists.org"), "other_email", ""),
        (("John Smith", "john.smith@gmail.com"), "freemail_in_text", "john.smith@gmail.com"),
        (("John Smith", "www.other.com"), "site_differs", "other.com"),
        (("John Smith", "www.acme.com.cn"), "site_differs", ""),
        (("John Smith", "www.facebook.com/acme"), "site_differs", ""),
        (("John Smith", "see www.news.com/article/7"), "site_differs", ""),
        (("John Smith", "Nairobi, Kenya"), "claimed_country", "KE"),
        (("John Smith", "迪拜，阿联酋"), "claimed_country", "AE"),
        (("刘国伟", "柔佛州巴西古当"), "claimed_country", "MY"),
        (("John Smith", "Kowloon, Hong Kong, China"), "claimed_country", "HK"),
        (("John Smith", "Offices in Kenya and Uganda"), "claimed_country", ""),
        (("Jordan Miller", "Leeds"), "claimed_country", ""),
        (("John Smith", "Santa Fe, New Mexico"), "claimed_country", ""),
        (("John Smith", "Leeds, UK", "Tel +44 20 7946 0018"), "phone_mismatch", ""),
        (("John Smith", "Leeds, UK", "Tel +234 803 555 0126"), "phone_mismatch", "NG against GB"),
        (("John Smith", "Leeds, UK", "+86 138 0000 5518", "+44 20 7946 0018"), "phone_mismatch", ""),
        (("John Smith", "Toronto, Canada", "Tel +1 212 555 0147"), "phone_mismatch", ""),
        (("John Smith", "Tel 0092 21 3555 0184"), "phones", ["+922135550184"]),
        (("John Smith", "Tel +92 21 3555 0184"), "phone_countries", ["PK"]),
        (("John Smith", "Acme Ltd", "Tel +44 20 7946 0018", "12 Mill Lane, Leeds"), "complete", True),
        (("John Smith", "Acme Ltd", "Leeds"), "complete", False),
        (("John Smith", "Acme Ltd", "12 Mill Lane, Leeds"), "address", "12 Mill Lane, Leeds"),
        (("陈国威", "青岛市市南区香港中路 8 号"), "address", "青岛市市南区香港中路 8 号"),
        (("John Smith", "Acme Ltd", "Leeds"), "address", ""),
    ],
)  # fmt: skip
def test_contacts_and_places(lines: tuple[str, ...], fact: str, value: Any, facts: Facts) -> None:
    assert facts(identity_facts, sender="A <a@acme.com>", text=signed(*lines)).get(f"identity.{fact}") == value


@pytest.mark.parametrize(("host", "code"), [("acme.de", "DE"), ("acme.co.uk", "GB"), ("acme.com", ""), ("acme.io", "")])
def test_tld_country(host: str, code: str, facts: Facts) -> None:
    assert facts(identity_facts, sender=f"A <a@{host}>").get("identity.tld_country") == code


def test_our_own_addresses_are_left_out(facts: Facts) -> None:
    text = "Dear sales@ours.example, write to me at bob@other.com or see www.ours.example and https://other.com"
    found = facts(identity_facts, sender="A <a@acme.com>", text=text)
    assert found.get("identity.emails") == ["bob@other.com"]
    assert found.get("identity.sites") == ["other.com"]
