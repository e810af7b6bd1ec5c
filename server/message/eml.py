"""Reads a mail file (message/rfc822) into a Message. Hostile input: sizes first, no recursion, attachments dropped."""

from __future__ import annotations

from typing import BinaryIO

from server.message.body import chosen_body
from server.message.charset import header_text
from server.message.headers import MAX_BLOCK, end_of_block, first, read_addresses, read_fields
from server.message.parts import walk
from server.model import Address, Message

LIMIT = 25 << 20
"""Bytes: what the large providers let through."""
_OLE = b"\xd0\xcf\x11\xe0"
_NEEDED = frozenset(
    ["from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path", "sender"]
)


class MessageError(ValueError):
    """The file cannot be read as a mail. `field` names what of the request is wrong, `message` says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def read_eml(data: bytes | BinaryIO, limit: int = LIMIT) -> Message:
    """The Message of a mail file. Raises MessageError if it is empty, larger than `limit` bytes, or no mail.

    The body is the plain text, or the HTML where that says more. Links are those of the HTML. Headers are all kept,
    200 at most. What was left unread for its size is named in `missing`.
    """
    raw = data if isinstance(data, bytes) else data.read(limit + 1)
    if len(raw) > limit:
        raise MessageError("message", f"The mail is larger than {limit >> 20} MiB.")
    if not raw.strip():
        raise MessageError("message", "The mail is empty.")
    if raw.startswith(_OLE):
        raise MessageError("message", "This is an Outlook .msg file. Save the mail as .eml and try again.")
    start = raw.find(b"\n") + 1 if raw.startswith((b"From ", b">From ")) else 0
    start += len(raw[start : start + 1000]) - len(raw[start : start + 1000].lstrip(b"\xef\xbb\xbf\r\n"))
    stop, _ = end_of_block(raw, start, len(raw))
    fields = read_fields(raw[start:stop])
    if not any(name.lower() in _NEEDED for name, _ in fields):
        raise MessageError("message", "This is no mail file: it does not start with mail headers.")
    return _message(raw, start, fields, cut=stop - start >= MAX_BLOCK)


def _message(raw: bytes, start: int, fields: list[tuple[str, str]], *, cut: bool) -> Message:
    tree = walk(raw, start)
    body = chosen_body(raw, tree.texts)
    senders = read_addresses(fields, "from") or ()
    named = [sender for sender in senders if "@" in sender.address]
    sent_by = read_addresses(fields, "sender") or ()
    missing = [
        name for name, gone in (("headers", cut), ("attachments", tree.truncated), ("body", body.truncated)) if gone
    ]
    subject = first(fields, "subject")
    return Message(
        sender=named[0] if named else None,
        sent_by=_differing(sent_by, named),
        reply_to=read_addresses(fields, "reply-to") or (),
        recipients=read_addresses(fields, "to", "cc") or (),
        subject=header_text(subject).strip() if subject is not None else "",
        date=(first(fields, "date") or "")[:200] or None,
        text=body.text,
        links=body.links,
        attachments=tuple(tree.attachments),
        headers=tuple((name, header_text(value)) for name, value in fields),
        missing=tuple(missing),
    )


def _differing(sent_by: tuple[Address, ...], senders: list[Address]) -> str | None:
    """The Sender header's address where another one than the author's put the mail on its way."""
    known = {sender.address for sender in senders}
    return next((entry.address for entry in sent_by if entry.address not in known), None)
