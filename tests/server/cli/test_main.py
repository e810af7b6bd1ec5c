"""The command line's door: wrong use, wrong settings, tokens and rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from server.__main__ import App as RealApp
from server.cli.errors import CommandError
from server.cli.main import main


class App:
    """A web side that only remembers."""

    def __init__(self) -> None:
        self.added: list[tuple[Path, str, str]] = []

    def create(self, settings: Any, failed: Any, ready: Any) -> Any:
        raise CommandError("not asked for here")

    def ensure_tokens(self, path: Path) -> str:
        raise CommandError(f"{path} can be read by others")

    def add_token(self, path: Path, name: str, role: str, *, replace: bool) -> str:
        self.added.append((path, name, f"{role} anew" if replace else role))
        return "the-new-token"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BACKTONE_DATA", str(tmp_path))


OWN = ["vet", "x", "--own-domain", "no domain"]


@pytest.mark.parametrize("argv", [[], ["fly"], ["vet"], ["vet", "x", "--lang", "de"], ["rule"], ["token", "add"], OWN])
def test_wrong_use_is_status_2_with_the_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(argv, App())
    assert end.value.code == 2
    assert "usage: python -m server" in capsys.readouterr().err


def test_a_wrong_setting_is_one_line_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BACKTONE_LISTN", "1")
    assert main(["serve"], App()) == 2
    assert capsys.readouterr().err == "backtone: BACKTONE_LISTN: no such setting, did you mean BACKTONE_LISTEN?\n"


def test_serve_says_what_is_wrong_with_the_tokens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve"], App()) == 2
    assert capsys.readouterr().err == f"backtone: {tmp_path}/tokens can be read by others\n"


@pytest.mark.parametrize(("more", "role"), [([], "rep"), (["--role", "admin"], "admin"), (["--replace"], "rep anew")])
def test_token_add(more: list[str], role: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = App()
    assert main(["token", "add", "Li Wei", *more], app) == 0
    assert app.added == [(tmp_path / "tokens", "Li Wei", role)]
    said = capsys.readouterr()
    assert said.out == "the-new-token\n"
    assert f"written to {tmp_path / 'tokens'}" in said.err, "another folder than the server's would never count"


def test_rule_new_refuses_a_wrong_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "new", "nowhere/Some Rule"], App()) == 2
    assert "is not group/id" in capsys.readouterr().err


def test_rulebook_out_writes_what_the_extension_reads(tmp_path: Path) -> None:
    import orjson

    assert main(["rulebook", "--out", str(tmp_path / "deep" / "rulebook.json")], App()) == 0
    book = orjson.loads((tmp_path / "deep" / "rulebook.json").read_bytes())
    assert book["rules"] and book["version"]


def test_a_broken_own_rule_is_named_by_file_and_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own" / "rules" / "content" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("id: mine\ngroup: content\nweigth: strong\n")
    monkeypatch.setenv("BACKTONE_OVERLAY", str(tmp_path / "own"))
    assert main(["rulebook", "--check"], App()) == 1
    assert "mine.yaml:" in capsys.readouterr().err


def test_check_names_wrong_lines_of_the_lists_and_folders_without_rights(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "known.csv").write_text("entry\ngmail.com\n")
    monkeypatch.setenv("BACKTONE_OVERLAY", str(tmp_path))
    assert main(["rulebook", "--check"], App()) == 0
    assert "backtone: known.csv: gmail.com is a public mailbox provider" in capsys.readouterr().err
    monkeypatch.setattr("server.overlay.folder.closed", lambda folder: [f"{folder}/rules cannot be read"])
    assert main(["rulebook"], App()) == 2
    assert capsys.readouterr().err == f"backtone: {tmp_path}/rules cannot be read\n"


def test_a_data_folder_that_cannot_be_made_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for call in (RealApp().ensure_tokens, lambda path: RealApp().add_token(path, "Li Wei", "rep", replace=False)):
        with pytest.raises(CommandError, match=r"file/tokens cannot be written .* BACKTONE_DATA"):
            call(tmp_path / "file" / "tokens")
