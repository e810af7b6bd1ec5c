"""The tokens file: made at the first start, refused where others can read it, read again when it changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from server.web import tokens as module
from server.web.new_tokens import add_person, add_token, ensure_tokens
from server.web.tokens import Tokens, TokensError, read_tokens

TOKEN = "a-token-of-twenty-or-more-characters"


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_first_start_makes_one_admin(tmp_path: Path) -> None:
    path = tmp_path / "new" / "tokens"
    token = ensure_tokens(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_tokens(path)[token].role == "admin"
    assert ensure_tokens(path) == token


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "tokens", f"ann:rep:{TOKEN}\n", 0o644)
    with pytest.raises(TokensError, match=r"mode 644.*chmod 600"):
        read_tokens(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no token"),
        ("# only a comment\n", "no token"),
        ("ann\n", ":1: write name:role:token"),
        (f"ann:rep:{TOKEN}\nbob:boss:{TOKEN}x\n", ":2: the role is rep or admin"),
        ("ann:rep:short\n", "could be guessed"),
        (f"ann:rep:{TOKEN}\nbob:rep:{TOKEN}\n", ":2: the same token"),
    ],
)
def test_bad_files_say_where(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(TokensError, match=words) as caught:
        read_tokens(written(tmp_path / "tokens", text))
    assert TOKEN not in caught.value.message


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(TokensError, match="cannot be read.*start the server again: it makes a new one"):
        read_tokens(tmp_path / "none")
    with pytest.raises(TokensError, match="Set BACKTONE_TOKENS_FILE to a file"):
        read_tokens(tmp_path)


@pytest.mark.parametrize("name", ["", "a:b", "a\nb", "#a"])
def test_names_that_would_break_the_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(TokensError):
        add_token(tmp_path / "tokens", name, "rep")


def test_a_token_is_appended_after_a_line_without_end(tmp_path: Path) -> None:
    path = written(tmp_path / "tokens", f"王:rep:{TOKEN}")
    token = add_token(path, "李伟", "admin")
    people = read_tokens(path)
    assert (people[TOKEN].name, people[token].name) == ("王", "李伟")


def test_a_name_that_has_a_token_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    path = written(tmp_path / "tokens", f"# ours\nann:rep:{TOKEN}\n")
    with pytest.raises(TokensError, match=r"ann has a token already \(.*tokens:2\).*--replace") as caught:
        add_token(path, " ann ", "admin")
    assert TOKEN not in caught.value.message
    assert path.read_text("utf-8") == f"# ours\nann:rep:{TOKEN}\n"
    other = add_token(path, "Ann", "rep")
    assert read_tokens(path)[other].name == "Ann"


def test_a_token_is_replaced_in_its_place(tmp_path: Path) -> None:
    path = written(tmp_path / "tokens", f"# ours\nann:rep:{TOKEN}\nbob:rep:{TOKEN}-b\nann:rep:{TOKEN}-2\n")
    token = add_token(path, "ann", "admin", replace=True)
    assert path.read_text("utf-8") == f"# ours\nann:admin:{token}\nbob:rep:{TOKEN}-b\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(file.name for file in tmp_path.iterdir()) == ["tokens"]


def test_a_rep_added_before_the_first_start_is_not_without_an_admin(tmp_path: Path) -> None:
    for number, (name, role) in enumerate([("Li Wei", "rep"), ("boss", "admin"), ("admin", "rep")]):
        path = tmp_path / str(number) / "tokens"
        token = add_person(path, name, role)  # type: ignore[arg-type]
        people = read_tokens(path)
        assert people[token].name == name
        assert len(people) == (2 if name == "Li Wei" else 1)
        add_person(path, "bob", "rep")
        assert len(read_tokens(path)) == len(people) + 1


def test_a_token_is_not_put_behind_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_bytes(b"\xff\xfe")
    with pytest.raises(TokensError, match="not UTF-8"):
        add_token(tmp_path / "tokens", "ann", "rep")


def test_what_root_writes_belongs_to_the_user_of_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, int, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda path, *ids, follow_symlinks: given.append((Path(path).name, *ids)))
    add_token(tmp_path / "tokens", "ann", "rep")
    add_token(tmp_path / "tokens", "bob", "rep")
    add_token(tmp_path / "tokens", "ann", "rep", replace=True)
    owner = tmp_path.stat()
    assert given == [(name, owner.st_uid, owner.st_gid) for name in ("tokens", ".tokens.new")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_another_user_is_said(tmp_path: Path) -> None:
    for mode in (0o500, 0o000):
        tmp_path.chmod(mode)
        with pytest.raises(
            TokensError, match=r"tokens cannot be written \(Permission denied\)\. Let the server's user"
        ):
            ensure_tokens(tmp_path / "tokens")
    tmp_path.chmod(0o700)


def test_a_device_is_no_tokens_file() -> None:
    with pytest.raises(TokensError, match="/dev/null is not a file"):
        read_tokens(Path("/dev/null"))


def test_changes_count_without_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "RECHECK_S", 0.0)
    path = written(tmp_path / "tokens", f"ann:rep:{TOKEN}\n")
    tokens = Tokens(path)
    assert tokens.find(TOKEN) is not None
    written(path, f"bob:rep:{TOKEN}-of-bob\n")
    os.utime(path, ns=(1, 1))
    assert tokens.find(TOKEN) is None
    assert tokens.find(f"{TOKEN}-of-bob") is not None
    written(path, "broken\n")
    assert tokens.find(f"{TOKEN}-of-bob") is not None
    assert tokens.problem and "still count" in tokens.problem
    assert len(caplog.messages) == 1 and "tokens:1: write name:role:token" in caplog.messages[0]
