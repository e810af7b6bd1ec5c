"""POST /v1/feedback: a rep's opinion of a verdict, one JSON line in the data folder; never a word of the mail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import orjson
from flask import Response, current_app
from marshmallow import ValidationError, fields, validate, validates_schema

from server.web.answers import LEVELS, KeptSchema
from server.web.auth import caller
from server.web.errors import ApiError
from server.web.fields import CLEAR, choice, whole, words
from server.web.reading import read_json
from server.web.schemas import Strict
from server.web.spec import Blueprint, answer, failures
from server.web.whole_lines import append_line

OPINIONS = ("real_customer", "fraud", "wrong_reason")
REQUEST_BYTES = 16 * 1024
MOST_BYTES = 64 * 1024 * 1024
"""About 200,000 opinions; a full file is the admin's to move away."""

blueprint = Blueprint("feedback", "What reps say of verdicts")


def _form(pattern: str, complaint: str, *, required: bool = False) -> fields.String:
    wrong = CLEAR | {"invalid": complaint}
    return fields.String(required=required, validate=validate.Regexp(pattern, error=complaint), error_messages=wrong)


class FeedbackSchema(Strict):
    """An opinion. `sentence_hash` is the SHA-256 of the sentence that was judged wrongly: the sentence stays away."""

    key = _form(r"^[A-Za-z0-9_-]{1,128}\Z", "not a verdict's key", required=True)
    opinion = choice(OPINIONS, required=True)
    rule = _form(r"^[a-z0-9_./-]{1,80}\Z", "not the id of a rule or move")
    sentence_hash = _form(r"^[0-9a-f]{64}\Z", "not a SHA-256 in 64 small hex digits")
    reason = words(500, metadata={"description": "The rep's own words"})
    level = choice(LEVELS)
    score = whole(0, 100)

    @validates_schema
    def names_the_reason(self, data: dict[str, object], **_more: object) -> None:
        """A wrong reason must be named."""
        if data.get("opinion") == "wrong_reason" and not data.get("rule"):
            raise ValidationError("missing: name the rule or move whose reason is wrong", "rule")


FEEDBACK = FeedbackSchema()


@blueprint.call(
    "/v1/feedback",
    method="POST",
    operationId="feedback",
    requestBody={"content": {"application/json": {"schema": FeedbackSchema}}},
    responses={"201": answer(KeptSchema, "Kept"), **failures(400, 401, 413, 415, 422, 429, 503)},
)
def keep() -> Response:
    """Keep what a rep thinks of a verdict, for those who tend the rules. It changes no verdict by itself."""
    given = read_json(FEEDBACK, REQUEST_BYTES)
    person = caller()
    row = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "by": person.name if person else "", **given}
    _append(cast(Path, current_app.extensions["backtone.feedback"]), orjson.dumps(row) + b"\n")
    response = cast(Response, current_app.json.response({"kept": True}))
    response.status_code = 201
    return response


def _append(path: Path, line: bytes) -> None:
    """Raises ApiError where there is no room or no right; then no half line is left."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise ApiError(503, "feedback_full", "The server's feedback file is full. Tell your administrator.")
        append_line(path, line)
    except OSError as error:
        words = f"The server cannot write its feedback file: {error.strerror}. Tell your administrator."
        raise ApiError(503, "feedback_not_kept", words) from error
