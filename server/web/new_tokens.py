"""Writing the tokens file: the first token at the first start, and one for each person."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from server.web.tokens import Role, TokensError, read_tokens
from server.web.whole_lines import append_line

FIRST = "admin"
"""The name of the first token."""


def ensure_tokens(path: Path) -> str:
    """Make the file with one admin token if it is not there; answer the first admin's token, else the first token.

    Raises TokensError if the file is unusable, as when others may read it.
    """
    try:
        there = path.exists()
    except OSError as error:  # no right to look into the folder
        raise _unwritable(path, error) from error
    if not there:
        add_token(path, FIRST, "admin")
    people = read_tokens(path)
    return next((token for token, person in people.items() if person.role == "admin"), next(iter(people)))


def add_token(path: Path, name: str, role: Role, *, replace: bool = False) -> str:
    """Append a line for a person and answer the new token; with `replace` his line is written anew instead.

    Raises TokensError on a name that the file cannot hold or that has a token already, and on a file that cannot be
    written; then it is as before.
    """
    if not name.strip() or ":" in name or not name.isprintable() or name.lstrip().startswith("#"):
        raise TokensError("a name has no colon and no line break, and does not start with #")
    token = secrets.token_urlsafe(32)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
        taken = [number for number, line in enumerate(lines, 1) if line.partition(":")[0].strip() == name.strip()]
        if taken and not replace:
            raise TokensError(
                f"{name.strip()} has a token already ({path}:{taken[0]}). It still counts: hand that one out, take "
                "another name, or add --replace to make a new one in its place"
            )
        line = f"{name.strip()}:{role}:{token}"
        if taken:
            lines[taken[0] - 1] = line
            _rewrite(path.resolve(), [text for number, text in enumerate(lines, 1) if number not in taken[1:]])
        else:
            _append(path, line)
    except UnicodeDecodeError as error:
        raise TokensError(f"{path} is not UTF-8 text") from error
    except OSError as error:
        raise _unwritable(path, error) from error
    return token


def add_person(path: Path, name: str, role: Role, *, replace: bool = False) -> str:
    """As `add_token`, for the command line: a file that is made for a rep holds an admin's token too.

    Otherwise the server, finding a file, would make none at its first start.
    """
    try:
        alone = role != "admin" and not path.exists()
    except OSError as error:
        raise _unwritable(path, error) from error
    if alone and name.strip() != FIRST:
        ensure_tokens(path)
    return add_token(path, name, role, replace=replace)


def _append(path: Path, line: str) -> None:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        new = False
    else:
        new = True
        _give(path, path.parent.stat())
    try:
        append_line(path, line.encode() + b"\n")
    except OSError:
        if new:
            path.unlink()  # an empty one would keep the server from starting
        raise


def _rewrite(path: Path, lines: list[str]) -> None:
    """The file with other lines, whole at every moment."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        _give(beside, path.stat())
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def _give(path: Path, like: os.stat_result) -> None:
    """Written by root, a file still belongs to whom its folder or the file before belonged: the server's user."""
    if os.geteuid() == 0:
        os.chown(path, like.st_uid, like.st_gid, follow_symlinks=False)


def _unwritable(path: Path, error: OSError) -> TokensError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        way = "Make room on its disk"
    elif error.errno == errno.EROFS:
        way = "Set BACKTONE_DATA to a folder that may be written; backtone.service names it under ReadWritePaths="
    else:
        way = "Let the server's user own its folder, or set BACKTONE_DATA to a folder of his"
    why = "its folder is a file" if isinstance(error, FileExistsError | NotADirectoryError) else error.strerror
    return TokensError(f"{path} cannot be written ({why}). {way}")
