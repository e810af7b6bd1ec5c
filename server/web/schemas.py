"""The request of POST /v1/vet: what is taken, how much of it, and the words for what is not."""

from __future__ import annotations

from marshmallow import fields, validate

from server.web.context import ContextSchema
from server.web.errors import JSON_BYTES
from server.web.fields import (
    MAX_WAIT_MS,
    Few,
    Flag,
    HeaderPair,
    MailAddress,
    Strict,
    choice,
    nested,
    rows,
    whole,
    words,
)

LANGS = ("en", "zh_CN")
DEFAULT_WAIT_MS = 3000
DETAILS = ("short", "full")


class BodySchema(Strict):
    """The body, as text or as HTML. From HTML the server takes text and links itself."""

    text = words(JSON_BYTES)
    html = words(JSON_BYTES)


class LinkSchema(Strict):
    """A link of the body."""

    text = words(2000)
    href = words(8000, required=True)


class AttachmentSchema(Strict):
    """An attachment's name and size in bytes; its content is never sent."""

    name = words(500, required=True)
    size = whole(0, 2**40)


class ThreadMailSchema(Strict):
    """An earlier mail of the same thread."""

    sender = MailAddress()
    date = words(100)
    subject = words(2000)
    text = words(JSON_BYTES)
    outgoing = Flag()


class VetRequestSchema(Strict):
    """Any subset of a mail. What is absent is unknown; an empty list is known to be empty."""

    lang = choice(LANGS, metadata={"description": "Language of all words; else Accept-Language, else en"})
    sender = MailAddress(metadata={"description": "The From address and its display name"})
    sent_by = words(320, metadata={"description": "The Sender or “via” host where it differs from the sender"})
    reply_to = Few(MailAddress(), most=50, about="Reply-To; `[]` where it is known to be absent")
    recipients = Few(MailAddress(), most=500, about="To and Cc as shown")
    own_domains = Few(words(320), most=100, about="Our own domains, or our addresses at a public provider")
    subject = words(2000)
    date = words(100)
    body = nested(BodySchema)
    quoted_text = words(JSON_BYTES, metadata={"description": "Older text that the caller has set apart already"})
    links = rows(LinkSchema, most=2000)
    attachments = rows(AttachmentSchema, most=200)
    headers = Few(HeaderPair(), most=300, about="Header lines as pairs `[name, value]`, in their order")
    thread = rows(ThreadMailSchema, most=100)
    context = nested(ContextSchema)
    missing = Few(words(100), most=50, about="Parts that the caller tried to read and could not")
    max_wait_ms = whole(
        0,
        MAX_WAIT_MS,
        metadata={"description": "How long to wait for look-ups, in milliseconds; 3,000 if not given"},
    )


class LanguageSchema(Strict):
    """The language in the query string."""

    lang = choice(LANGS, metadata={"description": "Language of all words; else Accept-Language, else en"})


class OptionsSchema(LanguageSchema):
    """Options in the query string; those in a JSON body count before them."""

    max_wait_ms = fields.Integer(
        metadata={"description": "How long to wait for look-ups, in milliseconds"},
        load_default=DEFAULT_WAIT_MS,
        validate=validate.Range(min=0, max=MAX_WAIT_MS, error=f"not between 0 and {MAX_WAIT_MS:,}"),
    )


class VetOptionsSchema(OptionsSchema):
    """Options of a vetting. `full` adds what is the same for all mails and can be had once from `GET /v1/searches`."""

    detail = choice(
        DETAILS,
        load_default=DETAILS[0],
        metadata={
            "description": "short: the first searches, the others by id in `more_searches`. full: all of them with "
            "their addresses at other engines, and the rules behind each fact that was not checked"
        },
    )
