"""The socket beneath an HTTP request: opened through the address guard, with one deadline and one budget of octets."""

from __future__ import annotations

import functools
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import certifi
import httpcore

from server.lookups.answer import Certificate
from server.lookups.net import Network, Unreachable, unreachable

_PROBLEMS = {10: "expired", 18: "self-signed", 19: "self-signed", 62: "wrong name"}
"""OpenSSL's codes (X509_V_ERR_*)."""


@dataclass(slots=True)
class Budget:
    """How many octets may still come over the wire, headers included; None is no bound."""

    left: int | None = None

    def take(self, count: int) -> None:
        """Note octets that came. Raises Unreachable when they are too many."""
        if self.left is not None:
            self.left -= count
            if self.left < 0:
                raise Unreachable("failed", "the server sends more than we read")


@dataclass(slots=True)
class Tls:
    """How certificates are looked at. With `verify` off any is taken. `seen` is what was shown."""

    verify: bool = True
    seen: Certificate | None = None


class Backend(httpcore.NetworkBackend):
    """Connects to vetted addresses only; the address that was vetted is the one that is dialled."""

    def __init__(
        self, network: Network, until: float, *, own: bool, budget: Budget | None = None, tls: Tls | None = None
    ) -> None:
        self._network = network
        self._until = until
        self._own = own
        self._budget = budget or Budget()
        self._tls = tls or Tls()

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """A stream to a host. Raises Unreachable."""
        sock = self._network.connect(host, port, self._until, own=self._own)
        return Stream(self._network, sock, self._until, self._budget, self._tls)


class Stream(httpcore.NetworkStream):
    """A socket whose every operation ends at one moment, however slowly the server drips."""

    def __init__(self, network: Network, sock: socket.socket, until: float, budget: Budget, tls: Tls) -> None:
        self._network = network
        self._sock = sock
        self._until = until
        self._budget = budget
        self._tls = tls

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some octets, none at the end. Raises Unreachable."""
        self._sock.settimeout(self._network.left(self._until))
        try:
            data = self._sock.recv(max_bytes)
        except OSError as error:
            raise unreachable(error, "the server") from None
        self._budget.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it. Raises Unreachable."""
        self._sock.settimeout(self._network.left(self._until))
        try:
            self._sock.sendall(buffer)
        except OSError as error:
            raise unreachable(error, "the server") from None

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same stream under TLS; the name goes into the SNI. Raises Unreachable."""
        where = server_hostname or "the server"
        try:
            # Python bounds the handshake as a whole by the socket's time-out, not each octet of it.
            self._sock.settimeout(self._network.left(self._until))
            sock = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except ssl.SSLCertVerificationError as error:
            self._sock.close()
            self._tls.seen = Certificate(problem=_PROBLEMS.get(error.verify_code, "not trusted"))
            raise Unreachable("failed", f"{where}: {error.verify_message}") from None
        except OSError as error:
            self._sock.close()
            raise unreachable(error, where) from None
        if self._tls.verify:
            self._tls.seen = _dates(sock)
        return Stream(self._network, sock, self._until, self._budget, self._tls)

    def get_extra_info(self, info: str) -> Any:
        """Nothing."""
        return None


@functools.cache
def tls_context(*, verify: bool = True) -> ssl.SSLContext:
    """The system's certificates (a company's own stand there) and Mozilla's, for machines that have none."""
    context = ssl.create_default_context()
    if verify:
        context.load_verify_locations(certifi.where())
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _dates(sock: ssl.SSLSocket) -> Certificate:
    shown = sock.getpeercert() or {}
    return Certificate(_day(shown.get("notBefore")), _day(shown.get("notAfter")))


def _day(text: Any) -> date | None:
    try:
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(text)), UTC).date()
    except (ValueError, OverflowError):
        return None
