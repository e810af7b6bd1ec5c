"""Around every call: the access log without content, times for /metrics, and headers that keep a page to itself."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request
from gunicorn.http.errors import ParseException

from server.web.auth import caller
from server.web.metrics import metrics

access = logging.getLogger("backtone.access")

DRAINED = 32 * 1024 * 1024
"""Bytes of a refused body that are still taken. A server that hangs up instead shows the caller no reason."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
JSON_POLICY = "default-src 'none'"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def register_around(app: Flask) -> None:
    """Time, log and harden every answer of this app."""
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    if response.status_code >= 400:
        _drain()
    response.vary.add("Origin")
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    html = response.mimetype == "text/html"
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY if html else JSON_POLICY)
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    # The route, not the address: an address may hold a domain, a key or a query. Unknown addresses are not shown.
    route = request.url_rule.rule if request.url_rule else "(no such call)"
    person = caller()
    metrics().call(request.endpoint or "none", response.status_code, seconds)
    asked = request.endpoint == "health.alive" and response.status_code == 200  # every ten seconds, by the container
    access.log(
        logging.DEBUG if asked else logging.INFO,
        "%s %s %d %.0fms %s%s",
        request.method if request.url_rule else "-",
        route,
        response.status_code,
        seconds * 1000,
        f"{person.role}:{person.name}" if person else "-",
        f" cache={g.cache}" if "cache" in g else "",
    )
    return response


def _drain() -> None:
    """Take what the caller is still sending, where the server says by itself when the body ends (gunicorn does)."""
    if not request.environ.get("wsgi.input_terminated"):
        return
    left = DRAINED
    try:
        while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 65536))):
            left -= len(piece)
    except (OSError, ValueError, ParseException):  # gone away, or its chunks are broken
        return
