"""The tokens file: one line a person, `name:role:token`, read again when it changes."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Literal, cast

Role = Literal["rep", "admin"]
ROLES: tuple[Role, ...] = ("rep", "admin")
SHORTEST = 20
"""Shorter tokens could be guessed; one made here has 43 characters."""
RECHECK_S = 1.0

log = logging.getLogger("backtone.web")


class TokensError(Exception):
    """The tokens file cannot be used. `message` says what to do and never holds a token."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may call the API."""

    name: str
    role: Role


def read_tokens(path: Path) -> dict[str, Person]:
    """Token -> person. Raises TokensError with the file, the line and the way out."""
    try:
        if path.exists() and not path.is_file():
            raise TokensError(f"{path} is not a file. Set BACKTONE_TOKENS_FILE to a file")
        with path.open(encoding="utf-8-sig") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if os.name == "posix" and mode & 0o077:
                raise TokensError(f"{path} can be read by others (mode {mode:o}). Run: chmod 600 {path}")
            lines = file.read().splitlines()
    except OSError as error:
        raise TokensError(f"{path} cannot be read: {error.strerror}. {_way_out(error)}") from error
    except UnicodeDecodeError as error:
        raise TokensError(f"{path} is not UTF-8 text") from error
    people: dict[str, Person] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            token, person = _read_line(f"{path}:{number}", line)
            if token in people:
                raise TokensError(f"{path}:{number}: the same token stands on another line; give each person one")
            people[token] = person
    if not people:
        raise TokensError(f"{path} holds no token. Add a line name:role:token, or delete the file to get a new one")
    return people


def _way_out(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Put it back, or start the server again: it makes a new one, with one admin token"
    if isinstance(error, PermissionError):
        return "Let the server's user own it and the folders above it"
    return "Set BACKTONE_TOKENS_FILE to a file"


def _read_line(place: str, line: str) -> tuple[str, Person]:
    name, _, rest = line.strip().partition(":")
    role, _, token = rest.partition(":")
    if not name.strip() or not token.strip():
        raise TokensError(f"{place}: write name:role:token")
    if role.strip() not in ROLES:
        raise TokensError(f"{place}: the role is rep or admin, not {role.strip()!r}")
    if len(token.strip()) < SHORTEST:
        raise TokensError(f"{place}: the token is shorter than {SHORTEST} characters and could be guessed")
    return token.strip(), Person(name.strip(), cast(Role, role.strip()))


class Tokens:
    """The people of a tokens file. A changed file counts within a second; a broken one keeps the last good people."""

    def __init__(self, path: Path) -> None:
        """Raises TokensError if the file is unusable at the start."""
        self._path = path
        self._lock = Lock()
        self._secret = secrets.token_bytes(32)
        self._people = self._by_hash(read_tokens(path))
        self._seen = self._stamp()
        self._next_check = time.monotonic() + RECHECK_S
        self.problem: str | None = None
        """What is wrong with the file now, for /readyz."""

    def find(self, token: str) -> Person | None:
        """The person that holds this token, found by a hash with a secret: its time tells nothing of any token."""
        self._refresh()
        return self._people.get(self._hash(token))

    def _refresh(self) -> None:
        with self._lock:
            if time.monotonic() < self._next_check:
                return
            self._next_check = time.monotonic() + RECHECK_S
            stamp = self._stamp()
            if stamp == self._seen:
                return
            self._seen = stamp
            try:
                self._people = self._by_hash(read_tokens(self._path))
                self.problem = None
            except TokensError as error:
                self.problem = f"{error.message} (the tokens read before still count)"
                log.warning("%s", self.problem)

    def _by_hash(self, people: dict[str, Person]) -> dict[bytes, Person]:
        return {self._hash(token): person for token, person in people.items()}

    def _hash(self, token: str) -> bytes:
        return hashlib.blake2b(token.encode("utf-8", "replace"), digest_size=32, key=self._secret).digest()

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_mode
