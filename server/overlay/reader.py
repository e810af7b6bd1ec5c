"""The company's lists: who is blocked, who is known, who is us, whose account is whose. A saved file counts at once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from server.model import Account, ListHits
from server.overlay.accounts import Row, read_accounts
from server.overlay.csv_list import Entry, decode, read_list, read_plain, read_wordings
from server.overlay.folder import misnamed

RECHECK_S = 1.0
ACCOUNTS = "accounts.csv"
FORWARDERS = "forwarders.txt"
FILES = ("known.csv", "block.csv", "own_domains.txt", ACCOUNTS, FORWARDERS)

GONE = "is not a folder (BACKTONE_OVERLAY); what was read before still counts"


@dataclass(frozen=True, slots=True)
class ListFile:
    """What a file held when it was last readable."""

    entries: dict[str, tuple[Entry, ...]] = field(default_factory=dict[str, tuple[Entry, ...]])
    names: tuple[str, ...] = ()
    accounts: tuple[Row, ...] = ()
    digest: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """What follows from the files on one day, so that a hundred thousand entries are not walked for each mail."""

    day: date = date.min
    digests: tuple[str, ...] = ()
    version: str = ""
    known_domains: tuple[str, ...] = ()
    known_people: tuple[tuple[str, str], ...] = ()
    accounts: Mapping[str, tuple[Account, ...]] = field(default_factory=dict[str, tuple[Account, ...]])


class Overlay:
    """The folder BACKTONE_OVERLAY. Reading never fails: `problems` says what is wrong, the last good state counts."""

    def __init__(self, folder: Path, *public_providers: Container[str]) -> None:
        """`public_providers`: domains at which anybody can get a mailbox; as an entry they would match everybody."""
        self._folder = folder
        self._public = public_providers
        self._lock = Lock()
        self._files = {name: ListFile() for name in FILES}
        self._stamps: dict[str, tuple[int, int] | None] = {}
        self._next_check = 0.0
        self._today = Day()
        self.reload()

    @property
    def public_providers(self) -> tuple[Container[str], ...]:
        """Lists of domains at which anybody can get a mailbox."""
        return self._public

    @public_providers.setter
    def public_providers(self, lists: tuple[Container[str], ...]) -> None:
        self._public = lists
        self.reload()

    @property
    def own_domains(self) -> tuple[str, ...]:
        """Domains of the company, or its addresses at a public mailbox provider."""
        self._refresh()
        return self._files["own_domains.txt"].names

    @property
    def version(self) -> str:
        """Changes whenever an answer of `hits` or `own_domains` may change, also when an entry expires."""
        self._refresh()
        return self._day(datetime.now(UTC).date()).version

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the files, as `known.csv:3: …`, for /readyz."""
        self._refresh()
        missing = () if _is_there(self._folder) else (f"{self._folder} {GONE}",)
        wrong = (problem for name in FILES for problem in self._files[name].problems)
        return (*missing, *wrong, *misnamed(self._folder, FILES))

    def counts(self) -> dict[str, int]:
        """Entries read from each file."""
        self._refresh()
        files = self._files
        return {name: len(self._all(name)) + len(files[name].names) + len(files[name].accounts) for name in FILES}

    def hits(self, address: str, org_domain: str, now: datetime) -> ListHits:
        """What the lists say of a sender. A domain entry also matches the hosts below it."""
        self._refresh()
        keys = _keys(address.strip().lower(), org_domain.strip().lower())
        day = now.date()
        blocked = self._first("block.csv", keys, day)
        known = self._first("known.csv", keys, day)
        today = self._day(day)
        return ListHits(
            blocked=_words(blocked, "block.csv") if blocked else "",
            known=known.entry if known else "",
            known_domains=today.known_domains,
            known_people=today.known_people,
            accounts=today.accounts,
            forwarders=self._files[FORWARDERS].names,
        )

    def reload(self) -> tuple[str, ...]:
        """Read all files again now and answer the problems."""
        with self._lock:
            self._stamps.clear()
            self._next_check = 0.0
        return self.problems

    def _first(self, name: str, keys: list[str], day: date) -> Entry | None:
        entries = self._files[name].entries
        return next((entry for key in keys for entry in entries.get(key, ()) if entry.holds_on(day)), None)

    def _day(self, day: date) -> Day:
        digests = tuple(self._files[name].digest for name in FILES)
        if (self._today.day, self._today.digests) != (day, digests):
            rows = (*self._all("block.csv"), *self._all("known.csv"), *self._files[ACCOUNTS].accounts)
            expired = sum(not row.holds_on(day) for row in rows)
            version = hashlib.blake2b("|".join((*digests, str(expired))).encode(), digest_size=8).hexdigest()
            known = [entry for entry in self._all("known.csv") if entry.holds_on(day)]
            hosts = {entry.entry.rpartition("@")[2] for entry in known}
            domains = tuple(sorted(host for host in hosts if not self._is_public(host)))
            people = tuple((entry.entry, entry.name) for entry in known if "@" in entry.entry)
            accounts: dict[str, tuple[Account, ...]] = {}
            for row in self._files[ACCOUNTS].accounts:
                if row.holds_on(day):
                    accounts[row.domain] = (*accounts.get(row.domain, ()), row.account)
            self._today = Day(day, digests, version, domains, people, accounts)
        return self._today

    def _all(self, name: str) -> list[Entry]:
        return [entry for same in self._files[name].entries.values() for entry in same]

    def _refresh(self) -> None:
        with self._lock:
            if time.monotonic() < self._next_check:
                return
            for name in FILES if _is_there(self._folder) else ():  # a folder that went away empties no list
                stamp = _stamp(self._folder / name)
                if name not in self._stamps or self._stamps[name] != stamp:
                    self._stamps[name] = stamp
                    self._files[name] = self._read(name, self._files[name])
            self._next_check = time.monotonic() + RECHECK_S

    def _read(self, name: str, before: ListFile) -> ListFile:
        try:
            data = (self._folder / name).read_bytes()
            text = decode(data)
        except (FileNotFoundError, NotADirectoryError):
            return ListFile()  # deleting a list is how an admin empties it
        except (OSError, ValueError) as error:
            words = error.strerror if isinstance(error, OSError) else str(error)
            kept = "the entries read before still count" if before.digest else "none of its entries counts"
            return replace(before, problems=(f"{name}: {words}; {kept}",))
        return self._parsed(name, text, hashlib.blake2b(data, digest_size=8).hexdigest())

    def _parsed(self, name: str, text: str, digest: str) -> ListFile:
        if name == FORWARDERS:
            wordings, problems = read_wordings(name, text)
            return ListFile(names=wordings, digest=digest, problems=tuple(problems))
        if name == ACCOUNTS:
            rows, problems = read_accounts(name, text)
            kept, refused = self._without_public([row.domain for row in rows], name)
            good = tuple(row for row in rows if row.domain in kept)
            return ListFile(accounts=good, digest=digest, problems=tuple(problems + refused))
        if name.endswith(".txt"):
            names, problems = read_plain(name, text)
            kept, refused = self._without_public(names, name)
            return ListFile(names=tuple(kept), digest=digest, problems=tuple(problems + refused))
        listed, problems = read_list(name, text)
        kept, refused = self._without_public([entry.entry for entry in listed], name)
        table: dict[str, tuple[Entry, ...]] = {}
        for entry in listed:
            if entry.entry in kept:
                table[entry.entry] = (*table.get(entry.entry, ()), entry)
        return ListFile(table, digest=digest, problems=tuple(problems + refused))

    def _is_public(self, host: str) -> bool:
        return any(host in providers for providers in self._public)

    def _without_public(self, names: list[str], file: str) -> tuple[dict[str, None], list[str]]:
        refused = [name for name in names if self._is_public(name)]
        problems = [f"{file}: {name} is a public mailbox provider; list the full address" for name in refused]
        return {name: None for name in names if not self._is_public(name)}, problems


def _keys(address: str, org_domain: str) -> list[str]:
    """What may stand on a list for this sender, the most exact first; never above the organisational domain."""
    host = address.rpartition("@")[2]
    keys = [address] if "@" in address else []
    while host:
        keys.append(host)
        if host == org_domain or not host.endswith("." + org_domain):
            break
        host = host.partition(".")[2]
    return keys


def _words(entry: Entry, name: str) -> str:
    details = ", ".join(part for part in (entry.reason, entry.author, entry.added) if part)
    return f"{entry.entry} ({name}: {details})" if details else f"{entry.entry} ({name})"


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # no right to enter a folder above it
        return False


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
