"""IBANs, BICs, account numbers; the bank's country; another account than in the quote."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from server.evidence.bank import is_iban
from server.evidence.bank_facts import bank_facts
from server.evidence.identity import identity_facts
from server.evidence.lexicon import Lexicon
from server.model import Evidence

Facts = Callable[..., Evidence]
GERMAN = "DE89370400440532013000"
POLISH = "PL61109010140000071219812874"


def supply(mail: Any, evidence: Evidence) -> None:
    identity_facts(mail, evidence)
    bank_facts(mail, evidence)


@pytest.mark.parametrize(
    ("value", "good"),
    [
        (GERMAN, True),
        (POLISH, True),
        ("GB82WEST12345698765432", True),
        ("AE070331234567890123456", True),
        ("NO9386011117947", True),
        ("DE89370400440532013001", False),
        ("DE8937040044053201300", False),
        ("US89370400440532013000", False),
        ("DE８９370400440532013000", False),
        ("", False),
    ],
)
def test_check_digits(value: str, good: bool, lexicon: Lexicon) -> None:
    assert is_iban(value, lexicon.server) is good


@pytest.mark.parametrize(
    "written",
    ["IBAN: DE89 3704 0044 0532 0130 00", "iban DE89370400440532013000.", "bank DE89-3704-0044-0532-0130-00, thanks"],
)
def test_ibans_as_people_write_them(written: str, facts: Facts) -> None:
    found = facts(supply, text=f"Pay to {written}")
    assert found.get("identity.ibans") == [GERMAN]
    assert found.get("identity.bank_country") == "DE"
    assert found.quotes["identity.ibans"][0].text.startswith("DE89")


@pytest.mark.parametrize(
    ("text", "bics"),
    [
        ("Bank details: SWIFT code: BKCHCNBJ", ["BKCHCNBJ"]),
        ("bank, BIC/SWIFT: DEUTDEFF500", ["DEUTDEFF500"]),
        ("开户银行 SWIFT代码：HSBCHKHHHKH", ["HSBCHKHHHKH"]),
        ("our bank asks for a SWIFT RESPONSE", []),
        ("the bank promised a SWIFT answer", []),
        ("bank transfer, PURCHASE ORDER and DELIVERY", []),
    ],
)
def test_bics_need_their_label(text: str, bics: list[str], facts: Facts) -> None:
    assert facts(supply, text=text).get("identity.bics") == bics


@pytest.mark.parametrize(
    ("text", "accounts"),
    [
        ("Bank: ICBC, Account No.: 6222 0213 0401", ["622202130401"]),
        ("A/C No 1234567", ["1234567"]),
        ("银行账号：6222021304012345678", ["6222021304012345678"]),
        ("Banco Galicia, cuenta bancaria: 0123-456789", ["0123456789"]),
        ("расчётный счёт 40702810900000012345 в банке", ["40702810900000012345"]),
        ("IBAN: PL00 1090 1014 0000 0712 1981 2874", ["PL00109010140000071219812874"]),
        ("our account manager: +86 138 0000 1111", []),
        ("account no. 12", []),
        ("微信号 12345678", []),
    ],
)
def test_account_numbers(text: str, accounts: list[str], facts: Facts) -> None:
    assert facts(supply, text=text).get("identity.account_numbers") == accounts


def letter(bank: str, home: str = "Hamburg, Germany") -> str:
    return f"Please remit to\n{bank}\n\nBest regards\nTina Berg\nBlue Wharf GmbH\n{home}"


@pytest.mark.parametrize(
    ("sender", "text", "mismatch"),
    [
        ("t@wharf.com", letter("bank: HSBC, SWIFT: HSBCHKHH"), "HK against DE"),
        ("t@wharf.de", "bank: HSBC, SWIFT: HSBCHKHH", "HK against DE"),
        ("t@wharf.com", letter(f"IBAN {GERMAN}"), ""),
        ("t@wharf.com", letter(f"Intermediary bank: Citi SWIFT: CITIUS33\nbank IBAN {GERMAN}"), ""),
        ("t@wharf.com", letter("bank: HSBC, SWIFT: HSBCHKHH", "Shenzhen, China"), ""),
        ("t@wharf.com", letter("your bank: Citi SWIFT: CITIUS33"), ""),
        ("t@wharf.com", letter("Bank of China, SWIFT: BKCHCNBJ"), ""),
        ("t@wharf.com", "bank: HSBC, SWIFT: HSBCHKHH", ""),
    ],
    ids=["claimed", "cctld", "fits", "go-between", "mainland-firm", "readers-bank", "readers-country", "no-country"],
)
def test_bank_against_company(sender: str, text: str, mismatch: str, facts: Facts) -> None:
    assert facts(supply, sender=f"T <{sender}>", text=text).get("identity.bank_mismatch") == mismatch


QUOTE = f"\n\nOn Monday, Tina <t@wharf.de> wrote:\n> bank details: IBAN: {GERMAN}"


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        (f"New bank: IBAN {POLISH}{QUOTE}", f"{GERMAN} -> {POLISH}"),
        (f"Bank: IBAN {GERMAN}{QUOTE}", ""),
        (f"Bank account no: 0532013000{QUOTE}", ""),
        (f"Bank changed from IBAN {GERMAN} to IBAN {POLISH}?{QUOTE}", ""),
        (f"We pay to your account no. 99887766 at the bank{QUOTE}", ""),
        (f"No bank data here{QUOTE}", ""),
        (f"New bank: IBAN {POLISH}", ""),
    ],
    ids=["other", "same", "national-part", "asks-about-both", "readers-own", "none-new", "none-quoted"],
)
def test_account_of_the_quote(text: str, differs: str, facts: Facts) -> None:
    assert facts(supply, sender="T <t@wharf.de>", text=text).get("thread.bank_differs") == differs


def test_quoted_text_given_apart(facts: Facts) -> None:
    found = facts(supply, text=f"New bank: IBAN {POLISH}", quoted_text=f"bank IBAN {GERMAN}")
    assert found.get("thread.bank_differs") == f"{GERMAN} -> {POLISH}"


def test_without_text_nothing_is_known(facts: Facts) -> None:
    assert facts(supply, sender="T <t@wharf.de>").get("thread.bank_differs") is None


@pytest.mark.parametrize("piece", ["account no: 1 ", "iban DE", "bank DE89 3704 ", "swift ", "bank account:\n"])
def test_hostile_text_stays_cheap(piece: str, facts: Facts) -> None:
    text = piece * (400_000 // len(piece))
    started = time.perf_counter()
    found = facts(bank_facts, text=text, quoted_text=text)
    assert time.perf_counter() - started < 0.5
    assert len(found.get("identity.account_numbers") or []) <= 20  # pyright: ignore[reportArgumentType]
