"""Every failure in one JSON shape: {"error": {"code", "message", "field"?}}."""

from __future__ import annotations

import logging
from typing import Any, cast

from flask import Flask, Response, current_app, request
from gunicorn.http.errors import ParseException
from marshmallow import ValidationError
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    RequestEntityTooLarge,
    SecurityError,
    TooManyRequests,
)

JSON_BYTES = 1024 * 1024
MAIL_BYTES = 25 * 1024 * 1024

log = logging.getLogger("backtone.web")

CODES = {
    "malformed_json": "400: the body is not JSON",
    "invalid_utf8": "400: the body is not UTF-8",
    "untrusted_host": "400: the Host header is not among BACKTONE_TRUSTED_HOSTS",
    "bad_request": "400: the request is broken in another way",
    "token_missing": "401: send `Authorization: Bearer <token>`",
    "token_unknown": "401: the token was mistyped or withdrawn",
    "admin_only": "403: the call needs the role admin",
    "not_found": "404: nothing is served there",
    "vet_unknown": "404: no verdict is waiting under this key; send the mail again",
    "method_not_allowed": "405: the header `Allow` names what is taken",
    "letter_not_offered": "409: no such letter for this mail; `letters` of its verdict says which",
    "mail_needed": "409: the verdict is no longer there in this language; send the mail",
    "too_large": "413: JSON over 1 MiB, or a mail over 25 MiB",
    "unsupported_media_type": "415: neither `application/json` nor `message/rfc822`",
    "unknown_field": "422: there is no such field; `field` names it",
    "invalid_field": "422: `field` has the wrong type, or is too long or too many",
    "invalid_mail": "422: the mail cannot be read",
    "too_many_requests": "429: wait as many seconds as `Retry-After` says",
    "feedback_full": "503: the file of opinions must be moved away by the administrator",
    "feedback_not_kept": "503: the file of opinions cannot be written; the message says why",
    "internal_error": "500: the administrator finds the place in the log",
}
"""Every code that a caller may meet, for /docs."""

WORDS: dict[int, tuple[str, str]] = {
    400: ("bad_request", "The request cannot be read."),
    404: ("not_found", "Nothing is served at this address. /docs lists the calls."),
    405: ("method_not_allowed", "This address does not take that method."),
    408: ("timed_out", "The request did not arrive in time."),
    413: ("too_large", "The body is too large."),
    414: ("too_large", "The address is too long."),
    415: ("unsupported_media_type", "Send application/json or message/rfc822."),
    429: ("too_many_requests", "Too many requests for this token. Wait a moment and try again."),
    431: ("too_large", "The header fields are too long."),
    500: ("internal_error", "The server failed. The administrator finds the cause in its log."),
    503: ("unavailable", "The server is not ready. /readyz says what is wrong."),
}


class ApiError(Exception):
    """A failure to tell the caller: an HTTP status, a stable code, words that say what to do, the field at fault."""

    def __init__(
        self, status: int, code: str, message: str, *, field: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.headers = headers or {}


def error_response(
    status: int, code: str, message: str, field: str | None = None, headers: dict[str, str] | None = None
) -> Response:
    """The one error shape as a response."""
    error = {"code": code, "message": message} | ({"field": field} if field else {})
    response = current_app.json.response({"error": error})
    response.status_code = status
    response.headers.update({"Cache-Control": "no-store"} | (headers or {}))
    return cast(Response, response)


def register_errors(app: Flask) -> None:
    """Answer every exception of this app in the one shape."""
    app.register_error_handler(ApiError, _api_error)
    app.register_error_handler(ValidationError, _validation_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(ParseException, _broken_chunks)


def _api_error(error: ApiError) -> Response:
    return error_response(error.status, error.code, error.message, error.field, error.headers)


def _broken_chunks(_error: ParseException) -> Response:
    """gunicorn finds out while the body is read that its chunks are none."""
    return error_response(400, "bad_request", "The body is sent in broken chunks.", "body")


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    code, message = WORDS.get(status, (error.name.lower().replace(" ", "_"), error.name))
    headers: dict[str, str] = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(sorted(error.valid_methods))
    elif isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(getattr(error, "retry_after", None) or 60)
    elif isinstance(error, RequestEntityTooLarge):
        limit = JSON_BYTES if request.mimetype != "message/rfc822" else MAIL_BYTES
        message = f"The body is larger than {limit:,} bytes."
    elif isinstance(error, SecurityError):
        code, message = "untrusted_host", "This host name is not served here. Add it to BACKTONE_TRUSTED_HOSTS."
    elif isinstance(error, InternalServerError) and error.original_exception is not None:
        # The type and the place, never the text: an exception's words may quote the mail.
        log.error("unhandled %s at %s", type(error.original_exception).__name__, _place(error.original_exception))
    return error_response(status, code, message, None, headers)


def _place(error: BaseException) -> str:
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-6:])


def _validation_error(error: ValidationError) -> Response:
    field, message = first_problem(cast(Any, error.messages))  # pyright: ignore[reportUnknownMemberType]
    unknown = message == "Unknown field."
    words = f"{field}: there is no such field. /docs lists the fields." if unknown else f"{field}: {message}"
    return error_response(422, "unknown_field" if unknown else "invalid_field", words, field)


def first_problem(messages: Any, path: str = "") -> tuple[str, str]:
    """The first field that marshmallow complains of, as `links[3].href`, and its words."""
    if isinstance(messages, dict):
        entries = cast(dict[Any, Any], messages)
        name = next(iter(entries))
        step = (
            f"[{name}]" if isinstance(name, int) else ("" if name == "_schema" else f".{name}" if path else str(name))
        )
        return first_problem(entries[name], path + step)
    if isinstance(messages, list) and messages:
        return path or "body", str(cast(list[Any], messages)[0])
    return path or "body", str(cast(object, messages))
