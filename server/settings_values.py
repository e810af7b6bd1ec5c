"""How the text of a setting is read: each reader gives the value, or raises ValueError with what is wrong."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, urlsplit


def switch(text: str) -> bool:
    """on or off. Raises ValueError."""
    if text.lower() not in {"on", "off"}:
        raise ValueError("neither on nor off")
    return text.lower() == "on"


def many(one: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """A list, separated by commas or white space, of items that `one` reads; doubles are dropped.

    Its ValueError has the item at fault as second argument.
    """

    def each(item: str) -> str:
        try:
            return one(item)
        except ValueError as error:
            raise ValueError(str(error), item) from None

    def read(text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each(item) for item in re.split(r"[,\s]+", text) if item))

    return read


HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62})){0,20}")


def host_name(text: str) -> str:
    """A host name in lower case, punycode for other scripts, or an IP address."""
    try:
        if ":" in text:
            return str(ipaddress.IPv6Address(text.strip("[]")))
        name = text.lower().rstrip(".").encode("idna").decode()
    except ValueError:
        raise ValueError("no host name") from None
    if not HOST.fullmatch(name):
        raise ValueError("no host name")
    return name


def domain(text: str) -> str:
    """A domain that mail may come from: two labels at least, the last one no number. Raises ValueError."""
    try:
        name = host_name(text)
    except ValueError:
        raise ValueError("no domain") from None
    if "." not in name or name.rpartition(".")[2].isdigit() or ":" in name:
        raise ValueError("no domain")
    return name


def mail_address(text: str) -> str:
    """A whole mail address, its domain in one form. Raises ValueError."""
    local, at, host = text.rpartition("@")
    if not at or not local or "@" in local or any(char.isspace() or not char.isprintable() for char in local):
        raise ValueError("no mail address")
    return f"{local}@{domain(host)}"


def domain_or_address(text: str) -> str:
    """A domain or a whole address of ours, in one form. Raises ValueError."""
    if text.startswith("@"):
        raise ValueError("an address without its local part")
    return mail_address(text.lower()) if "@" in text else domain(text)


def host_port(text: str, default: int | None = None) -> tuple[str, int]:
    """`host:port` or `[IPv6]:port`. Without `default` the port must be given."""
    host, colon, port = text.rpartition(":")
    if not colon or (host.count(":") and not host.endswith("]")):
        if default is None:
            raise ValueError("no port given")
        host, port = text, str(default)
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ValueError("no port between 0 and 65535")
    return host_name(host), int(port)


def resolver(text: str) -> str:
    """`ip` or `ip:port`, in one form. Raises ValueError."""
    host, port = host_port(text, 53)
    try:
        shown = f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        raise ValueError("no IP address") from None
    if not port:
        raise ValueError("no port between 1 and 65535")
    return shown if port == 53 else f"{shown}:{port}"


def whois_map(text: str) -> dict[str, str]:
    """`tld=host:port` pairs by TLD. Raises ValueError."""
    pairs: dict[str, str] = {}
    for item in re.split(r"[,\s]+", text):
        if item:
            tld, equals, server = item.partition("=")
            if not equals or not tld.strip("."):
                raise ValueError("not of the form tld=host")
            host, port = host_port(server, 43)
            pairs[host_name(tld.strip("."))] = f"{host}:{port}"
    return pairs


_OF_FILES = ("sqlite", "unix")
"""URLs of a place on this machine."""
_NUMBERED = ("redis", "rediss")
"""URLs whose path is the number of a database."""


def url(*schemes: str) -> Callable[[str], str]:
    """A reader of URLs of these schemes. Those that lead over the network name a host, and a port if any."""

    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not text.startswith(f"{parts.scheme}://"):
            raise ValueError("no such URL")
        if parts.scheme in _OF_FILES:
            if not parts.path.strip("/"):
                raise ValueError("no path in it")
        elif not parts.hostname or not _has_good_port(parts):
            raise ValueError("no host in it, or no such port")
        if parts.scheme in _NUMBERED and not re.fullmatch(r"/?|/[0-9]+", parts.path):
            raise ValueError("its database is no number")
        return text

    return read


def _has_good_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def origin(text: str) -> str:
    """A literal origin. Raises ValueError."""
    parts = urlsplit(text)
    schemes = {"http", "https", "chrome-extension", "moz-extension", "extension"}
    if parts.scheme not in schemes or text != f"{parts.scheme}://{parts.netloc}" or "*" in text or not parts.netloc:
        raise ValueError("no literal origin")
    return text


def path(text: str) -> Path:
    """A path, `~` expanded. Raises ValueError."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise ValueError("no such user, or he has no home") from None


def folder(text: str) -> Path:
    """A folder that is there, and that we may look into. Raises ValueError."""
    found = path(text)
    if not os.path.isdir(found):  # noqa: PTH112  (Path's raises where a folder above may not be entered)
        raise ValueError("no such folder, or no right to reach it")
    if not os.access(found, os.R_OK | os.X_OK):
        raise ValueError("no right to read this folder")
    return found


def file_or_url(text: str) -> str:
    """A file that is there, or a URL. Raises ValueError."""
    if "://" in text:
        return url("http", "https")(text)
    if not os.path.isfile(path(text)):  # noqa: PTH113  (as in `folder`)
        raise ValueError("no such file")
    return str(path(text))


def trusted_host(text: str) -> str:
    """A host name, or `.example.com` for all under it. Raises ValueError."""
    return "." + host_name(text[1:]) if text.startswith(".") else host_name(text)


def blocklist(text: str) -> str:
    """The zone of a DNS block list, `ip:` before one of addresses. Raises ValueError."""
    prefix, colon, zone = text.lower().rpartition(":")
    if prefix not in ("", "ip") or bool(prefix) != bool(colon) or "." not in zone:
        raise ValueError("no block list")
    return prefix + colon + host_name(zone)


def per_minute(text: str) -> int:
    """Calls a minute. Raises ValueError."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100_000):
        raise ValueError("no such number")
    return int(text)


def few(text: str) -> int:
    """A number from 0 to 9. Raises ValueError."""
    if not (text.isascii() and text.isdigit() and len(text) == 1):
        raise ValueError("no such number")
    return int(text)


def one_line(text: str) -> str:
    """A name or an address in one line of at most 120 characters. Raises ValueError."""
    if len(text) > 120 or not text.isprintable():
        raise ValueError("not one line of 120 characters")
    return text


def few_lines(text: str) -> tuple[str, ...]:
    """At most ten lines, separated by line ends or by the two characters \\n. Raises ValueError."""
    lines = tuple(one_line(line.strip()) for line in text.replace("\\n", "\n").splitlines())
    if len(lines) > 10:
        raise ValueError("more than ten lines")
    return lines
