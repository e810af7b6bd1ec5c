"""POST /v1/letters: a letter to the writer of a mail, to check and send by hand. Nothing is sent from here."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, cast

import orjson
from flask import Response, current_app
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.judging.shape import to_dict
from server.letters.book import KINDS, Shelf
from server.letters.write import Company, write
from server.message.request import message_from_json
from server.model import Lang, Message
from server.web.answer_parts import a_text, some_texts
from server.web.engine import Vets, engine
from server.web.errors import JSON_BYTES, ApiError
from server.web.fields import CLEAR, Strict, choice, nested
from server.web.finishing import kept_verdict
from server.web.reading import read_json
from server.web.schemas import DEFAULT_WAIT_MS, LANGS, VetRequestSchema
from server.web.spec import Blueprint, answer, failures

REQUEST_BYTES = JSON_BYTES + 4096
"""A mail as POST /v1/vet takes it, and the few words around it."""

blueprint = Blueprint("letters", "Letters to customers")


class LetterRequestSchema(Strict):
    """The mail to answer, as POST /v1/vet takes it; or the key of a verdict that was made in the letter's language."""

    kind = choice(KINDS, required=True)
    lang = choice(LANGS, required=True, metadata={"description": "Language of the letter"})
    mail = nested(VetRequestSchema)
    key = fields.String(
        validate=validate.Regexp(r"^[A-Za-z0-9_-]{1,128}\Z", error="not a verdict's key"),
        error_messages=CLEAR | {"invalid": "not a verdict's key"},
    )

    @validates_schema
    def names_a_mail(self, data: dict[str, object], **_more: object) -> None:
        """One of both."""
        if ("mail" in data) == ("key" in data):
            raise ValidationError("missing: send mail or key, and not both", "mail")


class LetterSchema(Schema):
    """A letter as plain text and as an HTML fragment with the same words."""

    kind = a_text()
    lang = a_text()
    subject = a_text()
    text = a_text()
    html = a_text()
    documents = some_texts()
    missing = some_texts()


LETTER_REQUEST = LetterRequestSchema()
EXAMPLE = {
    "kind": "missing_information",
    "lang": "en",
    "mail": {"sender": {"address": "ann@importer.example"}, "body": {"text": "Please quote gate valves."}},
}


@blueprint.call(
    "/v1/letters",
    method="POST",
    operationId="letter",
    requestBody={"content": {"application/json": {"schema": LetterRequestSchema, "example": EXAMPLE}}},
    responses={"200": answer(LetterSchema, "The letter"), **failures(400, 401, 409, 413, 415, 422, 429)},
)
def letter() -> Response:
    """A letter to the writer of this mail: the background-check notice, or the questions before a quotation.

    Only those of the verdict's `letters` are written: none at high or critical risk, none to ourselves. 409
    `mail_needed` where the verdict of a `key` is not there in this language: send the mail instead.
    """
    asked = read_json(LETTER_REQUEST, REQUEST_BYTES)
    kind, lang = str(asked["kind"]), cast(Lang, asked["lang"])
    vetting = engine().vetting
    if "mail" in asked:
        mail = cast(dict[str, Any], asked["mail"])
        wait_ms = int(mail.get("max_wait_ms", DEFAULT_WAIT_MS))
        verdict = _vetted(vetting, message_from_json(mail), lang, wait_ms)
    else:
        verdict = _kept(vetting, str(asked["key"]), lang)
    if kind not in verdict["letters"]:
        words = "No such letter for this mail. See `letters` of its verdict; at high risk no letter is offered."
        raise ApiError(409, "letter_not_offered", words, field="kind")
    shelf = cast(Shelf, current_app.extensions["backtone.letters"])
    company = cast(Company, current_app.extensions["backtone.company"])
    written = write(shelf.book, kind, lang, verdict, company, _unasked(vetting, shelf, lang))
    response = cast(Response, current_app.json.response(asdict(written)))
    response.headers["Cache-Control"] = "no-store"
    return response


def _vetted(vetting: Vets, message: Message, lang: Lang, max_wait_ms: int) -> dict[str, Any]:
    """The verdict of a mail in the letter's language; the one that is kept, if there is one."""
    now = engine()
    stamp = now.stamp(vetting)
    key = now.verdicts.key(message, lang, stamp, now.own())
    kept = now.verdicts.get(key, stamp)
    if kept is not None:
        return cast(dict[str, Any], orjson.loads(kept.body + b"}"))
    with now.patience(max_wait_ms) as wait_ms:
        verdict = vetting.vet(message, lang=lang, max_wait_ms=wait_ms, now=datetime.now(UTC))
    kept_verdict(now, key, stamp, verdict)
    return to_dict(verdict)


def _kept(vetting: Vets, key: str, lang: Lang) -> dict[str, Any]:
    now = engine()
    kept = now.verdicts.get(key, now.stamp(vetting))
    if kept is not None:
        verdict = cast(dict[str, Any], orjson.loads(kept.body + b"}"))
        if verdict["lang"] == lang:
            return verdict
    waiting = now.verdicts.pending(key)
    if waiting is not None:
        return _vetted(vetting, waiting.message, lang, 0)
    words = "The server no longer has this verdict in the letter's language. Send the mail in `mail`."
    raise ApiError(409, "mail_needed", words, field="key")


def _unasked(vetting: Vets, shelf: Shelf, lang: Lang) -> frozenset[str]:
    """The words of criteria that no letter asks for, as the rules have them."""
    levels: Any = getattr(vetting.rulebook, "customer_levels", None)
    rungs: Any = levels.rungs if levels else ()
    rows = (row for rung in rungs for row in rung.criteria)
    return frozenset(str(row.missing[lang]) for row in rows if row.missing and row.id in shelf.book.not_asked)
