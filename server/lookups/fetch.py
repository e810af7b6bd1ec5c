"""One HTTP GET under a total deadline, a size cap and the address guard.

httpcore, the transport beneath httpx, is used directly: only it lets us open the connection ourselves.
"""

from __future__ import annotations

import functools
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import certifi
import httpcore

from server.lookups.net import Network, Unreachable, unreachable

MAX_HOPS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = [
    (b"Accept", b"application/rdap+json, application/json"),
    (b"Accept-Encoding", b"identity"),
    (b"User-Agent", b"backtone"),
]


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer: status, content type in lower case without parameters, and the body up to the cap."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches from servers by URL; `proxy` is an HTTP proxy's URL or None."""

    network: Network
    proxy: str | None = None

    def get(self, url: str, until: float, *, cap: int, own: bool = False) -> Reply:
        """The answer, redirects followed. Raises Unreachable, also where more than `cap` octets come.

        A redirect leads to https on a public address, or back to the very server that the admin named (`own`).
        """
        start = _origin(url)
        for _ in range(MAX_HOPS + 1):
            reply, location = self._hop(url, until, cap, own=own and _origin(url) == start)
            if location is None:
                return reply
            try:
                url = urljoin(url, location)
                # Through a proxy the new host's address could not be vetted: the proxy resolves it.
                allowed = _origin(url) == start or (self.proxy is None and _is_plain_https(url))
            except ValueError:
                allowed = False
            if not allowed:
                raise Unreachable("failed", "redirected to where we do not follow")
        raise Unreachable("failed", "too many redirects")

    def _hop(self, url: str, until: float, cap: int, *, own: bool) -> tuple[Reply, str | None]:
        try:
            with self._pool(until, own=own) as pool, pool.stream("GET", url, headers=HEADERS) as response:
                headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status in REDIRECTS and b"location" in headers:
                    return Reply(response.status, "", b""), headers[b"location"]
                body = bytearray()
                for chunk in response.iter_stream():
                    body += chunk
                    if len(body) > cap:
                        raise Unreachable("failed", f"the answer is larger than {cap} octets")
        except httpcore.TimeoutException:
            raise Unreachable("timed_out", "the server did not answer in time") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
            raise Unreachable("failed", f"{type(error).__name__}: {error}"[:200]) from None
        except (httpcore.UnsupportedProtocol, ValueError) as error:
            raise Unreachable("failed", f"no usable URL: {error}"[:200]) from None
        kind = headers.get(b"content-type", "").partition(";")[0].strip().lower()
        return Reply(response.status, kind, bytes(body)), None

    def _pool(self, until: float, *, own: bool) -> httpcore.ConnectionPool:
        if self.proxy is None:
            return httpcore.ConnectionPool(ssl_context=_tls(), network_backend=_Backend(self.network, until, own=own))
        parts = urlsplit(self.proxy)
        auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        address = f"{parts.scheme}://{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
        backend = _Backend(self.network, until, own=True)
        return httpcore.HTTPProxy(address, proxy_auth=auth, ssl_context=_tls(), network_backend=backend)


class _Backend(httpcore.NetworkBackend):
    """Connects through the guard."""

    def __init__(self, network: Network, until: float, *, own: bool) -> None:
        self._network = network
        self._until = until
        self._own = own

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        return _Stream(self._network, self._network.connect(host, port, self._until, own=self._own), self._until)


class _Stream(httpcore.NetworkStream):
    """A socket whose every operation ends at one moment, however slowly the server drips."""

    def __init__(self, network: Network, sock: socket.socket, until: float) -> None:
        self._network = network
        self._sock = sock
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._sock.settimeout(self._network.left(self._until))
        try:
            return self._sock.recv(max_bytes)
        except OSError as error:
            raise unreachable(error, "the server") from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._sock.settimeout(self._network.left(self._until))
        try:
            self._sock.sendall(buffer)
        except OSError as error:
            raise unreachable(error, "the server") from None

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._sock.settimeout(self._network.left(self._until))
        try:
            return _Stream(
                self._network, ssl_context.wrap_socket(self._sock, server_hostname=server_hostname), self._until
            )
        except OSError as error:
            self._sock.close()
            raise unreachable(error, server_hostname or "the server") from None

    def get_extra_info(self, info: str) -> Any:
        return None


@functools.cache
def _tls() -> ssl.SSLContext:
    """The system's certificates (a company's own stand there) and Mozilla's, for machines that have none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _is_plain_https(url: str) -> bool:
    """https on its usual port, without user data."""
    parts = urlsplit(url)
    return parts.scheme == "https" and ":" not in parts.netloc and "@" not in parts.netloc
