"""`vet` over real mails and the shipped rules: the three forms, one bad mail among good ones, and no network."""

from __future__ import annotations

import json
import mailbox
import socket
from pathlib import Path
from typing import Any

import pytest

from server.cli.main import main

LETTER = """\
From: "Ann Lee" <ann.lee@gmail.com>
To: sales@ours.example
Subject: Inquiry about valves
Date: Mon, 2 Mar 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

Dear Sir, we are interested in your products. Kindly send your price list and pay the
registration fee of USD 500 to our lawyer today by Western Union before we place the order.
Our company mail server is down, please reply to this gmail only.

Best regards
Ann Lee
"""


@pytest.fixture(autouse=True)
def offline_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine, and a socket that nobody may open."""
    monkeypatch.setenv("BACKTONE_DATA", str(tmp_path / "data"))

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("--offline opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "sendto", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mails = tmp_path / "mails"
    (mails / "sub").mkdir(parents=True)
    (mails / "b.eml").write_text(LETTER)
    (mails / "a.eml").write_text(LETTER.replace("Western Union", "bank transfer"))
    (mails / "sub" / "c.eml").write_text(LETTER)
    return mails


def run(capsys: pytest.CaptureFixture[str], *argv: str, status: int = 0) -> str:
    class App:
        pass

    app: Any = App()
    assert main(["vet", "--offline", *argv], app) == status, capsys.readouterr().err
    return capsys.readouterr().out


def test_json_of_one_mail_is_the_whole_verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verdict = json.loads(run(capsys, "--format", "json", str(folder / "b.eml")))
    assert verdict["id"] == "b.eml"
    points = [row["points"] for row in verdict["reasons"] + verdict["adjustments"]]
    assert sum(points) == verdict["risk"]["score"] > 0
    assert verdict["facts"]["sender"]["address"] == "ann.lee@gmail.com"


def test_json_of_several_is_a_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = json.loads(run(capsys, "--format", "json", str(folder)))
    assert [verdict["id"] for verdict in verdicts] == ["a.eml", "b.eml", "c.eml"]


def test_jsonl_is_one_line_a_mail_and_goes_on_after_a_bad_one(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    good = {
        "id": "r/2",
        "sender": "A <a@b.example>",
        "reply_to": "",
        "subject": "Hi",
        "body": "Hello",
        "attachments": [],
    }
    rows.write_text("{\n" + json.dumps(good) + "\n")
    out = run(capsys, "--format", "jsonl", str(folder), str(rows), status=1)
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in lines] == ["a.eml", "b.eml", "c.eml", "rows.jsonl:1", "r/2"]
    assert set(lines[3]) == {"id", "error"}
    assert set(lines[1]) == {"id", "score", "level", "customer_level", "reasons", "adjustments"}
    assert all(set(reason) == {"id", "points"} for reason in lines[1]["reasons"])
    assert all(set(step) == {"why", "points"} for step in lines[1]["adjustments"])
    assert sum(row["points"] for row in lines[1]["reasons"] + lines[1]["adjustments"]) == lines[1]["score"]


def test_own_domain_makes_a_colleague(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["--format", "json", "--own-domain", "ann.lee@gmail.com", str(folder / "b.eml")]
    assert json.loads(run(capsys, *argv))["facts"]["sender"]["own_domain"] is True


@pytest.mark.parametrize(("lang", "heading"), [("en", "Reasons"), ("zh_CN", "依据")])
def test_text_is_a_report(folder: Path, lang: str, heading: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "--lang", lang, str(folder / "b.eml"))
    assert "b.eml" in out and "/100" in out and heading in out and "ann.lee@gmail.com" in out


def test_an_escape_sequence_in_a_mail_reaches_no_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.eml"
    bad.write_text(LETTER.replace("Western Union", "Western\x1b[2J Union [red]bold[/red]"))
    assert "\x1b" not in run(capsys, str(bad))


def test_summary_counts_and_shows_nothing_of_a_mail(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = mailbox.mbox(tmp_path / "inbox")
    box.add(LETTER.encode())
    box.close()
    maildir = mailbox.Maildir(tmp_path / "maildir")
    maildir.add(LETTER.encode())
    maildir.close()
    paths = [str(tmp_path / "inbox"), str(tmp_path / "maildir"), str(folder)]
    figures = json.loads(run(capsys, "--summary", "--format", "json", *paths))
    assert figures["mails"] == 5 and figures["unreadable"] == 0
    assert sum(row["mails"] for row in figures["levels"].values()) == 5
    assert figures["rules"]
    out = run(capsys, "--summary", *paths)
    assert "5 mails" in out and "ann.lee" not in out and "Western" not in out


def test_nothing_to_vet_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, str(tmp_path), status=2)
    assert run(capsys, "--summary", str(tmp_path), status=2) == ""
    run(capsys, str(tmp_path / "nowhere"), status=2)


def test_accounts_on_file_count_and_wrong_lines_are_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "accounts.csv").write_text("acme-valve.de,DE89370400440532013000\nacme-valve.de,12\n", "utf-8")
    monkeypatch.setenv("BACKTONE_OVERLAY", str(lists))
    letter = LETTER.replace('"Ann Lee" <ann.lee@gmail.com>', "Tina <t@acme-valve.de>")
    letter = letter.replace(
        "Our company mail server", "Our bank: IBAN PL61109010140000071219812874. Our company mail server"
    )
    (folder / "b.eml").write_text(letter)
    args: Any = ["vet", "--offline", "--no-meaning", "--format", "json", str(folder / "b.eml")]
    app: Any = None
    assert main(args, app) == 0
    said = capsys.readouterr()
    assert said.err == "backtone: accounts.csv:2: the account is no account number (5 to 34 letters and digits)\n"
    reasons = {row["id"]: row["detail"] for row in json.loads(said.out)["reasons"]}
    assert "…3000 → PL61109010140000071219812874" in reasons["bank_account_differs"]
