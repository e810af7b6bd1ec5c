"""All settings of the server: environment variables BACKTONE_*, checked once at the start."""

from __future__ import annotations

import difflib
import hashlib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "BACKTONE_"


class SettingsError(Exception):
    """A setting that the server refuses. `name` is the environment variable, `message` says what is allowed."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as values. Every field is one BACKTONE_* variable; `TABLE` describes them."""

    listen: tuple[str, int] = ("127.0.0.1", 8750)
    data: Path = Path.home() / ".local" / "share" / "backtone"
    tokens_file: Path = Path.home() / ".local" / "share" / "backtone" / "tokens"
    own_domains: tuple[str, ...] = ()
    overlay: Path | None = None
    redis_url: str | None = None
    database_url: str | None = None
    cors_origins: tuple[str, ...] = ()
    meaning: bool = True
    resolvers: tuple[str, ...] = ()
    whois_map: dict[str, str] = field(default_factory=dict[str, str])
    rdap_bootstrap: str | None = None
    proxy: str | None = None
    trusted_hosts: tuple[str, ...] = ()
    rate_limit: int = 120
    website: bool = False
    blocklists: tuple[str, ...] = ()
    lookups: bool = True

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read all BACKTONE_* names of `environ`. An empty value counts as not set. Raises SettingsError."""
        given = {name: text.strip() for name, text in environ.items() if name.startswith(PREFIX)}
        known = {row.name: row for row in TABLE}
        for name in sorted(given):
            if name not in known:
                raise SettingsError(name, f"no such setting{_nearest(name, known)}")
        values = {known[name].field: known[name].read(text) for name, text in given.items() if text}
        if "data" in values:
            values.setdefault("tokens_file", values["data"] / "tokens")
        return cls(**values)

    def fingerprint(self) -> str:
        """Names the settings that an answer depends on: what was kept under others counts no longer."""
        chosen = {item.name: getattr(self, item.name) for item in fields(self) if item.name not in SAME_ANSWERS}
        return hashlib.blake2b(repr(sorted(chosen.items())).encode(), digest_size=6).hexdigest()


# Settings that change who is answered and where, but not what.
SAME_ANSWERS = {"listen", "data", "tokens_file", "redis_url", "database_url",
                "cors_origins", "trusted_hosts", "rate_limit"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the variable's name without prefix, what it may hold, and how it is read."""

    short: str
    allowed: str
    parse: Callable[[str], Any]

    @property
    def name(self) -> str:
        """The environment variable."""
        return PREFIX + self.short

    @property
    def field(self) -> str:
        """The field of Settings."""
        return self.short.lower()

    def read(self, text: str) -> Any:
        """The value that `text` stands for. Raises SettingsError naming the setting and what is allowed."""
        try:
            return self.parse(text)
        except ValueError as error:
            shown = text if len(text) <= 80 else text[:79] + "…"
            raise SettingsError(self.name, f"{error or 'not usable'}: {shown!r}. Allowed: {self.allowed}.") from None


def _nearest(name: str, known: Mapping[str, Setting]) -> str:
    near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.6)
    return f", did you mean {near[0]}?" if near else f". Settings are {', '.join(sorted(known))}."


def _switch(text: str) -> bool:
    if text.lower() not in {"on", "off"}:
        raise ValueError("neither on nor off")
    return text.lower() == "on"


def _many(one: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """A list, separated by commas or white space, of items that `one` reads; doubles are dropped."""

    def read(text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one(item) for item in re.split(r"[,\s]+", text) if item))

    return read


HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62})){0,20}")


def _host(text: str) -> str:
    """A host name in lower case, punycode for other scripts, or an IP address."""
    if ":" in text:
        return str(ipaddress.IPv6Address(text.strip("[]")))
    try:
        name = text.lower().rstrip(".").encode("idna").decode()
    except UnicodeError:
        raise ValueError("no host name") from None
    if not HOST.fullmatch(name):
        raise ValueError("no host name")
    return name


def domain_or_address(text: str) -> str:
    """A domain or a whole address of ours, in one form. Raises ValueError."""
    local, at, domain = text.lower().rpartition("@")
    if at and not local:
        raise ValueError("an address without its local part")
    if "." not in domain:
        raise ValueError("no domain")
    return local + at + _host(domain)


def _host_port(text: str, default: int | None = None) -> tuple[str, int]:
    """`host:port` or `[IPv6]:port`. Without `default` the port must be given."""
    host, colon, port = text.rpartition(":")
    if not colon or (host.count(":") and not host.endswith("]")):
        if default is None:
            raise ValueError("no port given")
        host, port = text, str(default)
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ValueError("no port between 0 and 65535")
    return _host(host), int(port)


def _resolver(text: str) -> str:
    host, port = _host_port(text, 53)
    shown = f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    return shown if port == 53 else f"{shown}:{port}"


def _whois_map(text: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for item in re.split(r"[,\s]+", text):
        if item:
            tld, equals, server = item.partition("=")
            if not equals or not tld.strip("."):
                raise ValueError("not of the form tld=host")
            host, port = _host_port(server, 43)
            pairs[_host(tld.strip("."))] = f"{host}:{port}"
    return pairs


def _url(*schemes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError("no such URL")
        return text

    return read


def _origin(text: str) -> str:
    parts = urlsplit(text)
    schemes = {"http", "https", "chrome-extension", "moz-extension", "extension"}
    if parts.scheme not in schemes or text != f"{parts.scheme}://{parts.netloc}" or "*" in text or not parts.netloc:
        raise ValueError("no literal origin")
    return text


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _folder(text: str) -> Path:
    if not _path(text).is_dir():
        raise ValueError("no such folder")
    return _path(text)


def _file_or_url(text: str) -> str:
    if text.startswith(("http://", "https://")):
        return text
    if not _path(text).is_file():
        raise ValueError("no such file")
    return str(_path(text))


def _trusted_host(text: str) -> str:
    return "." + _host(text[1:]) if text.startswith(".") else _host(text)


def _blocklist(text: str) -> str:
    prefix, colon, zone = text.lower().rpartition(":")
    if prefix not in ("", "ip") or bool(prefix) != bool(colon) or "." not in zone:
        raise ValueError("no block list")
    return prefix + colon + _host(zone)


def _per_minute(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100_000):
        raise ValueError("no such number")
    return int(text)


TABLE: tuple[Setting, ...] = (
    Setting("LISTEN", "host:port, as 127.0.0.1:8750 or [::1]:8750", _host_port),
    Setting("DATA", "a folder, made at the first start", _path),
    Setting("TOKENS_FILE", "a file, made with one token at the first start", _path),
    Setting("OWN_DOMAINS", "domains, or whole addresses on freemail, separated by commas", _many(domain_or_address)),
    Setting("OVERLAY", "an existing folder", _folder),
    Setting("REDIS_URL", "redis://, rediss:// or unix:// URL", _url("redis", "rediss", "unix")),
    Setting("DATABASE_URL", "sqlite:/// or postgresql:// URL", _url("sqlite", "postgresql")),
    Setting("CORS_ORIGINS", "literal origins, as chrome-extension://<id>, separated by commas", _many(_origin)),
    Setting("MEANING", "on or off", _switch),
    Setting("RESOLVERS", "IP addresses, with :port if not 53, separated by commas", _many(_resolver)),
    Setting("WHOIS_MAP", "tld=host or tld=host:port, separated by commas", _whois_map),
    Setting("RDAP_BOOTSTRAP", "a file, or an http:// or https:// URL", _file_or_url),
    Setting("PROXY", "http:// or https:// URL", _url("http", "https")),
    Setting("TRUSTED_HOSTS", "host names, .example.com for all under it, separated by commas", _many(_trusted_host)),
    Setting("RATE_LIMIT", "calls a minute for each token, 1 to 100000", _per_minute),
    Setting("WEBSITE", "on or off", _switch),
    Setting("BLOCKLISTS", "names of DNS block lists, ip: before those of addresses, by commas", _many(_blocklist)),
    Setting("LOOKUPS", "on or off", _switch),
)
"""Every setting there is. server/README.md explains them, and a house test holds it to that."""
