"""What every test gets: no network beyond loopback, warnings as errors (pyproject.toml), and the shared fixtures."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

# Shared machines are slow at times, and a test must mean the same thing on each run.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("house")


def is_loopback(family: int, address: Any) -> bool:
    """Whether a connect to this address stays on the machine. Unix sockets do."""
    if family == socket.AF_UNIX:
        return True
    host = str(address[0]).split("%", 1)[0]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name: it would have to be resolved outside
        return False


def refuse(address: Any) -> None:
    """Fail the test, saying what it tried and what to do instead."""
    raise AssertionError(
        f"a test tried to reach {address}: tests talk to loopback only. "
        "Inject a Resolver or Dialer, or start a peer on 127.0.0.1."
    )


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """Every outgoing connection and datagram of the test process is checked; only loopback passes."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        patch.setattr(socket.socket, "sendto", guarded_sendto(socket.socket.sendto))
        yield


def guarded(real: Any) -> Any:
    """`connect` or `connect_ex` behind the check."""

    def connect(self: socket.socket, address: Any) -> Any:
        if not is_loopback(self.family, address):
            refuse(address)
        return real(self, address)

    return connect


def guarded_sendto(real: Any) -> Any:
    """`sendto` behind the check; the address is its last argument."""

    def sendto(self: socket.socket, *args: Any) -> Any:
        if not is_loopback(self.family, args[-1]):
            refuse(args[-1])
        return real(self, *args)

    return sendto


@pytest.fixture
def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def rulebook() -> Any:
    """The compiled rulebook of shared_rules/, loaded once for all tests."""
    from server.rulebook.load import load_rulebook

    return load_rulebook()
