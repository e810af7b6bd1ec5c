"""`python -m server account`: hashes for accounts.csv."""

from __future__ import annotations

import io
from typing import Any

import pytest

from server.cli.accounts import print_cells
from server.cli.main import main
from server.overlay.accounts import read_accounts


def test_what_is_printed_fits_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_cells(["DE89 3704 0044 0532 0130 00\n", "\n"]) == 0
    line = capsys.readouterr().out.strip()
    rows, problems = read_accounts("accounts.csv", f"domain,account,ending\nacme.de,{line}\n")
    assert not problems and rows[0].account.ending == "3000"


def test_what_is_no_number_is_said_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_cells(["DE89370400440532013001\n"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "line 1" in said.err and "DE89" not in said.err


def test_the_command_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("12345678\n"))
    app: Any = None
    assert main(["account"], app) == 0
    said = capsys.readouterr().out
    assert said.startswith("sha256:") and said.endswith(",5678\n") and "12345678" not in said
