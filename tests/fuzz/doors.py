"""The ways into the product, each from bytes or text down to the verdict as JSON. Documented refusals are no findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache

import orjson
from marshmallow import ValidationError

from server.cli.mails import Unreadable, _read_row
from server.judging.shape import to_dict
from server.message.eml import MessageError, read_eml
from server.message.request import message_from_json
from server.model import Message
from server.rulebook.load import load_rulebook
from server.vetting import Vetting
from server.web.schemas import VetRequestSchema

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWN = ("haorun.example", "sales01@163.com")

Door = Callable[[bytes], "bytes | None"]
"""The verdict as JSON, None where the input was refused in a documented way."""


@cache
def vetting() -> Vetting:
    """One vetting for all: loading the rulebook takes a second."""
    return Vetting(load_rulebook(), own_domains=OWN)


def vetted(message: Message) -> bytes:
    """The verdict as the API would send it, in one language or the other."""
    lang = "en" if len(message.text or "") % 2 else "zh_CN"
    verdict = vetting().vet(message, lang=lang, max_wait_ms=0, now=NOW, offline=True)
    assert 0 <= verdict.risk.score <= 100
    return orjson.dumps(to_dict(verdict))


def eml(data: bytes) -> bytes | None:
    """A mail file."""
    try:
        message = read_eml(data)
    except MessageError:
        return None
    return vetted(message)


def html(data: bytes) -> bytes | None:
    """An HTML body as a browser sends it."""
    text = data.decode("utf-8", "replace")
    return request(orjson.dumps({"sender": "a@b.example", "subject": "", "body": {"html": text}}))


def headers(data: bytes) -> bytes | None:
    """A header block above a letter."""
    letter = b"Dear Sir, please quote 500 pcs valves.\r\n\r\nBest regards\r\nAnn Lee\r\n+49 40 123456\r\n"
    return eml(b"From: Ann <ann@acme.example>\r\n" + data.replace(b"\r\n\r\n", b"\r\n") + b"\r\n\r\n" + letter)


def text(data: bytes) -> bytes | None:
    """A plain body, with the first line as subject."""
    subject, _, body = data.decode("utf-8", "replace").partition("\n")
    return request(orjson.dumps({"sender": "Ann <ann@acme.example>", "subject": subject, "body": {"text": body}}))


def request(data: bytes) -> bytes | None:
    """The JSON of POST /v1/vet."""
    try:
        loaded = VetRequestSchema().load(orjson.loads(data))
    except (orjson.JSONDecodeError, ValidationError):
        return None
    return vetted(message_from_json(loaded))


def row(data: bytes) -> bytes | None:
    """A line of a mail collection, as `vet` reads them."""
    try:
        given = orjson.loads(data)
        if not isinstance(given, dict):
            return None
        message = _read_row(given)
    except (orjson.JSONDecodeError, Unreadable):
        return None
    return vetted(message)


DOORS: Mapping[str, Door] = {
    "eml": eml, "html": html, "headers": headers, "text": text, "request": request, "row": row,
}  # fmt: skip


def as_json(value: object) -> bytes:
    """Bytes for the JSON doors, lone surrogates included."""
    return json.dumps(value).encode()
