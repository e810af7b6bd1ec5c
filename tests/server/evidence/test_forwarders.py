"""A forwarder's warehouse given as the buyer's own address, and the many who use one openly."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from server.evidence.forwarders import forwarder_facts
from server.evidence.identity import identity_facts
from server.evidence.mail import Mail
from server.model import Evidence

Facts = Callable[..., Evidence]
FACT = "identity.forwarder_address"


def supply(mail: Mail, evidence: Evidence) -> None:
    identity_facts(mail, evidence)
    forwarder_facts(mail, evidence, ("88 harbour lane",))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Our company address: Global Cargo LLC, 8400 NW 25th St, Doral FL", "Our company address: Global Cargo LLC"),
        ("Our office address is\nSunway Freight, 12 Dock Road\nLagos", "Sunway Freight, 12 Dock Road"),
        ("My shop address:\nJohn Doe\nSuite MIA-12345\n8400 NW 25th St, Doral FL 33122", "Suite MIA-12345"),
        ("Ship to:\nBrightline Trading\n4283 Express Lane, Sarasota FL 34249", "4283 Express Lane, Sarasota FL 34249"),
        (
            "Delivery address: Brightline Trading, Ste ABC 123456, Newark DE",
            "Delivery address: Brightline Trading, Ste",
        ),
        ("Please send the samples to 88 Harbour Lane, Dover", "Please send the samples to 88 Harbour Lane, Dover"),
        ("我们公司地址：广州白云区机场路88号顺达货运部3楼", "我们公司地址：广州白云区机场路88号顺达货运部3楼"),
        ("收货地址：东莞市虎门镇 集运仓A12345 王先生", "收货地址：东莞市虎门镇 集运仓A12345 王先生"),
        (
            "Nuestra oficina: Express Cargo, 8400 NW 25th St, Miami",
            "Nuestra oficina: Express Cargo, 8400 NW 25th St, Miami",
        ),
    ],
)
def test_an_address_that_is_not_his(text: str, line: str, facts: Facts) -> None:
    found = facts(supply, sender="John <john@brightline.com>", text=f"Dear Amy,\n\n{text}\n\nRegards")
    assert line in text
    shown = str(found.get(FACT))
    assert shown and (
        shown in line or line.startswith(shown[:20]) or shown.startswith(line[-20:]) or line in shown or shown in text
    )
    assert found.quotes[FACT]


@pytest.mark.parametrize(
    "text",
    [
        "Our forwarder in Guangzhou: Sunway Freight, 12 Baiyun Road, suite GZ-12345",
        "Please deliver to our forwarder's warehouse:\nSunway Freight, 12 Baiyun Road",
        "Ship to: Brightline Trading c/o Sunway Freight, Suite MIA-12345, Doral",
        "Consignee: Sunway Freight Ltd, 12 Dock Road (our agent there clears the goods)",
        "Ship to: Sunway Freight Ltd, 12 Dock Road, Felixstowe",  # nobody says that it is his own
        "Our office: Unit 12, Prologis Logistics Park, Dock Road 4, Felixstowe",
        "Our office address: 14 Freight Road, Dallas TX 75201",
        "Our company address: Cargo Village, Building 7, Dubai",
        "Our company address: Suite 1204, 500 Main Street, Dallas",
        "Our office is at Unit B12, 34 Mill Lane, Leeds",
        "We are located at 1400 Smith Street, Suite EB1962, Houston",
        "Our warehouse: XPO Logistics, 12 Dock Road, Leeds",
        "我们公司地址：上海市嘉定区物流园路88号3栋",
        "送到我的货代仓库：广州白云区顺达货运部，唛头A12345",
        "货发到义乌集货仓，电话13800000000",
        "Freight is collect. Our company needs 500 pcs in 2 boxes; cargo ready 12 May",
        "We ship cargo by air freight. Our office will send the address later.",
        "Our office will book the Freight, 20 pcs first, then Cargo, 2 boxes",
        "Our company address: 14 Mill Lane, Leeds, for the cargo, 500 pcs",
        "Ship to: Brightline Ltd, 14 Mill Lane, Leeds, order #PO12345",
    ],
)
def test_who_says_so_or_has_his_own_is_left_alone(text: str, facts: Facts) -> None:
    assert facts(supply, sender="John <john@brightline.com>", text=f"Dear Amy,\n\n{text}\n\nRegards").get(FACT) == ""


@pytest.mark.parametrize(
    "sender", ["Ann <a@sunway-freight.com>", "Sunway Cargo <a@sunway.com>", "Amy <amy@ours.example>"]
)
def test_a_forwarder_and_a_colleague_may(sender: str, facts: Facts) -> None:
    text = "Our office address: Sunway Freight Ltd, 12 Dock Road"
    assert facts(supply, sender=sender, text=text).get(FACT) == ""


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("4283 Express Lane, Sarasota FL", "4283 Express Lane, Sarasota FL"),
        ("8400 NW 25th St, Suite MIA-12345", "8400 NW 25th St, Suite MIA-12345"),
        ("c/o Global Cargo, Suite MIA-12345", ""),
        ("8400 NW 25th St, Suite 123", ""),
    ],
)
def test_the_address_of_a_signature_is_given_as_the_seat(row: str, shown: str, facts: Facts) -> None:
    text = f"Please quote 500 pcs of valve DN50.\n\nBest regards\nJohn Doe\nBrightline Trading LLC\n{row}"
    assert facts(supply, sender="John <john@brightline.com>", text=text).get(FACT) == shown


def test_without_a_text_it_is_unknown(facts: Facts) -> None:
    assert facts(forwarder_facts, sender="John <john@brightline.com>").get(FACT) is None


@pytest.mark.parametrize(
    "piece", ["our office address ", "ship to: cargo 1\n", "suite ab 1234 ", "我们公司地址：", "freight ltd "]
)
def test_hostile_text_stays_cheap(piece: str, facts: Facts) -> None:
    text = piece * (400_000 // len(piece))
    started = time.process_time()
    facts(forwarder_facts, text=text)
    assert time.process_time() - started < 0.5
