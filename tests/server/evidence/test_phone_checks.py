"""Kinds of phones, impossible numbers, phone against ccTLD."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.identity import identity_facts
from server.evidence.mail import Mail
from server.evidence.phone_checks import phone_checks
from server.model import Evidence

Facts = Callable[..., Evidence]


def supply(mail: Mail, evidence: Evidence) -> None:
    identity_facts(mail, evidence)
    phone_checks(mail, evidence)


def signed(phone: str, home: str = "") -> str:
    return f"Please quote 500 valves for us.\n\nBest regards\nTina Berg\nBlue Wharf Ltd\n{home}\nTel {phone}"


@pytest.mark.parametrize(
    ("phone", "kinds", "special"),
    [
        ("+44 7031 234567", ["personal"], ["+447031234567 (personal)"]),
        ("+881 6 3123 4567", ["satellite"], ["+881631234567 (satellite)"]),
        ("+49 900 1234567", ["premium"], ["+499001234567 (premium)"]),
        ("+86 139 1234 5678", ["mobile"], []),
        ("+86 138 0013 8000", ["mobile"], []),
        ("0049 30 901820", ["fixed"], []),
        ("+49 30 901820", ["fixed"], []),
        ("+33 9 70 80 11 22", ["voip"], []),
        ("+1 212 555 2368", ["fixed or mobile"], []),
    ],
)
def test_kinds(phone: str, kinds: list[str], special: list[str], facts: Facts) -> None:
    found = facts(supply, text=signed(phone))
    assert found.get("identity.phone_kinds") == kinds
    assert found.get("identity.phone_special") == special
    assert ("identity.phone_special" in found.quotes) is bool(special)


@pytest.mark.parametrize(
    ("phone", "invalid"),
    [
        ("+999 5550 1000", ["+999 5550 1000"]),
        ("+44 20 7946", ["+44 20 7946"]),
        ("+33 1 70 80 11", ["+33 1 70 80 11"]),
        ("+86 571 8765 4321-801", []),
        ("+49 (0)30 901820", []),
        ("+44 20 7946 0018", []),
        ("0571 8765 4321", []),
        ("+234 1 461 0172", []),
        ("+225 07 48 41 22", []),
        ("+56 41 273 021", []),
    ],
)
def test_impossible_numbers(phone: str, invalid: list[str], facts: Facts) -> None:
    assert facts(supply, text=signed(phone)).get("identity.phone_invalid") == invalid


@pytest.mark.parametrize(
    ("sender", "phone", "home", "mismatch", "consistent"),
    [
        ("t@wharf.de", "+234 803 123 4567", "", "NG against DE", False),
        ("t@wharf.de", "+49 30 901820", "Germany", "", True),
        ("t@wharf.de", "+49 30 901820", "", "", False),
        ("t@wharf.kz", "+7 495 123 45 67", "", "", False),
        ("t@wharf.cn", "+852 2345 6789", "", "", False),
        ("t@wharf.co", "+234 803 123 4567", "", "", False),
        ("t@wharf.com", "+234 803 123 4567", "", "", False),
    ],
    ids=["other", "all-agree", "none-claimed", "shared-code", "hong-kong", "generic-cctld", "com"],
)
def test_country(sender: str, phone: str, home: str, mismatch: str, consistent: bool, facts: Facts) -> None:
    found = facts(supply, sender=f"T <{sender}>", text=signed(phone, home))
    assert found.get("identity.phone_tld_mismatch") == mismatch
    assert found.get("identity.phone_consistent") is consistent
