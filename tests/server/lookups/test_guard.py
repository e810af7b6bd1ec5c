"""Addresses that outsiders may lead us to, and those they may not."""

from __future__ import annotations

import pytest

from server.lookups.guard import is_address, is_public


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:93.184.215.14"])
def test_public_unicast_passes(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # cloud metadata
        "100.64.0.1",  # carrier-grade NAT: is_private is false for it
        "192.0.2.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",  # 6to4 of 127.0.0.1: is_global is true for it
        "2001:0:7f00:1::",  # Teredo
        "64:ff9b::7f00:1",  # NAT64 of 127.0.0.1
        "64:ff9b:1::1",
        "2001:db8::1",
        "127.1",
        "2130706433",
        "localhost",
        "",
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    assert not is_public(address)


def test_an_address_is_told_from_a_name() -> None:
    assert all(is_address(text) for text in ("1.2.3.4", "[1.2.3.4]", "[IPv6:2001:db8::1]", "fe80::1%eth0"))
    assert not any(is_address(text) for text in ("1.2.3", "acme.com", "", "1.2.3.4.com"))
