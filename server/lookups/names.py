"""Which names are looked up at all, and the form in which they are asked for."""

from __future__ import annotations

import re

import idna

from server.lookups.guard import is_address

# RFC 6761, 6762, 7686, 8375, 9476, and what private networks use: asking for these tells strangers about the network.
RESERVED = frozenset(
    {"alt", "arpa", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain"}
    | {"localhost", "onion", "private", "test"}
)
RESERVED_DOMAINS = ("example.com", "example.net", "example.org")
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
MAX_NAME = 253  # characters of a name in DNS, RFC 1035


def ascii_name(host: str) -> str | None:
    """The host in lower case and punycode, without a last dot; None if DNS could not hold such a name."""
    name = host.strip().lower().removesuffix(".")
    if not name or len(name) > MAX_NAME:
        return None
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    if len(name) > MAX_NAME or not all(LABEL.fullmatch(label) for label in name.split(".")):
        return None
    return name


def never_asked(host: str) -> str | None:
    """Why this host is not looked up, in English for the admin; None if it may be."""
    if is_address(host):
        return "an IP address, not a domain"
    name = ascii_name(host)
    if name is None:
        return "no name that DNS can hold"
    if "." not in name:
        return "a name without a dot"
    if name.rpartition(".")[2] in RESERVED or any(("." + name).endswith("." + d) for d in RESERVED_DOMAINS):
        return "a name reserved for private use or documentation"
    if name.rpartition(".")[2].isdigit():
        return "an IP address, not a domain"
    return None
