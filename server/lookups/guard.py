"""Which addresses may be connected to when an outsider had a say in the name: public unicast only."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address, IPv6Network

# `is_global` is true for these in Python 3.11, and each of them can carry a private IPv4 address inside.
CARRIERS = tuple(
    IPv6Network(net)
    for net in (
        "2002::/16",  # 6to4
        "2001::/32",  # Teredo
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # local-use NAT64
        "::/96",  # IPv4-compatible
        "fec0::/10",  # site-local
    )
)


def is_public(address: str) -> bool:
    """Whether `address` (text of an IPv4 or IPv6 address) is public unicast. Anything unreadable is not."""
    try:
        ip: IPv4Address | IPv6Address = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif any(ip in net for net in CARRIERS):
            return False
    # `not is_private` would let the carrier-grade NAT range 100.64.0.0/10 pass.
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def is_address(text: str) -> bool:
    """Whether `text` is an IP address rather than a name (also in brackets, as mail writes it)."""
    try:
        ipaddress.ip_address(text.strip("[]").removeprefix("IPv6:").removeprefix("ipv6:").split("%", 1)[0])
    except ValueError:
        return False
    return True
