"""GET /v1/rulebook: the compiled rules for the extension, sent once and then only when they change."""

from __future__ import annotations

import gzip

from flask import Response, request

from server.web.engine import Book, engine
from server.web.spec import Blueprint, failures

blueprint = Blueprint("rulebook", "The rules as the extension reads them")


@blueprint.call(
    "/v1/rulebook",
    operationId="rulebook",
    parameters=[{"in": "header", "name": "If-None-Match", "schema": {"type": "string"}}],
    responses={
        "200": {
            "description": "The compiled rulebook",
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        "304": {"description": "The caller has it already"},
        **failures(401, 429),
    },
)
def rulebook() -> Response:
    """The compiled rulebook. With the ETag of the last answer in If-None-Match it is sent only if it changed."""
    book = engine().vetting.rulebook
    packed = request.accept_encodings["gzip"] > 0
    body = _packed(book) if packed else book.json_bytes
    response = Response(body, mimetype="application/json")
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{book.version}-gzip" if packed else book.version)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response


def _packed(book: Book) -> bytes:
    """The rulebook by gzip, made once for each version."""
    made = _made.get(book.version)
    if made is None:
        made = gzip.compress(book.json_bytes, 9, mtime=0)
        _made.clear()
        _made[book.version] = made
    return made


_made: dict[str, bytes] = {}
