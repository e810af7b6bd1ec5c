"""What the look-ups need from outside: a name server, a way to connect, a clock, and the admin's settings."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from server.model import Why

RecordType = Literal["A", "AAAA", "MX", "NS", "TXT"]


@dataclass(frozen=True, slots=True)
class Records:
    """The name has records of that type: `A`/`AAAA` as addresses, `MX` as "preference host", `NS` as
    host names, `TXT` joined."""

    values: tuple[str, ...]
    ttl_s: float


@dataclass(frozen=True, slots=True)
class NoName:
    """NXDOMAIN from a server that answered validly: the name does not exist."""

    ttl_s: float


@dataclass(frozen=True, slots=True)
class NoData:
    """The name exists (or owns an alias) and has no record of that type."""

    ttl_s: float


@dataclass(frozen=True, slots=True)
class Trouble:
    """No usable answer: `timed_out`, `refused` (REFUSED) or `failed` (SERVFAIL, garbage, a lying server)."""

    why: Why
    note: str = ""


DnsReply = Records | NoName | NoData | Trouble


class Clock(Protocol):
    """The time, as the calendar has it and as deadlines need it."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back."""
        ...


class Resolver(Protocol):
    """A recursive name server."""

    def ask(self, name: str, kind: RecordType, until: float) -> DnsReply:
        """Ask for one type of record of an ASCII name. `until` is the end of patience, `Clock.monotonic` seconds."""
        ...


class Dialer(Protocol):
    """Opens a TCP connection to an address that has already been vetted."""

    def dial(self, address: str, port: int, timeout_s: float) -> socket.socket:
        """A connected socket. Raises OSError (TimeoutError when the time is up)."""
        ...


class LookupSettings(Protocol):
    """The part of the settings that the look-ups read (`server.settings.Settings` has it)."""

    @property
    def resolvers(self) -> tuple[str, ...]:
        """Name servers as "ip", "ip:port" or "[ipv6]:port"; empty: those of the system."""
        ...

    @property
    def whois_map(self) -> Mapping[str, str]:
        """WHOIS server by TLD, "host:port"; each may lie in the admin's own network."""
        ...

    @property
    def rdap_bootstrap(self) -> str | None:
        """Path or URL of a bootstrap file in IANA's form; None: the one shipped."""
        ...

    @property
    def proxy(self) -> str | None:
        """URL of an HTTP proxy for RDAP."""
        ...

    @property
    def website(self) -> bool:
        """Whether the sender's site is visited whenever a mail is vetted; else only when asked for."""
        ...

    @property
    def blocklists(self) -> tuple[str, ...]:
        """DNS block lists of domains, `ip:` before those of addresses; empty: none is asked."""
        ...
