"""What a look-up answers: Found, NotFound or Unknown, and the values that can be found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from server.model import Why

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """The datum exists. `source` names who said so (`dns`, `rdap:host`, `whois:host`), `at` when, UTC."""

    value: T
    source: str
    at: datetime
    ttl_s: float


@dataclass(frozen=True, slots=True)
class NotFound:
    """The source answered validly that there is no such datum.

    `nxdomain` says that the very name asked for does not exist (for `registration`: that nobody has registered it).
    """

    source: str
    at: datetime
    ttl_s: float
    nxdomain: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody could tell. `note` is for the admin (log, command line), in English, without mail content."""

    why: Why
    source: str
    at: datetime
    ttl_s: float = 0.0
    note: str = ""


Answer = Found[T] | NotFound | Unknown


@dataclass(frozen=True, slots=True)
class MailHosts:
    """Kind `mx`: usable exchangers, lowest preference first. `null_mx` (RFC 7505) says: this domain takes no mail."""

    hosts: tuple[str, ...]
    null_mx: bool = False


@dataclass(frozen=True, slots=True)
class Spf:
    """Kind `spf`: the record as published; whether it ends in `-all` (None: its `redirect=` could not be followed).

    `lookups`: DNS questions that a receiver has to ask for it. `valid`: false where those are more than ten or an
    include leads nowhere, so that receivers give up on it (RFC 7208 §4.6.4). None: it could not be followed.
    """

    record: str
    strict: bool | None
    lookups: int | None = None
    valid: bool | None = None


@dataclass(frozen=True, slots=True)
class Dmarc:
    """Kind `dmarc`: the policy that holds for the host asked about (`sp=` or `np=` applied), and where it stands.

    `policy` is none, quarantine or reject. `enforced` is false for a policy in test (`pct=0` or `t=y`).
    """

    record: str
    policy: str
    enforced: bool
    domain: str


@dataclass(frozen=True, slots=True)
class Registration:
    """Kind `registration`: what the registry publishes of the organisational domain; None or "" is *not published*."""

    created: date | None = None
    expires: date | None = None
    registrar: str = ""
    status: tuple[str, ...] = ()
    """Status codes in RDAP's words (RFC 8056), as `client hold`; the usual transfer locks included."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The TLS certificate that a site showed to its name. `problem` is "" if it is good.

    Else expired, self-signed, wrong name or not trusted; the dates are read of good ones only.
    """

    since: date | None = None
    until: date | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Kind `website`: what the front page of the organisational domain shows, as a visitor sees it.

    `url` is where the visit ended, `status` its HTTP status. `text` holds the visible words (capped), those of the
    contact page behind them. `read`: the page was HTML and came whole enough to be judged.
    """

    url: str
    status: int
    read: bool
    title: str = ""
    language: str = ""
    text: str = ""
    links: tuple[str, ...] = ()
    """Hosts of other sites that it links to."""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    contact_page: str = ""
    team_page: str = ""
    certificate: Certificate | None = None
