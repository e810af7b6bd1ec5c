"""POST /v1/vet and GET /v1/vet/{key}: a mail's verdict, and the newer one when the look-ups are in."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any, cast

import orjson
from flask import Response, g, request

from server.model import Lang
from server.web.answers import VerdictSchema
from server.web.cache import Kept
from server.web.engine import engine
from server.web.errors import MAIL_BYTES, ApiError
from server.web.finishing import kept_verdict
from server.web.metrics import metrics
from server.web.reading import Asked, read_vet_request
from server.web.schemas import VetOptionsSchema, VetRequestSchema
from server.web.seen import BODY_KEY
from server.web.spec import Blueprint, answer, failures

RETRY_AFTER_MS = 1000

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
    """Vet, or answer from what is kept. `handle` is the key under which the caller knows this mail already."""
    now = engine()
    vetting = now.vetting
    stamp = now.stamp(vetting)
    key = now.verdicts.key(asked.message, asked.lang, stamp, now.own(), full=asked.full)
    kept = None if fresh else now.verdicts.get(key, stamp)
    if kept is None and not fresh and now.shared_verdicts:
        kept = now.shared_verdicts.get(key, stamp)
        if kept is not None and kept.complete:
            now.verdicts.keep(kept)
    if kept is not None and kept.complete:
        _note_body(key)
        return _respond(kept, started, hit=True)
    with now.patience(asked.max_wait_ms) as wait_ms:
        verdict = vetting.vet(asked.message, lang=asked.lang, max_wait_ms=wait_ms, now=datetime.now(UTC))
    kept = kept_verdict(now, key, stamp, verdict, full=asked.full)
    if verdict.complete:
        _note_body(key)
        now.verdicts.settle(handle or key)
    else:
        for known in {key, handle or key}:
            now.verdicts.pend(known, asked.message, asked.lang, full=asked.full)
        if now.shared_verdicts and handle is None:
            now.finisher.finish(now, vetting, stamp, key, asked.message, asked.lang, full=asked.full)
    return _respond(kept, started, hit=False)


def _note_body(key: str) -> None:
    """The next time the same bytes come, the short way (`seen.py`) finds this verdict by them."""
    body_key = request.environ.get(BODY_KEY)
    if body_key is not None:
        engine().verdicts.note_body(body_key, key)


def _respond(kept: Kept, started: float, *, hit: bool) -> Response:
    measured: dict[str, Any] = {"key": kept.key}
    if not kept.complete:
        measured["retry_after_ms"] = RETRY_AFTER_MS
    measured["cache"] = {"hit": hit, "age_s": int(time.monotonic() - kept.made) if hit else 0}
    measured["elapsed_ms"] = round((time.perf_counter() - started) * 1000)
    g.cache = "hit" if hit else "miss"
    metrics().verdict(kept.level, kept.rules, hit=hit)
    response = Response(kept.body + b"," + orjson.dumps(measured)[1:], mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
