"""Mails from paths: .eml files, folders, mbox, Maildir, and lines of JSON. One at a time, none kept."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from server.cli.errors import CommandError
from server.model import Message

LINE_LIMIT = 25 * 1024 * 1024
"""Bytes of one line of JSON, the same as of one mail."""


class Unreadable(Exception):
    """This mail cannot be read; the others can."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that `read` reads when asked, so that one bad mail spoils only its own line. `read` raises Unreadable."""

    id: str
    read: Callable[[], Message]


def count(paths: list[Path]) -> int | None:
    """How many mails lie there, or None where that would need reading a whole file."""
    if any(path.is_file() and (_is_lines(path) or _is_mbox(path)) for path in paths):
        return None
    return sum(len(_files(path)) for path in paths)


def mails(paths: list[Path]) -> Iterator[Mail]:
    """All mails of the paths, in the order given, folders by path. Raises CommandError on a path that is not there."""
    for path in paths:
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise CommandError(f"{path}: no such file or folder") from None
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
    for path in paths:
        if path.is_file() and _is_lines(path):
            yield from _lines(path)
        elif path.is_file() and _is_mbox(path):
            yield from _mbox(path)
        else:
            for file in _files(path):
                yield Mail(_printable(file.name), lambda file=file: _read_file(file))


def _is_lines(path: Path) -> bool:
    return path.name.lower().endswith((".jsonl", ".jsonl.gz"))


def _is_mbox(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(5) == b"From "
    except OSError:  # reading it as a mail says why
        return False


def _files(path: Path) -> list[Path]:
    """The mail files under a path, sorted. In a Maildir every file of new/ and cur/ is a mail, whatever its name.

    A folder that may not be looked into stands for its mails: reading it says why.
    """
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    for folder, subfolders, names in os.walk(path, onerror=lambda error: found.append(Path(error.filename))):
        subfolders.sort()
        here = Path(folder)
        is_maildir = here.name in {"cur", "new"} and (here.parent / "cur").is_dir() and (here.parent / "new").is_dir()
        found.extend(here / name for name in names if is_maildir or name.lower().endswith(".eml"))
    return sorted(found)


def _printable(name: str) -> str:
    """A file's name as text; bytes of the name that are no UTF-8 are shown as �."""
    return name.encode("utf-8", "replace").decode()


def _read_file(path: Path) -> Message:
    try:
        with path.open("rb") as file:
            return _read_eml(file)
    except OSError as error:
        raise Unreadable(error.strerror or "cannot be opened") from error


def _read_eml(source: bytes | BinaryIO) -> Message:
    from server.message.eml import MessageError, read_eml

    try:
        return read_eml(source)
    except MessageError as error:
        raise Unreadable(str(error)) from error


def _mbox(path: Path) -> Iterator[Mail]:
    """Mails of an mbox, cut at lines that start with `From ` after an empty line; ids are `name:number`."""
    number, lines, after_empty = 0, [b""], True
    with path.open("rb") as file:
        file.readline()
        while True:
            line = file.readline(LINE_LIMIT)
            if not line or (after_empty and line.startswith(b"From ")):
                number += 1
                whole = b"".join(lines)
                yield Mail(f"{_printable(path.name)}:{number}", lambda whole=whole: _read_eml(whole))
                lines = []
                if not line:
                    return
            else:
                lines.append(line[1:] if line.startswith(b">From ") else line)
            after_empty = line in (b"\n", b"\r\n")


def _lines(path: Path) -> Iterator[Mail]:
    """Rows of a .jsonl or .jsonl.gz file. A row without an id gets `name:number`; so does the place where it breaks."""
    number = 0
    try:
        with cast(BinaryIO, gzip.open(path)) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            while line := file.readline(LINE_LIMIT):
                number += 1
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")  # as Windows writes it
                if line.strip():
                    yield _row(line, f"{_printable(path.name)}:{number}")
    except (OSError, EOFError, zlib.error) as error:
        reason = f"not readable to its end ({error})"
        yield Mail(f"{_printable(path.name)}:{number + 1}", lambda: _refuse(reason))


def _row(line: bytes, place: str) -> Mail:
    import orjson

    try:
        row: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        reason = f"no JSON: {error}"
        return Mail(place, lambda: _refuse(reason))
    if not isinstance(row, dict):
        return Mail(place, lambda: _refuse("not an object"))
    fields = cast("dict[str, Any]", row)
    name = fields.get("id")
    is_id = isinstance(name, str | int) and not isinstance(name, bool) and name != ""
    return Mail(str(name) if is_id else place, lambda: _read_row(fields))


def _refuse(reason: str) -> Message:
    raise Unreadable(reason)


def _read_row(row: dict[str, Any]) -> Message:
    from server.message.row import message_from_row

    for key, kind in (("sender", str), ("reply_to", str), ("subject", str), ("body", str), ("attachments", list)):
        if not isinstance(row.get(key), kind | None):
            raise Unreadable(f"{key}: not a {'list' if kind is list else 'text'}")
    return message_from_row(row)
