"""Reading mails from paths: which there are, in which order, and what happens to one that is broken."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from server.cli.errors import CommandError
from server.cli.mails import Unreadable, count, mails

EML = b"From: Ann <ann@buyer.example>\r\nSubject: Valves\r\n\r\nDear sales, we need valves.\r\n"


def ids(*paths: Path) -> list[str]:
    return [mail.id for mail in mails(list(paths))]


def write(path: Path, content: bytes = EML) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_folder_gives_its_eml_files_by_path(tmp_path: Path) -> None:
    for name in ("b/2.eml", "b/1.EML", "a.eml", "readme.txt", "labels.csv"):
        write(tmp_path / name)
    assert ids(tmp_path) == ["a.eml", "1.EML", "2.eml"]
    assert count([tmp_path]) == 3


def test_paths_keep_their_order_and_a_named_file_needs_no_ending(tmp_path: Path) -> None:
    assert ids(write(tmp_path / "z"), write(tmp_path / "a.eml")) == ["z", "a.eml"]


def test_a_missing_path_ends_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file or folder"):
        ids(tmp_path / "nowhere")


def test_a_maildir_gives_new_and_cur_but_not_tmp(tmp_path: Path) -> None:
    for name in ("cur/1:2,S", "new/2", "tmp/3", ".Archive/cur/4:2,", ".Archive/new/.keep", "dovecot.index"):
        write(tmp_path / name)
    (tmp_path / ".Archive/new/.keep").unlink()
    assert sorted(ids(tmp_path)) == ["1:2,S", "2", "4:2,"]


def test_an_mbox_is_cut_at_its_from_lines(tmp_path: Path) -> None:
    box = b"From a@b.example Mon\n" + EML + b"\nFrom c@d.example Tue\n" + EML + b">From here on\nFrom the text\n"
    path = write(tmp_path / "inbox", box)
    found = list(mails([path]))
    assert [mail.id for mail in found] == ["inbox:1", "inbox:2"]
    text = found[1].read().text or ""
    assert "From here on" in text and "From the text" in text and ">From" not in text
    assert count([path]) is None


ROW = {
    "id": "corpus/1",
    "sender": "Ann Lee <Ann@Buyer.example>",
    "reply_to": "other@mail.example",
    "subject": "Valves",
    "body": "Dear sales, we need valves.",
    "attachments": ["PO.pdf.html"],
}


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_a_row_becomes_a_message(tmp_path: Path, name: str) -> None:
    text = json.dumps(ROW).encode() + b"\n\n"
    path = write(tmp_path / name, gzip.compress(text) if name.endswith("gz") else text)
    (mail,) = mails([path])
    message = mail.read()
    assert mail.id == "corpus/1"
    assert message.sender and (message.sender.address, message.sender.name) == ("ann@buyer.example", "Ann Lee")
    assert message.reply_to and message.reply_to[0].address == "other@mail.example"
    assert (message.subject, message.text) == ("Valves", "Dear sales, we need valves.")
    assert message.attachments and message.attachments[0].name == "PO.pdf.html"
    assert (message.links, message.recipients, message.headers) == (None, None, None)


def test_an_empty_sender_is_unknown_and_an_empty_reply_to_is_none(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.jsonl", json.dumps(ROW | {"sender": "", "reply_to": ""}).encode())
    (mail,) = mails([path])
    assert mail.read().sender is None
    assert mail.read().reply_to == ()


@pytest.mark.parametrize("line", [b"{", b"[1]", b'{"id": "x", "body": 5}', b'{"id": "x", "attachments": "a"}', b"\xff"])
def test_a_broken_row_spoils_only_itself(tmp_path: Path, line: bytes) -> None:
    path = write(tmp_path / "rows.jsonl", line + b"\n" + json.dumps(ROW).encode())
    bad, good = mails([path])
    with pytest.raises(Unreadable):
        bad.read()
    assert good.read().subject == "Valves"
    assert bad.id in {"x", "rows.jsonl:1"}


def spoilt(packed: bytes) -> bytes:
    return packed[:20] + bytes(20) + packed[40:]


@pytest.mark.parametrize("harm", [lambda packed: packed[:-9], spoilt, lambda _packed: b"no gzip"])
def test_a_broken_gzip_says_so_on_its_line_and_the_rest_goes_on(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    rows = b"\n".join(json.dumps(ROW | {"id": f"c/{number}"}).encode() for number in range(50))
    path = write(tmp_path / "rows.jsonl.gz", harm(gzip.compress(rows)))
    *_, broken, last = mails([path, write(tmp_path / "a.eml")])
    with pytest.raises(Unreadable, match="not readable to its end"):
        broken.read()
    assert (broken.id.partition(":")[0], last.id) == ("rows.jsonl.gz", "a.eml")


def test_a_byte_order_mark_is_no_error_and_a_number_is_an_id(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.jsonl", b"\xef\xbb\xbf" + json.dumps(ROW | {"id": 7}).encode())
    (mail,) = mails([path])
    assert (mail.id, mail.read().subject) == ("7", "Valves")


def test_a_folder_without_permission_is_an_unreadable_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "b/1.eml")
    write(tmp_path / "a.eml")
    scan = os.scandir

    def refuse(path: str) -> object:  # for root no permission is missing
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    good, closed = mails([tmp_path])
    assert good.read().subject == "Valves" and closed.id == "b"
    with pytest.raises(Unreadable):
        closed.read()


def test_a_file_without_permission_is_an_unreadable_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.eml")

    def refuse(*_args: object, **_more: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (mail,) = mails([path])
    with pytest.raises(Unreadable, match="Permission denied"):
        mail.read()
