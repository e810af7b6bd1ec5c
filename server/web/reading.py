"""The body of POST /v1/vet, JSON or a whole mail, as a Message and the options beside it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, cast

import orjson
from flask import request
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import RequestEntityTooLarge

from server.message.eml import MessageError, read_eml
from server.message.request import message_from_json
from server.model import Lang, Message
from server.web.context import refuse_unknown_ids
from server.web.errors import JSON_BYTES, MAIL_BYTES, ApiError
from server.web.fields import Few
from server.web.quick import NotPlain, quick
from server.web.schemas import DEFAULT_WAIT_MS, OptionsSchema, VetOptionsSchema, VetRequestSchema

EXPLAINED_BYTES = 8 * 1024 * 1024
"""A larger body is refused unread; up to here it is read only to name what is too much in it."""

VET = VetRequestSchema()
QUICK = quick(VET)
OPTIONS, VET_OPTIONS = OptionsSchema(), VetOptionsSchema()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants vetted, and how."""

    message: Message
    lang: Lang
    max_wait_ms: int
    full: bool = False


def read_vet_request() -> Asked:
    """Read this request's body and query. Raises ApiError, ValidationError or werkzeug's 413."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise ApiError(415, "unsupported_media_type", "Send the body uncompressed.")
    options = cast(dict[str, Any], VET_OPTIONS.load(request.args.to_dict()))
    wait_ms, full = options["max_wait_ms"], options["detail"] == "full"
    if request.mimetype == "message/rfc822":
        return Asked(_mail(), reader_language(options.get("lang"), request.accept_languages), wait_ms, full)
    if request.mimetype == "application/json" or not (request.mimetype or request.content_length):
        options |= (given := _json())
        refuse_unknown_ids(given.get("context") or {})
        lang = reader_language(options.get("lang"), request.accept_languages)
        return Asked(message_from_json(given), lang, options["max_wait_ms"], full)
    raise ApiError(415, "unsupported_media_type", "Send application/json or message/rfc822.")


def read_plain(body: bytes, accepted: str) -> Asked | None:
    """A request that is plainly right and has all its options in the body; None for any other.

    `accepted`: its Accept-Language.
    """
    try:
        given = QUICK(orjson.loads(body))
    except (orjson.JSONDecodeError, NotPlain):
        return None
    if {"payment_term", "checks"} & given.get("context", {}).keys():
        return None  # ids that only the rules know
    if accepted and "lang" not in given:
        return None
    lang = cast(Lang, given.get("lang", "en"))
    return Asked(message_from_json(given), lang, given.get("max_wait_ms", DEFAULT_WAIT_MS))


def read_json(schema: Schema, limit: int) -> dict[str, Any]:
    """A JSON object of at most `limit` bytes, as `schema` takes it. Raises ApiError, ValidationError or a 413."""
    if request.mimetype != "application/json":
        raise ApiError(415, "unsupported_media_type", "Send application/json.")
    request.max_content_length = limit + 1
    data = request.get_data(cache=False)
    if len(data) > limit:
        raise RequestEntityTooLarge()
    try:
        given: Any = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _malformed(data, error) from None
    if not isinstance(given, dict):
        raise ApiError(422, "invalid_field", "body: not a JSON object", field="body")
    return cast(dict[str, Any], schema.load(cast(dict[str, Any], given)))


def read_options() -> dict[str, Any]:
    """`lang` and `max_wait_ms` of the query string. Raises ValidationError."""
    return cast(dict[str, Any], OPTIONS.load(request.args.to_dict()))


def reader_language(given: str | None, accepted: LanguageAccept) -> Lang:
    """The language of all words: as asked, else the first that Accept-Language shares with us, else English."""
    if given:
        return cast(Lang, given)
    for tag, _quality in accepted:
        primary = tag.lower().replace("_", "-").partition("-")[0]
        if primary in ("zh", "en"):
            return "zh_CN" if primary == "zh" else "en"
    return "en"


def _mail() -> Message:
    request.max_content_length = MAIL_BYTES + 1
    # Buffered, because one read of the raw stream may bring less than was asked for.
    stream = BufferedReader(cast(RawIOBase, request.stream))
    try:
        return read_eml(cast(BinaryIO, stream), limit=MAIL_BYTES + 1)
    except MessageError as error:
        raise ApiError(422, "invalid_mail", error.message, field=error.field) from error


def _json() -> dict[str, Any]:
    # One byte more, since a body without length is cut at the limit in silence.
    request.max_content_length = EXPLAINED_BYTES + 1
    data = request.get_data(cache=False)
    if len(data) > JSON_BYTES:
        raise _too_large(data)
    try:
        given: Any = orjson.loads(data) if data else {}
    except orjson.JSONDecodeError as error:
        raise _malformed(data, error) from None
    if not isinstance(given, dict):
        raise ApiError(422, "invalid_field", "body: not a JSON object", field="body")
    try:
        return QUICK(given)
    except NotPlain:
        return cast(dict[str, Any], VET.load(cast(dict[str, Any], given)))


def _too_large(data: bytes) -> Exception:
    """What to say of a body over the limit: the list that is too long, if that is why."""
    try:
        given: Any = orjson.loads(data) if len(data) <= EXPLAINED_BYTES else None
    except orjson.JSONDecodeError:
        given = None
    known = cast(dict[str, Any], VET.fields)  # pyright: ignore[reportUnknownMemberType]
    for name, field in known.items() if isinstance(given, dict) else ():
        entries = cast(dict[str, Any], given).get(name)
        if isinstance(field, Few) and isinstance(entries, list) and len(cast(list[Any], entries)) > field.most:
            return ValidationError({name: [field.complaint(len(cast(list[Any], entries)))]})
    return RequestEntityTooLarge()


def _malformed(data: bytes, error: orjson.JSONDecodeError) -> ApiError:
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        return ApiError(400, "invalid_utf8", f"The body is not UTF-8: byte {wrong.start:,} is wrong.", field="body")
    # The decoder's own words name a place and a kind, never the text.
    return ApiError(400, "malformed_json", f"The body is not JSON: {error}", field="body")
