"""What a WHOIS answer says: a registration, "free", or a reason why nothing can be said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal, cast

from whois.exceptions import (  # pyright: ignore[reportMissingTypeStubs]
    PywhoisError,
    WhoisUnknownDateFormatError,
)
from whois.parser import WhoisEntry  # pyright: ignore[reportMissingTypeStubs]

from server.lookups.answer import Registration
from server.lookups.registry_status import whois_status
from server.lookups.whois_dates import as_day, sure
from server.model import Why

# The parser's patterns are quadratic in places; a real answer has about 3,000 characters.
MAX_LINE = 250
MAX_LINES = 500
MAX_TEXT = 16 * 1024
MAX_NAME = 200
BAD_DATES = 4  # unreadable dates that are taken out before giving up
FIELDS = ("domain_name", "creation_date", "expiration_date", "registrar")
RUNAWAY = {
    "hk": {
        "creation_date": r"Domain Name Commencement Date: *(.+)",
        "expiration_date": r"Expiry Date: *(.+)",
    }
}
NAME_SERVERS = ("nserver", "name server", "nameserver", "ns1")

LIMITED = (
    "exceeded", "rate limit", "too many requests", "too many queries", "quota", "try again later", "access denied",
    "blacklisted", "query limit", "limit reached", "temporarily unavailable", "throttled", "excessive quer",
    "interval is too short", "queried interval", "number of allowed queries", "connection limit",
    "maximum daily", "too many simultaneous", "too many connections", "access control limit", "has been banned",
    "have been banned", "is banned", "frequency limit", "too fast", "request limit", "please slow down",
    "try again in", "too many attempts", "查询过于频繁", "访问过于频繁", "请求过于频繁", "稍后再试",
)  # fmt: skip
FREE = (
    "no match", "not found", "no entries found", "no data found", "no object found", "nothing found", "no such domain",
    "not registered", "status: free", "status: available", "available for registration", "no information available",
    "does not exist", "not exist in database", "no matching record", "is available for", "not been registered",
    "no records matching", "domain unknown", "未注册",
)  # fmt: skip


def read_whois(domain: str, text: str, today: date) -> Registration | Literal["free"] | Why:
    """Read a WHOIS answer about a domain (punycode). `today` bounds the dates."""
    text = _tamed(text)
    if not text:
        return "failed"
    entry = _parsed(domain, text)
    if entry is not None and _has_data(entry, text):
        return _registration(domain, entry, text, today)
    # The first lines only: registries print long terms of use that speak of limits and availability.
    said = "\n".join(line for line in text.lower().split("\n") if line and line[0] not in "%#>")[:1000] or text.lower()
    said = " ".join(said.split()[:120])
    if any(words in said for words in LIMITED):
        return "refused"
    if any(words in said for words in FREE):
        return "free"
    # At some registries the news itself is a comment ("% Query limit reached").
    comments = " ".join(text.lower().split()[:120])
    if any(words in comments for words in LIMITED):
        return "refused"
    return "free" if any(words in comments for words in FREE) else "failed"


def _tamed(text: str) -> str:
    """The text with short lines and no runs of empty ones, so that no pattern of the parser can run away."""
    lines = [line.strip()[:MAX_LINE] for line in text[:MAX_TEXT].splitlines()[:MAX_LINES]]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(" ".join(line.split()) if "\t" not in line else line for line in kept).strip()


def _parsed(domain: str, text: str) -> dict[str, Any] | None:
    """The parser's fields for this TLD; a date that it cannot read is taken out, instead of losing all others."""
    # The library has no types; it is used in a way that it does not document, which the tests hold.
    library: Any = WhoisEntry
    try:
        # An empty answer finds the TLD's class. Of its patterns only ours run: those for contacts are exponential
        # (.jp) or cubic (.hk), and a hostile answer of 200 lines would hold the process for hours.
        example: Any = library.load(domain, "-")
        wanted = {field: example._regex.get(field) for field in FIELDS} | RUNAWAY.get(domain.rpartition(".")[2], {})
        for _ in range(BAD_DATES):
            entry: Any = example.__class__.__new__(example.__class__)
            try:
                library.__init__(entry, domain, text, wanted, example._data_preprocessor)
                return cast("dict[str, Any]", entry)
            except WhoisUnknownDateFormatError as error:
                bad = str(error).removeprefix("Unknown date format: ")
                if not bad or bad not in text:
                    return None
                text = text.replace(bad, "")
    except (PywhoisError, ValueError, OverflowError, TypeError, AttributeError, LookupError):
        return None
    return None


def _has_data(entry: dict[str, Any], text: str) -> bool:
    if any(entry.get(key) for key in ("creation_date", "expiration_date", "registrar")):
        return True
    return any(line.lower().startswith(NAME_SERVERS) for line in text.split("\n"))


def _registration(domain: str, entry: dict[str, Any], text: str, today: date) -> Registration | Why:
    names = entry.get("domain_name")
    told = [str(name).lower().rstrip(".") for name in (names if isinstance(names, list) else [names]) if name]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if told and all(name.isascii() and "." in name and name != domain for name in told):
        return "failed"
    day_first = bool(getattr(entry, "dayfirst", False))
    created = sure(as_day(entry.get("creation_date")), text, day_first=day_first, latest=today + timedelta(days=1))
    far = date(today.year + 101, 1, 1)
    expires = sure(as_day(entry.get("expiration_date")), text, day_first=day_first, latest=far)
    if created is None and entry.get("creation_date"):
        return "failed"  # a date stands there, but it cannot be read for sure
    registrar = entry.get("registrar")
    name = registrar if isinstance(registrar, str) else ""
    return Registration(created, expires, " ".join(name.split())[:MAX_NAME], whois_status(text))
