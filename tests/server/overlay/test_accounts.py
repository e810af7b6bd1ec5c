"""accounts.csv: numbers as people write them, hashes instead of them, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from server.model import Account
from server.overlay import reader
from server.overlay.accounts import digest_of, hashed, plain_number, read_accounts
from server.overlay.reader import Overlay

GERMAN = "DE89370400440532013000"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def check_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "RECHECK_S", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "domain,account,holder,note,author,expires\nAcme.de,DE89 3704 0044 0532 0130 00,Acme GmbH,EUR,李伟,2027-03-31\n",
        "acme.de;iban de89-3704-0044-0532-0130-00;Acme GmbH;EUR;李伟;2027/3/31",
        "域名\t户名\t银行账号\t到期日\t备注\t登记人\nacme.de\tAcme GmbH\tIBAN: DE89.3704.0044.0532.0130.00\t2027.3.31\tEUR\t李伟\n",
    ],
    ids=["plain", "no header, semicolons", "tabs and Chinese names"],
)
def test_one_account_in_many_forms(text: str) -> None:
    rows, problems = read_accounts("accounts.csv", text)
    assert problems == []
    row = rows[0]
    assert (row.domain, row.account, row.holder, row.note, row.author, row.expires) == (
        "acme.de", Account(GERMAN, "", "3000"), "Acme GmbH", "EUR", "李伟", date(2027, 3, 31),
    )  # fmt: skip


def test_a_hash_stands_for_the_number() -> None:
    cells = hashed("DE89 3704 0044 0532 0130 00")
    rows, problems = read_accounts("accounts.csv", f"domain,account,ending\nacme.de,{cells}\n")
    assert problems == [] and rows[0].account == Account("", digest_of(GERMAN), "3000")
    assert GERMAN not in cells


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("6.22202E+18", "rounded by the spreadsheet"),
        ("1234", "no account number"),
        ("", "no account number"),
        ("x" * 40, "no account number"),
        ("DE89370400440532013001", "check digits are wrong"),
        ("sha256:abc", "64 digits"),
    ],
)
def test_bad_lines_are_named_without_the_number(raw: str, why: str) -> None:
    rows, problems = read_accounts("accounts.csv", f"domain,account\nacme.de,{raw}\ngood.de,12345678\n")
    assert [row.domain for row in rows] == ["good.de"]
    assert len(problems) == 1 and problems[0].startswith("accounts.csv:2: ") and why in problems[0]
    assert len(raw) < 10 or raw not in problems[0]


def test_zeros_and_excels_mark_of_text() -> None:
    assert plain_number("'0012-3456 78") == "0012345678"


def test_accounts_count_expire_and_change_the_version(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("domain,account,expires\nacme.de,12345678,\nacme.de,87654321,2026-05-31\n", "utf-8")
    overlay = Overlay(tmp_path)
    assert overlay.hits("a@x.de", "x.de", NOW).accounts == {"acme.de": (Account("12345678", "", "5678"),)}
    assert overlay.counts()["accounts.csv"] == 2
    before = overlay.version
    path.write_text("domain,account\nacme.de,12345678\nb.de,99999999\n", "utf-8")
    assert overlay.version != before
    assert set(overlay.hits("a@x.de", "x.de", NOW).accounts) == {"acme.de", "b.de"}
    path.unlink()
    assert overlay.hits("a@x.de", "x.de", NOW).accounts == {}


def test_an_unreadable_file_keeps_the_accounts_read_before(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("acme.de,12345678\n", "utf-8")
    overlay = Overlay(tmp_path)
    path.write_bytes(b"PK\x03\x04\0\0")
    assert overlay.hits("a@x.de", "x.de", NOW).accounts
    assert overlay.problems == ("accounts.csv: not a text file; save it as CSV; the entries read before still count",)


def test_a_public_provider_needs_the_whole_address(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("gmail.com,12345678\nann@gmail.com,12345678\n", "utf-8")
    overlay = Overlay(tmp_path, frozenset({"gmail.com"}))
    assert set(overlay.hits("a@x.de", "x.de", NOW).accounts) == {"ann@gmail.com"}
    assert overlay.problems == ("accounts.csv: gmail.com is a public mailbox provider; list the full address",)
