"""Ports that tests hand to the look-ups: a clock that they move, a dialer to loopback, a table of DNS answers."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from server.lookups.ports import DnsReply, RecordType, Trouble


@dataclass(frozen=True)
class Egress:
    """The settings that look-ups read."""

    resolvers: tuple[str, ...] = ("127.0.0.1:9",)
    whois_map: Mapping[str, str] = field(default_factory=dict[str, str])
    rdap_bootstrap: str | None = None
    proxy: str | None = None
    website: bool = False
    blocklists: tuple[str, ...] = ()


class MovableClock:
    """The real time plus what a test adds."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic() + self.ahead


class MapDialer:
    """Connects vetted addresses to loopback ports; anything else is refused. Keys: an address, or (address, port)."""

    def __init__(self, ports: Mapping[Any, int]) -> None:
        self.ports = ports
        self.dialled: list[tuple[str, int]] = []

    def dial(self, address: str, port: int, timeout_s: float) -> socket.socket:
        self.dialled.append((address, port))
        there = self.ports.get((address, port), self.ports.get(address))
        if there is None:
            raise ConnectionRefusedError(f"no peer for {address}")
        return socket.create_connection(("127.0.0.1", there), timeout_s)


class LoopbackAndMap(MapDialer):
    """Loopback as it is (the admin's own registry in these tests); public addresses through the map."""

    def dial(self, address: str, port: int, timeout_s: float) -> socket.socket:
        if address == "127.0.0.1":
            return socket.create_connection((address, port), timeout_s)
        return super().dial(address, port, timeout_s)


class TableResolver:
    """Answers from a table; what is not in it does not work."""

    def __init__(self, table: Mapping[tuple[str, str], DnsReply]) -> None:
        self.table = table

    def ask(self, name: str, kind: RecordType, until: float) -> DnsReply:
        return self.table.get((name, kind), Trouble("failed", "not in the table"))


def soon(seconds: float = 20.0) -> float:
    """A deadline that a loaded machine meets."""
    return time.monotonic() + seconds


def eventually(holds: Callable[[], Any], seconds: float = 30.0) -> None:
    """Wait until something holds, instead of sleeping a guessed time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            pytest.fail("it never came to hold")
        time.sleep(0.01)
