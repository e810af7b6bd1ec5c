"""An account in the mail against those on file for the counterpart."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from server.evidence.collect import collect
from server.model import Account, Address, Evidence, ListHits, Message, Verdict
from server.overlay.accounts import digest_of
from server.overlay.reader import Overlay
from server.rulebook.book import Rulebook
from server.rulebook.load import load_rulebook
from server.vetting import Vetting

NOW = datetime(2026, 11, 22, tzinfo=UTC)
GERMAN, POLISH = "DE89370400440532013000", "PL61109010140000071219812874"
PLAIN = {"acme-valve.de": (Account(GERMAN, "", "3000"), Account("7788990011", "", "0011"))}
HASHED = {"acme-valve.de": (Account("", digest_of(GERMAN), "3000"),)}
OWN = {"ours.example": (Account("622202130401", "", "0401"),)}
FACT = "lists.account_differs"
NEW = f"acme-valve.de …3000, …0011 -> {POLISH}"
NEW_HASHED = f"acme-valve.de …3000 -> {POLISH}"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


Collect = Callable[..., Evidence]


@pytest.fixture(scope="module")
def of(book: Rulebook) -> Collect:
    def run(sender: str, text: str | None, accounts: Any = PLAIN, reply_to: str = "", person: str = "") -> Evidence:
        replies = (Address(reply_to),) if reply_to else ()
        message = Message(sender=Address(sender, person), text=text, reply_to=replies, subject="Invoice")
        people = (("tina.berg@acme-valve.de", ""),)
        hits = ListHits(accounts=accounts, known_people=people)
        return collect(message, book, own=("ours.example",), lists=hits, now=NOW)

    return run


HERE = "t@acme-valve.de"
QUOTE = "\n\nOn Monday, Tina <t@acme-valve.de> wrote:\n> as agreed"


@pytest.mark.parametrize(
    ("sender", "text", "value"),
    [
        (HERE, f"Please remit to our bank, IBAN {POLISH}", NEW),
        ("t@mail.acme-valve.de", f"Please remit to our bank, IBAN {POLISH}", NEW),
        (HERE, "Please remit to our bank, IBAN DE89 3704 0044 0532 0130 00", ""),
        (HERE, "Our bank account no: 0532013000", ""),
        (HERE, "Our bank, USD account no: 77 8899 0011", ""),
        (HERE, "Our bank, account no: 55667788", "acme-valve.de …3000, …0011 -> 55667788"),
        (HERE, f"Not to IBAN {GERMAN} any more but to our bank, IBAN {POLISH}", NEW),
        (HERE, "Our DHL account no. is 962345678. The bank will remit tomorrow.", ""),
        (HERE, "We paid to your account no. 99887766 at the bank", ""),
        (HERE, "When will the goods be ready?", ""),
        (HERE, f"When?\n\nOn Monday, Tina <t@acme-valve.de> wrote:\n> bank IBAN {POLISH}", ""),
        ("t@acme-va1ve.de", f"Please remit to our bank, IBAN {POLISH}", NEW),
        ("t@acme-va1ve.de", f"Please remit to our bank, IBAN {GERMAN}", ""),
        ("tina@paydesk.com", f"Please remit to our bank, IBAN {POLISH}{QUOTE}", NEW),
        ("tina@gmail.com", f"Bank IBAN {POLISH}\n\nBest regards\nTina Berg\nwww.acme-valve.de", NEW),
        ("other@firm.com", f"Please remit to our bank, IBAN {POLISH}", None),
        ("boss@ours.example", f"Please remit to IBAN {POLISH} at the bank{QUOTE}", None),
        (HERE, None, None),
    ],
)
def test_who_is_measured_by_which_accounts(of: Collect, sender: str, text: str | None, value: str | None) -> None:
    assert of(sender, text).get(FACT) == value


def test_reply_to_and_a_known_persons_name_lead_to_the_counterpart(of: Collect) -> None:
    text = f"Please remit to our bank, IBAN {POLISH}"
    assert of("x@firm.com", text, reply_to=HERE).get(FACT) == NEW
    assert of("x@firm.com", text, person="Tina Berg").get(FACT) == NEW


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"Please remit to our bank, IBAN {POLISH}", NEW_HASHED),
        (f"Please remit to our bank, IBAN {GERMAN}", ""),
        ("Our bank account no: 0532013000", ""),
        ("Our bank account no: 0532019999", "acme-valve.de …3000 -> 0532019999"),
    ],
)
def test_hashes_do_as_well(of: Collect, text: str, value: str) -> None:
    assert of(HERE, text, HASHED).get(FACT) == value


def test_the_hash_of_a_national_number_is_found_in_an_iban(of: Collect) -> None:
    kept = {"acme-valve.de": (Account("", digest_of("0532013000")),)}
    assert of(HERE, f"Please remit to our bank, IBAN {GERMAN}", kept).get(FACT) == ""


def test_our_own_account_quoted_back_is_no_sign(of: Collect) -> None:
    text = "We have remitted to bank ICBC, account no: 6222 0213 0401"
    assert of(HERE, text).get(FACT) == "acme-valve.de …3000, …0011 -> 622202130401"
    assert of(HERE, text, PLAIN | OWN).get(FACT) == ""


def test_the_place_in_the_mail_is_quoted(of: Collect) -> None:
    assert of(HERE, f"Our bank: IBAN {POLISH}").quotes[FACT][0].text == POLISH


def test_without_a_file_it_is_unknown_and_no_gap(of: Collect) -> None:
    found = of(HERE, f"Our bank: IBAN {POLISH}", {})
    assert found.get(FACT) is None and found.unknown[FACT] == "not_applicable"


def verdict(book: Rulebook, folder: Path, sender: str, text: str) -> Verdict:
    overlay = Overlay(folder, book.tables["free_providers"])
    mail = Message(sender=Address(sender, "Tina Berg"), subject="Invoice 77", text=text, reply_to=())
    return Vetting(book, None, overlay, ("ours.example",)).vet(mail, lang="en", max_wait_ms=0, now=NOW)


def test_a_known_counterpart_does_not_damp_it_and_an_imitation_is_critical(book: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "known.csv").write_text("acme-valve.de,good customer\n", "utf-8")
    (tmp_path / "accounts.csv").write_text(f"acme-valve.de,{GERMAN}\n", "utf-8")
    text = f"Dear Amy, please pay invoice 77 to our bank, IBAN {POLISH}. Best regards, Tina Berg"
    known = verdict(book, tmp_path, "t@acme-valve.de", text)
    row = next(reason for reason in known.reasons if reason.id == "bank_account_differs")
    assert row.points == 25 and "…3000" in row.detail and POLISH in row.detail and GERMAN not in row.detail
    assert known.risk.score >= 25 and known.risk.level != "low"
    false = verdict(book, tmp_path, "t@acme-va1ve.de", text)
    assert {"bank_account_differs", "combo_bec"} <= {reason.id for reason in false.reasons}
    assert false.risk.level == "critical"


def test_many_numbers_and_accounts_stay_cheap(of: Collect) -> None:
    kept = {f"firm{number}.com": (Account("", digest_of(str(number))),) for number in range(20_000)}
    text = "bank account no: 12345678901234567890123456789012 " * 5_000
    started = time.process_time()
    of(HERE, text, kept | PLAIN)
    assert time.process_time() - started < 3.0
