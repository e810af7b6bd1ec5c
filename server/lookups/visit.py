"""One page of a stranger's web site: a single GET that cannot be turned inwards, held up, or blown up.

No proxy is used, neither the environment's nor the admin's: a proxy would resolve the name itself, unvetted.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpcore

from server.lookups.answer import Certificate
from server.lookups.names import ascii_name, never_asked
from server.lookups.net import Network, Unreachable
from server.lookups.wire import Backend, Budget, Tls, tls_context

WIRE_CAP = 512 * 1024  # octets over the wire, headers included; a front page has 20,000 to 200,000
PAGE_CAP = 1 << 20  # octets after decompression
MAX_URL = 2048
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PORTS = {"http": 80, "https": 443}
HEADERS = [
    (b"Accept", b"text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"),
    (b"Accept-Encoding", b"gzip, identity"),
    (b"Accept-Language", b"en,*;q=0.5"),
    (b"User-Agent", b"Mozilla/5.0 (compatible; backtone)"),
    (b"Connection", b"close"),
]


@dataclass(frozen=True, slots=True)
class Page:
    """What one URL answered. `whole`: the body ended as its headers said, and could be decompressed."""

    url: str
    status: int
    content_type: str
    body: bytes
    whole: bool
    location: str = ""
    certificate: Certificate | None = None


def address_of(url: str) -> tuple[str, str]:
    """(scheme, host in ASCII) of a URL that may be visited. Raises Unreachable for any other.

    Only http and https on their own ports, no user data, and public names: no address in whatever notation.
    """
    try:
        parts = urlsplit(url)
        host = ascii_name(parts.hostname or "") or ""
        allowed = parts.scheme in PORTS and parts.port in (None, PORTS[parts.scheme]) and "@" not in parts.netloc
    except ValueError:
        raise Unreachable("failed", "no usable URL") from None
    last = host.rpartition(".")[2]
    if not allowed or len(url) > MAX_URL or never_asked(host) is not None or last[:1].isdigit():
        raise Unreachable("failed", "an address that we do not visit")
    return parts.scheme, host


@dataclass(frozen=True, slots=True)
class Visitor:
    """Fetches single pages; following redirects is the caller's, who lets each new URL be vetted here."""

    network: Network

    def get(self, url: str, until: float) -> Page:
        """The page at a URL. Raises Unreachable. A bad certificate is noted, and the page read all the same:

        nothing secret is sent, and nothing on it is believed more for its certificate.
        """
        address_of(url)
        tls = Tls()
        try:
            return self._get(url, until, tls)
        except Unreachable:
            if tls.seen is None or not tls.seen.problem:
                raise
        return self._get(url, until, Tls(verify=False, seen=tls.seen))

    def _get(self, url: str, until: float, tls: Tls) -> Page:
        backend = Backend(self.network, until, own=False, budget=Budget(WIRE_CAP), tls=tls)
        pool = httpcore.ConnectionPool(ssl_context=tls_context(verify=tls.verify), network_backend=backend)
        try:
            with pool, pool.stream("GET", _request(url), headers=HEADERS) as response:
                headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
                status = response.status
                location = headers.get(b"location", "") if status in REDIRECTS else ""
                body, whole = (b"", True) if location else _body(response, headers.get(b"content-encoding", ""))
        except httpcore.TimeoutException:
            raise Unreachable("timed_out", "the server did not answer in time") from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Unreachable("failed", f"{type(error).__name__}: {error}"[:200]) from None
        except (httpcore.UnsupportedProtocol, ValueError) as error:
            raise Unreachable("failed", f"no usable URL: {error}"[:200]) from None
        return Page(url, status, headers.get(b"content-type", ""), body, whole, location, tls.seen)


def _request(url: str) -> httpcore.URL:
    """The URL with its host in ASCII, and its path as a server may be sent it."""
    scheme, host = address_of(url)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    raw = b"".join(bytes([octet]) if 33 <= octet < 127 else b"%%%02X" % octet for octet in target.encode())
    return httpcore.URL(scheme=scheme.encode(), host=host.encode(), port=None, target=raw)


def _body(response: httpcore.Response, encoding: str) -> tuple[bytes, bool]:
    """The body as far as it came and its caps reach, and whether that is all of it."""
    unpack = _Unpacker(encoding)
    try:
        for chunk in response.iter_stream():
            if not unpack.feed(chunk):
                return unpack.bytes, False
    except (httpcore.ProtocolError, httpcore.NetworkError, Unreachable, zlib.error):
        # Shorter than promised, garbled, dripping or endless: browsers show what came, and so do we.
        return unpack.bytes, False
    return unpack.bytes, unpack.readable


class _Unpacker:
    """Decompresses up to `PAGE_CAP` octets, however much would come out."""

    def __init__(self, encoding: str) -> None:
        self._out = bytearray()
        name = encoding.strip().lower()
        self._zlib = None
        if name in ("gzip", "x-gzip", "deflate"):
            self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 32)  # its header tells gzip from zlib
        self.readable = name in ("", "identity") or self._zlib is not None

    @property
    def bytes(self) -> bytes:
        """What came out so far."""
        return bytes(self._out)

    def feed(self, chunk: bytes) -> bool:
        """Take a chunk; False when no more is wanted."""
        room = PAGE_CAP - len(self._out)
        if not self.readable:
            return False
        self._out += chunk[:room] if self._zlib is None else self._zlib.decompress(chunk, room)
        return len(self._out) < PAGE_CAP
