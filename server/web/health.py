"""/healthz, /readyz and /metrics, for the admin and his monitoring."""

from __future__ import annotations

from typing import Any, cast

import orjson
from flask import Response, current_app

from server.vetting import Vetting
from server.web.answers import AliveSchema, ReadySchema
from server.web.auth import caller, token_problems
from server.web.engine import engine, fairly
from server.web.metrics import metrics
from server.web.spec import Blueprint, answer, failures
from server.web.tryit import EXTENSION

OFFERED = {"feedback", "letters", "history", "counterparts"}
"""Blueprints that a client may show a control for; /readyz names those that this server has."""

SITE_VISIT = "site_visit"
"""The feature of `GET /v1/domains/{domain}?site=1`, where domains are looked up at all."""

NO_REGISTRY = (
    "no registry answers (RDAP, WHOIS), so the age of domains stays unknown: set BACKTONE_PROXY where the network has "
    "one, and BACKTONE_WHOIS_MAP where port 43 is blocked"
)
NO_REDIS = (
    "Redis does not answer, so each process works alone: start it or mend its address and password (the log says how "
    "it failed), or take BACKTONE_REDIS_URL out"
)

RESOLVER = {
    "invents": ["the name server invents answers for names that do not exist: set BACKTONE_RESOLVERS"],
    "denies": ["the name server denies every name, it has no way out: set BACKTONE_RESOLVERS"],
    "silent": ["the name server does not answer: set BACKTONE_RESOLVERS, or BACKTONE_LOOKUPS=off"],
}
"""What the admin should mend, by what the probe of his name server found."""

blueprint = Blueprint("health", "For the admin")


@blueprint.call(
    "/healthz", operationId="alive", security=[], responses={"200": answer(AliveSchema, "The process answers")}
)
def alive() -> Response:
    """Whether the process answers."""
    return _plain({"status": "ok"}, 200)


@blueprint.call(
    "/readyz",
    operationId="ready",
    security=[{}, {"token": []}],
    responses={"200": answer(ReadySchema, "Ready"), "503": answer(ReadySchema, "Not ready")},
)
def ready() -> Response:
    """Whether mails can be vetted, and what is wrong. Without a token only how many problems there are."""
    state = report(details=caller() is not None)
    return _plain(state, 200 if state["ready"] else 503)


@blueprint.call(
    "/metrics",
    endpoint="metrics",
    operationId="metrics",
    responses={"200": answer(None, "Prometheus text", "text/plain"), **failures(401, 403, 429)},
)
def show() -> Response:
    """Counts by level and rule, times by call, cache hits. Needs the role admin."""
    return Response(metrics().text(), mimetype="text/plain; version=0.0.4")


def report(*, details: bool) -> dict[str, Any]:
    """What is in force and what is wrong. Wrong lines in a list do not stop the server from vetting."""
    now = engine()
    book = now.loaded.rulebook if now.loaded else None
    outside = _outside()
    problems = [*now.problems(), *token_problems(), *RESOLVER.get(outside.get("resolver", ""), ())]
    problems += [NO_REGISTRY] if outside.get("resolver") == "honest" and _no_registry(outside) else []
    problems += [NO_REDIS] if _no_redis() else []
    problems += [] if book else ["the rules are still being read"]
    count = len(problems)
    hidden = [f"{count} problem(s); send a token to read them"] if problems else []
    return {
        "ready": bool(book and book.rules),
        "rulebook": book.version if book else "",
        "rules": len(book.rules) if book else 0,
        "lookups": now.lookups,
        "outside": outside,
        "lists": now.overlay.counts() if now.overlay else {},
        "problems": fairly(problems) if details else hidden,
        "features": sorted((OFFERED & current_app.blueprints.keys()) | ({SITE_VISIT} if now.lookups else set())),
        "extension": _extension(),
    }


def _outside() -> dict[str, str]:
    """What the look-ups have seen of name server and registries so far; {} where there are none."""
    loaded = engine().loaded
    return loaded.lookups.outside() if isinstance(loaded, Vetting) and loaded.lookups else {}


def _no_registry(outside: dict[str, str]) -> bool:
    """Whether neither way to the registries has led anywhere, and one was tried."""
    ways = {outside.get("rdap"), outside.get("whois")}
    return "failing" in ways and "reached" not in ways


def _no_redis() -> bool:
    """Whether there is a Redis that did not answer of late. Asks it behind the caller's back, for the next time."""
    shared = current_app.extensions.get("backtone.shared")
    reloads = engine().reloads
    if reloads:
        reloads.look()
    return shared is not None and not shared.reachable


def _extension() -> str:
    """The version of the extension built here: hand-installed ones compare theirs with it."""
    try:
        found: Any = orjson.loads((EXTENSION / "manifest.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return ""
    return str(cast(dict[str, Any], found).get("version", "")) if isinstance(found, dict) else ""


def _plain(body: dict[str, Any], status: int) -> Response:
    response = cast(Response, current_app.json.response(body))
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
