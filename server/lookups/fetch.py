"""One HTTP GET under a total deadline, a size cap and the address guard.

httpcore, the transport beneath httpx, is used directly: only it lets us open the connection ourselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

import httpcore

from server.lookups.net import Network, Unreachable
from server.lookups.wire import Backend, tls_context

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
            return httpcore.ConnectionPool(
                ssl_context=tls_context(), network_backend=Backend(self.network, until, own=own)
            )
        parts = urlsplit(self.proxy)
        auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        address = f"{parts.scheme}://{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
        backend = Backend(self.network, until, own=True)
        return httpcore.HTTPProxy(address, proxy_auth=auth, ssl_context=tls_context(), network_backend=backend)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _is_plain_https(url: str) -> bool:
    """https on its usual port, without user data."""
    parts = urlsplit(url)
    return parts.scheme == "https" and ":" not in parts.netloc and "@" not in parts.netloc
