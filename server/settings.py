"""All settings of the server: environment variables BACKTONE_*, checked once at the start."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from server import settings_values as read
from server.settings_values import domain_or_address as domain_or_address

PREFIX = "BACKTONE_"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without an entry, as in some containers: BACKTONE_DATA must be set then
        return Path("/nonexistent")


HOME = _home()


class SettingsError(Exception):
    """A setting that the server refuses. `name` is the environment variable, `message` says what is allowed.

    `more` are the other refused ones: the admin reads all of them at once.
    """

    def __init__(self, name: str, message: str, more: Sequence[SettingsError] = ()) -> None:
        super().__init__("\n".join([f"{name}: {message}", *map(str, more)]))
        self.name = name
        self.message = message
        self.more = tuple(more)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as values. Every field is one BACKTONE_* variable; `TABLE` describes them."""

    listen: tuple[str, int] = ("127.0.0.1", 8750)
    data: Path = HOME / ".local" / "share" / "backtone"
    tokens_file: Path = HOME / ".local" / "share" / "backtone" / "tokens"
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
    reverse_proxies: int = 0
    rate_limit: int = 120
    website: bool = False
    blocklists: tuple[str, ...] = ()
    company_name: str = ""
    company_mail: str = ""
    company_signature: tuple[str, ...] = ()
    lookups: bool = True

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read all BACKTONE_* names of `environ`. An empty value counts as not set.

        Raises SettingsError naming all that is refused.
        """
        given = {name: text.strip() for name, text in environ.items() if name.upper().startswith(PREFIX)}
        known = {row.name: row for row in TABLE}
        values: dict[str, Any] = {}
        wrong: list[SettingsError] = []
        for name, text in sorted(given.items()):
            try:
                if name not in known:
                    raise SettingsError(name, f"no such setting{_nearest(name, known)}")
                if text:
                    values[known[name].field] = known[name].read(text)
            except SettingsError as error:
                wrong.append(error)
        if wrong:
            raise SettingsError(wrong[0].name, wrong[0].message, wrong[1:])
        if "data" in values:
            values.setdefault("tokens_file", values["data"] / "tokens")
        return cls(**values)

    def fingerprint(self) -> str:
        """Names the settings that an answer depends on: what was kept under others counts no longer."""
        chosen = {item.name: getattr(self, item.name) for item in fields(self) if item.name not in SAME_ANSWERS}
        return hashlib.blake2b(repr(sorted(chosen.items())).encode(), digest_size=6).hexdigest()


# Settings that change who is answered and where, but not what.
SAME_ANSWERS = {"listen", "data", "tokens_file", "redis_url", "database_url",
                "cors_origins", "trusted_hosts", "reverse_proxies", "rate_limit",
                "company_name", "company_mail", "company_signature"}  # fmt: skip

WITH_PASSWORD = {"REDIS_URL", "DATABASE_URL", "PROXY", "RDAP_BOOTSTRAP"}
"""What is refused of these is shown without what stands before an @: logs are read by many."""


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
            said, item = (*error.args, text)[:2] if error.args else ("not usable", text)
            if self.short in WITH_PASSWORD:
                item = re.sub(r"^(\w+://)?.*@", r"\1…@", item)
            shown = item if len(item) <= 80 else item[:79] + "…"
            raise SettingsError(self.name, f"{said}: {shown!r}. Allowed: {self.allowed}.") from None


def _nearest(name: str, known: Mapping[str, Setting]) -> str:
    shorts = [row.short for row in known.values()]
    near = difflib.get_close_matches(name.upper().removeprefix(PREFIX), shorts, n=1, cutoff=0.6)
    return f", did you mean {PREFIX}{near[0]}?" if near else f". Settings are {', '.join(sorted(known))}."


TABLE: tuple[Setting, ...] = (
    Setting("LISTEN", "host:port, as 127.0.0.1:8750 or [::1]:8750", read.host_port),
    Setting("DATA", "a folder, made at the first start", read.path),
    Setting("TOKENS_FILE", "a file, made with one token at the first start", read.path),
    Setting(
        "OWN_DOMAINS", "domains, or whole addresses on freemail, separated by commas", read.many(read.domain_or_address)
    ),
    Setting("OVERLAY", "a folder that is there and that the server may read", read.folder),
    Setting("REDIS_URL", "as redis://host:6379/0, rediss://… or unix:///path", read.url("redis", "rediss", "unix")),
    Setting("DATABASE_URL", "as sqlite:////path or postgresql://host/name", read.url("sqlite", "postgresql")),
    Setting("CORS_ORIGINS", "literal origins, as chrome-extension://<id>, separated by commas", read.many(read.origin)),
    Setting("MEANING", "on or off", read.switch),
    Setting("RESOLVERS", "IP addresses, with :port if not 53, separated by commas", read.many(read.resolver)),
    Setting("WHOIS_MAP", "tld=host or tld=host:port, separated by commas", read.whois_map),
    Setting("RDAP_BOOTSTRAP", "a file, or an http:// or https:// URL", read.file_or_url),
    Setting("PROXY", "as http://host:3128", read.url("http", "https")),
    Setting("TRUSTED_HOSTS", "host names, .example.com for all under it, by commas", read.many(read.trusted_host)),
    Setting("REVERSE_PROXIES", "how many stand in front and add to X-Forwarded-For, 0 to 9", read.few),
    Setting("RATE_LIMIT", "calls a minute for each token, 1 to 100000", read.per_minute),
    Setting("COMPANY_NAME", "our company's name as letters give it, one line", read.one_line),
    Setting("COMPANY_MAIL", "one mail address, as docs@ours.example", read.mail_address),
    Setting("COMPANY_SIGNATURE", "up to ten lines, with \\n between them", read.few_lines),
    Setting("WEBSITE", "on or off", read.switch),
    Setting("BLOCKLISTS", "names of DNS block lists, ip: before lists of addresses", read.many(read.blocklist)),
    Setting("LOOKUPS", "on or off", read.switch),
)
"""Every setting there is. server/README.md explains them, and a house test holds it to that."""
