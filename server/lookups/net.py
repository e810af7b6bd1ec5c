"""The real clock and the real connections; names are resolved and their addresses vetted before anything is dialled."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from server.lookups.guard import is_address, is_public
from server.lookups.ports import Clock, Dialer, Records, RecordType, Resolver, Trouble
from server.model import Why

MAX_ADDRESSES = 4  # of one host that are tried


class Unreachable(Exception):
    """No usable answer from a server; `why` is timed_out, refused or failed."""

    def __init__(self, why: Why, note: str) -> None:
        super().__init__(note)
        self.why: Why = why
        self.note = note


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """See `ports.Clock`."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """See `ports.Clock`."""
        return time.monotonic()


class TcpDialer:
    """Plain TCP."""

    def dial(self, address: str, port: int, timeout_s: float) -> socket.socket:
        """See `ports.Dialer`."""
        return socket.create_connection((address, port), timeout=timeout_s)


@dataclass(frozen=True, slots=True)
class Network:
    """Connects to hosts by name. `own` hosts are those that the admin named in a setting: only they may be private."""

    resolver: Resolver
    dialer: Dialer
    clock: Clock

    def connect(self, host: str, port: int, until: float, *, own: bool = False) -> socket.socket:
        """A connected socket before `until` (`Clock.monotonic` seconds). Raises Unreachable."""
        addresses = self._addresses(host, until, own=own)
        if not own and not all(is_public(address) for address in addresses):
            raise Unreachable("failed", f"{host} has an address that is not public")
        failure = Unreachable("failed", f"{host} has no address")
        for address in addresses[:MAX_ADDRESSES]:
            try:
                return self.dialer.dial(address, port, self.left(until))
            except OSError as error:
                failure = unreachable(error, f"{host}:{port}")
        raise failure

    def left(self, until: float) -> float:
        """Seconds until then. Raises Unreachable when there are none."""
        seconds = until - self.clock.monotonic()
        if seconds <= 0:
            raise Unreachable("timed_out", "the time was up")
        return seconds

    def _addresses(self, host: str, until: float, *, own: bool) -> list[str]:
        if is_address(host):
            return [host.strip("[]")]
        if own:  # may stand in the hosts file or in the container network's own name service
            try:
                found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            except OSError as error:
                raise Unreachable("failed", f"{host}: {error.strerror or error}") from None
            return list(dict.fromkeys(str(entry[4][0]) for entry in found))
        kinds: tuple[RecordType, ...] = ("A", "AAAA")
        for kind in kinds:
            reply = self.resolver.ask(host, kind, until)
            if isinstance(reply, Records):
                return list(reply.values)
            if isinstance(reply, Trouble):
                raise Unreachable(reply.why, f"{host}: {reply.note or reply.why}")
        return []


def unreachable(error: OSError, where: str) -> Unreachable:
    """An operating system's error as a reason."""
    if isinstance(error, TimeoutError):
        return Unreachable("timed_out", f"{where} did not answer in time")
    if isinstance(error, ConnectionRefusedError):
        return Unreachable("refused", f"{where} refuses connections")
    return Unreachable("failed", f"{where}: {error.strerror or error}")
