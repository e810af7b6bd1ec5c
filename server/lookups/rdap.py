"""Registration by RDAP: one request to the registry that answers for the TLD (RFC 9082, 9083)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from server.lookups.answer import Answer, Found, NotFound, Registration, Unknown
from server.lookups.bootstrap import Bootstrap
from server.lookups.net import Unreachable
from server.lookups.ports import Clock
from server.lookups.registration_ttl import FOUND_TTL_S, FREE_TTL_S, REFUSED_TTL_S, UNKNOWN_TTL_S
from server.lookups.registry_status import status_codes
from server.model import Why

if TYPE_CHECKING:
    from server.lookups.fetch import Fetcher, Reply

CAP = 256 * 1024  # octets; a domain's answer has about 10,000
MAX_NAME = 200  # characters of a registrar's name


@dataclass(frozen=True, slots=True)
class Rdap:
    """RDAP look-ups through a bootstrap table."""

    bootstrap: Bootstrap
    fetcher: Fetcher
    clock: Clock

    def registration(self, domain: str, until: float) -> Answer[Registration] | None:
        """What the registry says of an organisational domain (punycode); None where the TLD has no RDAP server."""
        server = self.bootstrap.server(domain.rpartition(".")[2], until)
        if server is None:
            return None
        source = "rdap:" + server.url.split("/")[2]
        try:
            reply = self.fetcher.get(f"{server.url}domain/{domain}", until, cap=CAP, own=server.own)
        except Unreachable as error:
            return self._unknown(error.why, source, error.note)
        return self._read(domain, source, reply)

    def _read(self, domain: str, source: str, reply: Reply) -> Answer[Registration]:
        if reply.status == 429:
            return self._unknown("refused", source, "rate limit")
        document = _json_object(reply.body)
        if reply.status == 404:
            # RFC 7480 §5.3: no such object, with or without a JSON body. A web page is no registry's word.
            if document is None and (reply.body.strip() or "html" in reply.content_type):
                return self._unknown("failed", source, "404 with a page that is not RDAP")
            return NotFound(source, self.clock.now(), FREE_TTL_S, nxdomain=True)
        if reply.status != 200:
            why: Why = "refused" if reply.status in (401, 403) else "failed"
            return self._unknown(why, source, f"status {reply.status}")
        if document is None or not _is_about(document, domain):
            return self._unknown("failed", source, "the answer is not about this domain")
        found = Registration(
            _event(document, "registration", self.clock.now().date()),
            _event(document, "expiration", None),
            _registrar(document),
            _status(document),
        )
        return Found(found, source, self.clock.now(), FOUND_TTL_S)

    def _unknown(self, why: Why, source: str, note: str) -> Unknown:
        ttl_s = REFUSED_TTL_S if why == "refused" else UNKNOWN_TTL_S
        return Unknown(why, source, self.clock.now(), ttl_s, note)


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        document: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", document) if isinstance(document, dict) else None


def _is_about(document: dict[str, Any], domain: str) -> bool:
    """Whether this is a domain object with our name; a registry that leaves the name out is believed."""
    if document.get("objectClassName") != "domain":
        return False
    names = [str(document[key]).lower().rstrip(".") for key in ("ldhName", "unicodeName") if document.get(key)]
    return not names or domain in names or "ldhName" not in document


def _dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in what should be a list of objects."""
    if not isinstance(value, list):
        return []
    return [cast("dict[str, Any]", item) for item in cast("list[Any]", value) if isinstance(item, dict)]


def _event(document: dict[str, Any], action: str, latest: date | None) -> date | None:
    """The day (UTC) of an event, None if absent, unreadable or after `latest`."""
    for event in _dicts(document.get("events")):
        if event.get("eventAction") != action:
            continue
        try:
            moment = datetime.fromisoformat(str(event.get("eventDate")))
            day = (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()
        except (ValueError, OverflowError):
            continue
        if day.year >= 1985 and (latest is None or (day - latest).days <= 1):
            return day
    return None


def _registrar(document: dict[str, Any]) -> str:
    """The registrar's name from its jCard, "" if none is published."""
    for entity in _dicts(document.get("entities")):
        roles = entity.get("roles")
        if not isinstance(roles, list) or "registrar" not in roles:
            continue
        match entity.get("vcardArray"):
            case [_, [*fields]]:
                for field in fields:
                    match field:
                        case ["fn", _, _, str(name), *_] if name.strip():
                            return " ".join(name.split())[:MAX_NAME]
                        case _:
                            continue
            case _:
                continue
    return ""


def _status(document: dict[str, Any]) -> tuple[str, ...]:
    given = document.get("status")
    return status_codes(map(str, cast("list[Any]", given))) if isinstance(given, list) else ()
