"""What gunicorn refuses before the app sees it (a broken or far too long head), in the one shape of all failures."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from gunicorn import util

from server.web.errors import WORDS

_KNOWN = frozenset(HTTPStatus)


def install() -> None:
    """gunicorn's workers answer such a request with HTML of their own, through this one function."""
    util.write_error = write_error  # pyright: ignore[reportAttributeAccessIssue]


def write_error(sock: Any, status_int: int, reason: str, mesg: str) -> None:
    """Answer and hang up. gunicorn's message is not passed on: it quotes the request."""
    code, message = WORDS.get(status_int, WORDS[500 if status_int >= 500 else 400])
    body = orjson.dumps({"error": {"code": code, "message": message}})
    phrase = HTTPStatus(status_int).phrase if status_int in _KNOWN else reason
    head = (
        f"HTTP/1.1 {status_int} {phrase}\r\nConnection: close\r\nContent-Type: application/json\r\n"
        f"Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    util.write_nonblock(sock, head.encode("latin-1", "replace") + body)
