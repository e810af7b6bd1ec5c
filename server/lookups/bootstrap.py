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
CAP = 1 << 20  # octets of a bootstrap file; IANA's has 71,000
RELOAD_S = 24 * 3600.0
RETRY_S = 300.0


@dataclass(frozen=True, slots=True)
class RdapServer:
    """A base URL that ends in "/". `own`: the admin named its host, so that it may lie in his network."""

    url: str
    own: bool


class Bootstrap:
    """RDAP servers by TLD. `where` is None (the file shipped), a path, or a URL that is fetched again each day."""

    def __init__(self, where: str | None, fetcher: Fetcher | None, clock: Clock) -> None:
        self._where = where
        self._fetcher = fetcher
        self._clock = clock
        self._lock = threading.Lock()
        self._table: dict[str, str] | None = None
        self._reload_at = float("-inf")

    def server(self, tld: str, until: float) -> RdapServer | None:
        """The server for a TLD in punycode, or None where the file names none."""
        with self._lock:
            if self._clock.monotonic() >= self._reload_at:
                self._load(until)
            url = (self._table or {}).get(tld)
        if url is None:
            return None
        return RdapServer(url, own=self._is_own(url))

    def _is_own(self, url: str) -> bool:
        if self._where is None:
            return False
        # A fetched list is not the admin's own writing: only the server that he named may be private.
        return not _is_url(self._where) or urlsplit(self._where).netloc == urlsplit(url).netloc

    def _load(self, until: float) -> None:
        """Read the table again; where that fails the last one, or else the one shipped, stays in use for a while."""
        try:
            self._table = services(self._read(until))
            self._reload_at = self._clock.monotonic() + (RELOAD_S if self._where else float("inf"))
        except (OSError, ValueError, Unreachable):
            if self._table is None:
                self._table = services(SHIPPED.read_bytes())
            self._reload_at = self._clock.monotonic() + RETRY_S

    def _read(self, until: float) -> bytes:
        if self._where is None:
            return SHIPPED.read_bytes()
        if not _is_url(self._where):
            return Path(self._where).read_bytes()
        if self._fetcher is None:
            raise ValueError("no way to fetch")
        reply = self._fetcher.get(self._where, until, cap=CAP, own=True)
        if reply.status != 200:
            raise ValueError(f"status {reply.status}")
        return reply.body


def services(data: bytes) -> dict[str, str]:
    """The table of a bootstrap file, https preferred. Raises ValueError where it is not of that form."""
    document: Any = json.loads(data)
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
