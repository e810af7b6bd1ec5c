"""POST /v1/vet and GET /v1/vet/{key}: a mail's verdict, and the newer one when the look-ups are in."""

from __future__ import annotations

import time
from typing import cast

from flask import Response, g, request

from server.model import Lang
from server.web.answers import VerdictSchema
from server.web.cache import Kept
from server.web.engine import engine
from server.web.errors import MAIL_BYTES, ApiError
from server.web.finishing import verdict_of, written
from server.web.metrics import metrics
from server.web.reading import Asked, read_vet_request
from server.web.schemas import VetOptionsSchema, VetRequestSchema
from server.web.short_way import BODY_KEY
from server.web.spec import Blueprint, answer, failures

blueprint = Blueprint("vet", "Vet a mail")

EXAMPLE = {
    "lang": "en",
    "sender": {"address": "purchase@importer.example", "name": "Ann Lee"},
    "subject": "Inquiry for LED panels",
    "body": {"text": "Dear sir, please quote 2,000 pcs of item LP-6060, CIF Hamburg. Best regards, Ann Lee"},
    "links": [],
    "attachments": [{"name": "specification.pdf"}],
}


@blueprint.call(
    "/v1/vet",
    method="POST",
    operationId="vet",
    parameters=[{"in": "query", "schema": VetOptionsSchema}],
    requestBody={
        "description": "JSON up to 1 MiB, or the mail itself up to 25 MiB.",
        "content": {
            "application/json": {"schema": VetRequestSchema, "example": EXAMPLE},
            "message/rfc822": {"schema": {"type": "string", "maxLength": MAIL_BYTES}},
        },
    },
    responses={"200": answer(VerdictSchema, "The verdict"), **failures(400, 401, 413, 415, 422, 429)},
)
def vet() -> Response:
    """Vet a mail, or any part of one.

    `max_wait_ms` bounds the wait for look-ups; 0 answers at once from the text and what is known already. While
    `complete` is false, ask `GET /v1/vet/{key}` again after `retry_after_ms`. `Cache-Control: no-cache` vets anew.
    What `detail` leaves out of a verdict stands in `GET /v1/searches` for all of them.
    """
    started = time.perf_counter()
    asked = read_vet_request()
    return _answer(asked, started, fresh="no-cache" in request.cache_control)


@blueprint.call(
    "/v1/vet/<key>",
    operationId="vet_again",
    responses={"200": answer(VerdictSchema, "The verdict as it stands now"), **failures(401, 404, 429)},
)
def vet_again(key: str) -> Response:
    """The newer verdict of a mail sent before. 404 where the server no longer has it: send the mail again."""
    started = time.perf_counter()
    now = engine()
    stamp = now.stamp(now.vetting)
    kept = now.verdicts.get(key, stamp)
    if kept is not None:
        return _respond(kept, started, hit=True)
    row = now.verdicts.pending(key)
    if row is not None:
        return _answer(Asked(row.message, cast(Lang, row.lang), 0, row.full), started, handle=key)
    kept = now.shared_verdicts.get(key, stamp) if now.shared_verdicts else None
    if kept is None:
        raise ApiError(404, "vet_unknown", "No verdict is waiting under this key. Send the mail again.", field="key")
    return _respond(kept, started, hit=True)


def _answer(asked: Asked, started: float, *, fresh: bool = False, handle: str | None = None) -> Response:
    now = engine()
    kept, hit = verdict_of(now, asked, fresh=fresh, handle=handle)
    body_key = request.environ.get(BODY_KEY)
    if body_key is not None and kept.complete:
        now.verdicts.note_body(body_key, kept.key)
    return _respond(kept, started, hit=hit)


def _respond(kept: Kept, started: float, *, hit: bool) -> Response:
    g.cache = "hit" if hit else "miss"
    metrics().verdict(kept.level, kept.rules, hit=hit)
    response = Response(written(kept, time.perf_counter() - started, hit=hit), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
