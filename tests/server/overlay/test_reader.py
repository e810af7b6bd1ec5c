"""The company's lists: who matches, what expires, what happens to a broken file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.overlay import reader
from server.overlay.reader import Overlay

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def check_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "RECHECK_S", 0.0)


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(text, "utf-8")
    return tmp_path


BLOCK = "entry,reason,author,added,expires\nevil.example,fake PO,Li Wei,2026-03-01,\nbad@gmail.com,chargeback,,,\n"


@pytest.mark.parametrize(
    ("address", "org", "blocked"),
    [
        ("a@evil.example", "evil.example", "evil.example (block.csv: fake PO, Li Wei, 2026-03-01)"),
        ("A@Mail.Evil.example", "evil.example", "evil.example (block.csv: fake PO, Li Wei, 2026-03-01)"),
        ("bad@gmail.com", "gmail.com", "bad@gmail.com (block.csv: chargeback)"),
        ("good@gmail.com", "gmail.com", ""),
        ("a@notevil.example", "notevil.example", ""),
        ("a@evil.example.net", "example.net", ""),
    ],
)
def test_who_is_blocked(tmp_path: Path, address: str, org: str, blocked: str) -> None:
    assert Overlay(folder(tmp_path, block__csv=BLOCK)).hits(address, org, NOW).blocked == blocked


def test_a_public_suffix_on_the_list_matches_nobody(tmp_path: Path) -> None:
    overlay = Overlay(folder(tmp_path, block__csv="co.uk,everybody\n"))
    assert overlay.hits("a@shop.co.uk", "shop.co.uk", NOW).blocked == ""


def test_a_public_provider_is_refused_as_an_entry(tmp_path: Path) -> None:
    overlay = Overlay(folder(tmp_path, known__csv="gmail.com\nann@gmail.com\n"), frozenset({"gmail.com"}))
    assert overlay.hits("x@gmail.com", "gmail.com", NOW).known == ""
    hits = overlay.hits("ann@gmail.com", "gmail.com", NOW)
    assert (hits.known, hits.known_domains) == ("ann@gmail.com", ())
    assert overlay.problems == ("known.csv: gmail.com is a public mailbox provider; list the full address",)


def test_entries_expire_at_the_end_of_their_day(tmp_path: Path) -> None:
    text = "entry,expires\nold.example,2026-05-31\nlast.example,2026-06-01\n"
    overlay = Overlay(folder(tmp_path, known__csv=text))
    assert overlay.hits("a@old.example", "old.example", NOW).known == ""
    assert overlay.hits("a@last.example", "last.example", NOW).known == "last.example"
    assert overlay.hits("a@x.example", "x.example", NOW).known_domains == ("last.example",)


def test_a_saved_file_counts_and_changes_the_version(tmp_path: Path) -> None:
    overlay = Overlay(folder(tmp_path, block__csv=BLOCK, own_domains__txt="ours.example\n"))
    before = overlay.version
    assert overlay.version == before and overlay.own_domains == ("ours.example",)
    folder(tmp_path, block__csv=BLOCK + "worse.example\n")
    assert overlay.hits("a@worse.example", "worse.example", NOW).blocked
    assert overlay.version != before


def test_an_unreadable_file_keeps_the_last_good_entries(tmp_path: Path) -> None:
    overlay = Overlay(folder(tmp_path, block__csv=BLOCK))
    version = overlay.version
    (tmp_path / "block.csv").write_bytes(b"PK\x03\x04\0\0\0\0 a spreadsheet")
    assert overlay.hits("a@evil.example", "evil.example", NOW).blocked
    assert overlay.version == version
    assert overlay.problems == ("block.csv: not a text file; save it as CSV; the entries read before still count",)
    folder(tmp_path, block__csv=BLOCK)
    os.utime(tmp_path / "block.csv", ns=(1, 1))
    assert overlay.problems == ()


def test_deleting_a_file_empties_the_list(tmp_path: Path) -> None:
    overlay = Overlay(folder(tmp_path, block__csv=BLOCK))
    (tmp_path / "block.csv").unlink()
    assert overlay.hits("a@evil.example", "evil.example", NOW).blocked == ""
    assert overlay.problems == ()


def test_an_empty_folder_is_fine_and_none_is_a_problem(tmp_path: Path) -> None:
    assert Overlay(tmp_path).problems == ()
    assert "is not a folder" in Overlay(tmp_path / "none").problems[0]


def test_the_folder_is_looked_at_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "RECHECK_S", 60.0)
    overlay = Overlay(tmp_path)
    folder(tmp_path, block__csv=BLOCK)
    assert overlay.hits("a@evil.example", "evil.example", NOW).blocked == ""
    overlay.reload()
    assert overlay.hits("a@evil.example", "evil.example", NOW).blocked


def test_known_people_come_with_their_names(tmp_path: Path) -> None:
    lines = "条目,姓名,到期日\nkari@acme.no,Kari Hansen,\nacme.no,,\nold@acme.no,Old Man,2020-01-01\nsales@b.no,,\n"
    hits = Overlay(folder(tmp_path, known__csv=lines)).hits("x@y.com", "y.com", NOW)
    assert hits.known_people == (("kari@acme.no", "Kari Hansen"), ("sales@b.no", ""))


def test_a_list_that_could_never_be_read_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "block.csv").write_bytes(b"PK\0\0")
    assert Overlay(tmp_path).problems == ("block.csv: not a text file; save it as CSV; none of its entries counts",)


def test_wordings_that_are_too_short_are_named_and_a_broken_quote_is_explained(tmp_path: Path) -> None:
    overlay = Overlay(
        folder(tmp_path, forwarders__txt="ab\n# note\n顺丰\nBinhai  Road 5\n", known__csv='a@b.example,"x\n')
    )
    assert overlay.counts()["forwarders.txt"] == 2
    assert overlay.problems == (
        'known.csv:1: a " is opened and not closed in this line, or stands inside a cell',
        "forwarders.txt:1: shorter than 4 letters, it would be found everywhere",
    )


def test_a_folder_that_went_away_empties_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    own.mkdir()
    overlay = Overlay(folder(own, block__csv=BLOCK))
    own.rename(tmp_path / "elsewhere")
    assert overlay.hits("a@evil.example", "evil.example", NOW).blocked
    assert overlay.problems == (f"{own} is not a folder (BACKTONE_OVERLAY); what was read before still counts",)
    (tmp_path / "elsewhere").rename(own)

    def refused(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refused)
    assert overlay.problems and overlay.hits("a@evil.example", "evil.example", NOW).blocked
    monkeypatch.undo()
    (own / "block.csv").unlink()
    os.utime(own, (1, 1))
    overlay.reload()
    assert not overlay.problems and not overlay.hits("a@evil.example", "evil.example", NOW).blocked
