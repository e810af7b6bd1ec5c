"""Which RDAP server answers for a TLD: IANA's file as shipped, or the admin's own file or URL (RFC 9224)."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from server.lookups.net import Unreachable
from server.lookups.ports import Clock

if TYPE_CHECKING:
    from server.lookups.fetch import Fetcher

SHIPPED = Path(__file__).parent / "data" / "iana_rdap.json"
IANA = "https://data.iana.org/rdap/dns.json"
CAP = 1 << 20  # octets of a bootstrap file; IANA's has 71,000
RELOAD_S = 24 * 3600.0
RETRY_S = 1800.0
SETTLED_S = 600.0  # IANA is not asked before: the command line, which lives for seconds, has the file shipped
REFRESH_S = 20.0  # patience with the list's server, in the background
FIRST_S = 3.0  # how long a look-up waits for the admin's own list when it is fetched for the first time


@dataclass(frozen=True, slots=True)
class RdapServer:
    """A base URL that ends in "/". `own`: the admin named its host, so that it may lie in his network."""

    url: str
    own: bool


class Bootstrap:
    """RDAP servers by TLD.

    `where` is None (the file shipped, renewed from IANA once a day), a path, or a URL instead of IANA's. A list is
    fetched in the background: until it is there, and where it fails, the last one or the one shipped is in use.
    """

    def __init__(self, where: str | None, fetcher: Fetcher | None, clock: Clock) -> None:
        self._where = where
        self._fetcher = fetcher
        self._clock = clock
        self._lock = threading.Lock()
        self._table: dict[str, str] = {}
        self._due = float("-inf")
        self._fetched = threading.Event()

    def server(self, tld: str, until: float) -> RdapServer | None:
        """The server for a TLD in punycode, or None where the file names none."""
        with self._lock:
            if self._clock.monotonic() >= self._due:
                self._renew()
        if self._where is not None and self._url() is not None:
            self._fetched.wait(max(0.0, min(FIRST_S, until - self._clock.monotonic())))
        with self._lock:
            url = self._table.get(tld)
        if url is None:
            return None
        return RdapServer(url, own=self._is_own(url))

    def _url(self) -> str | None:
        """Where the list is fetched from; None for a file of the admin's."""
        if self._where is None:
            return IANA if self._fetcher is not None else None
        return self._where if _is_url(self._where) else None

    def _is_own(self, url: str) -> bool:
        if self._where is None:
            return False
        # A fetched list is not the admin's own writing: only the server that he named may be private.
        return not _is_url(self._where) or urlsplit(self._where).netloc == urlsplit(url).netloc

    def _renew(self) -> None:
        """Read the file now, or start to fetch the list; the lock is held."""
        self._due = self._clock.monotonic() + RELOAD_S
        url = self._url()
        if url is None and self._where is not None:
            try:
                self._table = services(Path(self._where).read_bytes())
                return
            except (OSError, ValueError):
                self._due = self._clock.monotonic() + RETRY_S
        if not self._table:
            self._table = services(SHIPPED.read_bytes())
            if self._where is None:
                self._due = self._clock.monotonic() + SETTLED_S
                return
        if url is not None:
            threading.Thread(target=self._fetch, args=(url,), name="rdap-bootstrap", daemon=True).start()

    def _fetch(self, url: str) -> None:
        try:
            table = self._read(url)
        except (Unreachable, ValueError):
            with self._lock:
                self._due = self._clock.monotonic() + RETRY_S
        else:
            with self._lock:
                self._table = table
        finally:
            self._fetched.set()

    def _read(self, url: str) -> dict[str, str]:
        if self._fetcher is None:
            raise ValueError("no way to fetch")
        until = self._clock.monotonic() + REFRESH_S
        reply = self._fetcher.get(url, until, cap=CAP, own=self._where is not None)
        if reply.status != 200:
            raise ValueError(f"status {reply.status}")
        table = services(reply.body)
        if self._where is None and len(table) < len(services(SHIPPED.read_bytes())) / 2:
            raise ValueError("a list that has lost most of its rows")
        return table


def file_problem(where: str | None) -> str:
    """What is wrong with the admin's own file; "" for a good one, for a URL, and for none."""
    if where is None or _is_url(where):
        return ""
    try:
        services(Path(where).read_bytes())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not in the form of IANA's dns.json"
        return f"{where}: {why}. Take a copy of {IANA}, or leave the setting out"
    return ""


def services(data: bytes) -> dict[str, str]:
    """The table of a bootstrap file, https preferred. Raises ValueError where it is not of that form."""
    try:
        document: Any = json.loads(data)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(document, dict) or not isinstance(document.get("services"), list):  # pyright: ignore[reportUnknownMemberType]
        raise ValueError("no `services` in the bootstrap file")
    table: dict[str, str] = {}
    for entry in cast("list[Any]", document["services"]):
        match entry:
            case [[*tlds], [*urls]]:
                pass
            case _:
                raise ValueError("a service is not [[tld…], [url…]]")
        usable = [url for url in map(str, urls) if _is_url(url) and urlsplit(url).hostname]
        usable.sort(key=lambda url: not url.startswith("https"))
        if usable:
            table.update({str(tld).lower(): usable[0].rstrip("/") + "/" for tld in tlds})
    return table


def _is_url(text: str) -> bool:
    return text.startswith(("https://", "http://"))
