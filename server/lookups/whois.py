"""Registration by WHOIS (RFC 3912): our own connection with one total deadline and a size cap."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cachetools import TTLCache

from server.lookups.answer import Answer, Found, NotFound, Registration, Unknown
from server.lookups.names import ascii_name
from server.lookups.net import Network, Unreachable, unreachable
from server.lookups.registration_ttl import FOUND_TTL_S, FREE_TTL_S, REFUSED_TTL_S, UNKNOWN_TTL_S
from server.model import Why

CAP = 64 * 1024  # octets of an answer; more are not read
PORT = 43
IANA = "whois.iana.org"
REFERRAL_TTL_S = 24 * 3600.0
SERVERS = Path(__file__).parent / "data" / "whois_servers.txt"
# Registries that want more than the bare name, or answer in another language or too widely without it.
QUERIES = {"de": "-T dn,ace {}", "jp": "{}/e", "com": "domain {}", "net": "domain {}"}


@dataclass(frozen=True, slots=True)
class Server:
    """A WHOIS server. `own`: the admin named it, so that it may lie in his network."""

    host: str
    port: int = PORT
    own: bool = False


class Whois:
    """WHOIS look-ups. `own` maps a TLD to "host:port" of the admin's choice."""

    def __init__(self, network: Network, own: Mapping[str, str]) -> None:
        self._network = network
        self._own = dict(own)
        self._referrals: TTLCache[str, Server | None] = TTLCache(2048, REFERRAL_TTL_S, network.clock.monotonic)
        self._lock = threading.Lock()

    def registration(self, domain: str, until: float) -> Answer[Registration]:
        """What the registry says of an organisational domain (punycode)."""
        from server.lookups.whois_text import read_whois  # its parser takes 50 ms to import

        tld = domain.rpartition(".")[2]
        source = "whois"
        clock = self._network.clock
        try:
            server = self._server(tld, until)
            if server is None:
                return Unknown("not_published", source, clock.now(), FOUND_TTL_S, f".{tld} has no WHOIS server")
            source = f"whois:{server.host}"
            text = self._ask(server, QUERIES.get(tld, "{}").format(domain), until)
        except Unreachable as error:
            return self._unknown(error.why, source, error.note)
        said = read_whois(domain, text, clock.now().date())
        if isinstance(said, Registration):
            return Found(said, source, clock.now(), FOUND_TTL_S)
        if said == "free":
            return NotFound(source, clock.now(), FREE_TTL_S, nxdomain=True)
        return self._unknown(said, source, "the answer says nothing usable")

    def _unknown(self, why: Why, source: str, note: str) -> Unknown:
        ttl_s = REFUSED_TTL_S if why == "refused" else UNKNOWN_TTL_S
        return Unknown(why, source, self._network.clock.now(), ttl_s, note)

    def _server(self, tld: str, until: float) -> Server | None:
        """The TLD's server: the admin's, the shipped table's, or the one that IANA names. Raises Unreachable."""
        if tld in self._own:
            host, _, port = self._own[tld].rpartition(":")
            return Server(host.strip("[]"), int(port), own=True)
        if tld in _shipped():
            return Server(_shipped()[tld])
        with self._lock:
            if tld in self._referrals:
                return self._referrals[tld]
        server = _referral(self._ask(Server(IANA), tld, until))
        with self._lock:
            self._referrals[tld] = server
        return server

    def _ask(self, server: Server, query: str, until: float) -> str:
        """One question, the answer's first `CAP` octets. Raises Unreachable, also where its end comes too late."""
        where = f"{server.host}:{server.port}"
        with contextlib.closing(self._network.connect(server.host, server.port, until, own=server.own)) as sock:
            try:
                sock.settimeout(self._network.left(until))
                sock.sendall(query.encode("ascii") + b"\r\n")
                answer = bytearray()
                while len(answer) < CAP:
                    sock.settimeout(self._network.left(until))
                    chunk = sock.recv(min(16384, CAP - len(answer)))
                    if not chunk:
                        break
                    answer += chunk
            except OSError as error:
                raise unreachable(error, where) from None
        try:
            return answer.decode("utf-8")
        except UnicodeDecodeError:
            return answer.decode("latin-1")


def _referral(text: str) -> Server | None:
    """The server in IANA's answer about a TLD ("whois: host"), None where it names none."""
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() == "whois":
            host = ascii_name(value)
            return Server(host) if host and "." in host else None
    return None


@functools.cache
def _shipped() -> dict[str, str]:
    lines = SERVERS.read_text(encoding="utf-8").splitlines()
    return {tld: host for tld, host in (line.split() for line in lines if line and not line.startswith("#"))}
