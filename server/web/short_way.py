"""The short way, before Flask begins: for a mail seen before, by the bytes of its request, and for plain JSON.

Token, rate limit, host, rules in force and the body are checked here as on the long way. Whatever is not in order, or
not plainly so, goes the long way, which says what is wrong.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from server.web.around import ALWAYS, JSON_POLICY, access
from server.web.auth import bearer
from server.web.cache import Kept
from server.web.engine import Engine
from server.web.errors import JSON_BYTES
from server.web.finishing import verdict_of, written
from server.web.limits import budget_of
from server.web.metrics import Metrics
from server.web.quota import Quota
from server.web.reading import Asked, read_plain
from server.web.tokens import Tokens

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

BODY_KEY = "backtone.body_key"
"""Where in the environment the long way finds under which key the body is to be noted."""
ENDPOINT, ROUTE = "vet.vet", "/v1/vet"
TYPES = ("application/json", "message/rfc822")
HEADERS = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("Vary", "Origin"),
    *ALWAYS.items(),
    ("Content-Security-Policy", JSON_POLICY),
]


class ShortWay:
    """WSGI around the app. Made last, when the app has all its parts."""

    def __init__(self, app: Flask, inner: WSGIApplication, origins: Iterable[str]) -> None:
        self._inner = inner
        self._engine = cast(Engine, app.extensions["backtone"])
        self._metrics = cast(Metrics, app.extensions["backtone.metrics"])
        self._tokens = cast(Tokens, app.extensions["backtone.tokens"])
        self._quota = cast(Quota, app.extensions["backtone.quota"])
        self._hosts: list[str] | None = app.config["TRUSTED_HOSTS"]
        self._origins = frozenset(origins)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, or hand on."""
        if environ.get("PATH_INFO") == ROUTE and environ.get("REQUEST_METHOD") == "POST":
            answer = self._answer(environ)
            if answer is not None:
                start_response("200 OK", [*HEADERS, ("Content-Length", str(len(answer)))])
                return (answer,)
        return self._inner(environ, start_response)

    def _answer(self, environ: WSGIEnvironment) -> bytes | None:
        started = time.perf_counter()
        head = _head(environ)
        engine = self._engine
        vetting = engine.loaded
        if head is None or vetting is None or environ.get("HTTP_ORIGIN") in self._origins:
            return None
        if self._hosts and not host_is_trusted(environ.get("HTTP_HOST", ""), self._hosts):
            return None
        person = self._tokens.find(bearer(environ.get("HTTP_AUTHORIZATION", "")))
        if person is None:
            return None
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(body)
        key = environ[BODY_KEY] = engine.verdicts.body_key(head, body)
        kept = engine.verdicts.sent_before(key, engine.stamp(vetting))
        asked = (
            read_plain(body, environ.get("HTTP_ACCEPT_LANGUAGE", "")) if kept is None and _is_plain(environ) else None
        )
        if (kept is None and asked is None) or self._quota.take(budget_of(person, None)):
            return None
        hit = True
        if asked is not None:
            made = self._made(asked, key)
            if made is None:
                return None
            kept, hit = made
        assert kept
        seconds = time.perf_counter() - started
        self._metrics.verdict(kept.level, kept.rules, hit=hit)
        self._metrics.call(ENDPOINT, 200, seconds)
        cache = "hit" if hit else "miss"
        access.info("POST %s 200 %.0fms %s:%s cache=%s", ROUTE, seconds * 1000, person.role, person.name, cache)
        return written(kept, seconds, hit=hit)

    def _made(self, asked: Asked, body_key: bytes) -> tuple[Kept, bool] | None:
        try:
            kept, hit = verdict_of(self._engine, asked)
        except Exception:  # noqa: BLE001  (a bug: the long way meets it again, logs its place and answers 500)
            return None
        if kept.complete:
            self._engine.verdicts.note_body(body_key, kept.key)
        return kept, hit


def _is_plain(environ: WSGIEnvironment) -> bool:
    """JSON, with no options beside it."""
    kind = environ.get("CONTENT_TYPE", "")
    plain = kind == "application/json" or kind.partition(";")[0].rstrip().lower() == "application/json"
    return plain and not environ.get("QUERY_STRING")


def _head(environ: WSGIEnvironment) -> str | None:
    """What of the head lines a verdict depends on; None for a request that has to go the long way."""
    get = cast("Callable[..., Any]", environ.get)
    length = get("CONTENT_LENGTH", "")
    if not (length.isascii() and length.isdigit()) or len(length) > 8 or int(length) > JSON_BYTES:
        return None
    kind = get("CONTENT_TYPE", "")
    if not kind.startswith(TYPES) or "HTTP_CONTENT_ENCODING" in environ or "no-cache" in get("HTTP_CACHE_CONTROL", ""):
        return None
    return f"{kind}\n{get('QUERY_STRING', '')}\n{get('HTTP_ACCEPT_LANGUAGE', '')}"
