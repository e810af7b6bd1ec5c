"""Lines that are there as a whole or not at all: on a full disk, and from several writers."""

from __future__ import annotations

import resource
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask.testing import FlaskClient

from server.settings import Settings
from server.web.new_tokens import add_token, ensure_tokens
from server.web.tokens import TokensError, read_tokens
from server.web.whole_lines import append_line


@contextmanager
def room_for(size: int) -> Generator[None]:
    """Files may grow to this many bytes: a write beyond is cut short, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [8, 12])
def test_a_line_without_room_leaves_the_file_as_it_was(tmp_path: Path, room: int) -> None:
    path = tmp_path / "lines"
    append_line(path, b"one\n")
    append_line(path, b"two\n")
    with room_for(room), pytest.raises(OSError):
        append_line(path, b"three four\n")
    assert path.read_bytes() == b"one\ntwo\n"
    assert path.stat().st_mode & 0o777 == 0o600


def test_half_a_line_of_before_does_not_swallow_the_next(tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(b'{"by":"an')
    append_line(tmp_path / "lines", b"next\n")
    assert (tmp_path / "lines").read_bytes() == b'{"by":"an\nnext\n'


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    rows = [b"%03d " % number + b"x" * 200 + b"\n" for number in range(200)]
    writers = [Thread(target=lambda part=part: [append_line(path, row) for row in rows[part::4]]) for part in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(path.read_bytes().splitlines(keepends=True)) == rows


def test_a_first_start_on_a_full_disk_can_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "tokens"
    with room_for(20), pytest.raises(TokensError, match="cannot be written"):
        ensure_tokens(path)
    assert not path.exists()
    token = ensure_tokens(path)
    assert read_tokens(path)[token].role == "admin"


def test_a_token_without_room_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    token = ensure_tokens(path)
    before = path.read_bytes()
    with room_for(len(before) + 10), pytest.raises(TokensError, match="Make room on its disk"):
        add_token(path, "ann", "rep")
    with room_for(20), pytest.raises(TokensError, match="cannot be written"):
        add_token(path, "admin", "admin", replace=True)
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["tokens"]
    assert token in read_tokens(path)


def test_an_opinion_without_room_is_not_said_to_be_kept(
    client: FlaskClient, rep: dict[str, str], settings: Settings
) -> None:
    opinion = {"key": "a1", "opinion": "fraud", "reason": "x" * 300}
    client.post("/v1/feedback", json=opinion, headers=rep)
    path = settings.data / "feedback.jsonl"
    before = path.read_bytes()
    with room_for(len(before) + 50):
        answer = client.post("/v1/feedback", json=opinion, headers=rep)
    assert (answer.status_code, (answer.json or {})["error"]["code"]) == (503, "feedback_not_kept")
    assert path.read_bytes() == before
