"""A checked JSON request as a Message. Checking is done by the schema; here only shapes change."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any, cast

from server.message.html import html_to_text
from server.model import Address, Attachment, Link, Message


def message_from_json(data: dict[str, Any]) -> Message:
    """The Message of a loaded request (design: one shape for all callers). Absent stays unknown, `[]` stays empty."""
    sender, missing = _sender(data)
    text, html_links, cut = _body(data.get("body"))
    links = _links(data.get("links"))
    return Message(
        sender=sender,
        sent_by=data.get("sent_by") or None,
        reply_to=_addresses(data.get("reply_to")),
        recipients=_addresses(data.get("recipients")),
        own_domains=tuple(cast(list[str], data.get("own_domains") or [])),
        subject=data.get("subject"),
        date=data.get("date"),
        text=text,
        quoted_text=data.get("quoted_text"),
        links=html_links if links is None else links,
        attachments=_attachments(data.get("attachments")),
        headers=_pairs(data.get("headers")),
        thread=_thread(data.get("thread")),
        context=dict(data.get("context") or {}),
        missing=tuple(cast(list[str], data.get("missing") or [])) + missing + cut,
    )


def address(given: str | dict[str, Any]) -> Address:
    """An address given as an object, as `a@b.example`, or as `Name <a@b.example>`."""
    if isinstance(given, str):
        name, plain = parseaddr(given) if "<" in given else ("", given)
        return Address((plain or given).strip().lower(), name)
    return Address(str(given.get("address") or "").strip().lower(), str(given.get("name") or "").strip())


def _sender(data: dict[str, Any]) -> tuple[Address | None, tuple[str, ...]]:
    if data.get("sender") is None:
        return None, ()
    sender = address(data["sender"])
    # A page that shows only a name, as for a bounce, has not told us who sent the mail.
    return (sender, ()) if "@" in sender.address else (None, ("sender",))


def _body(body: dict[str, Any] | None) -> tuple[str | None, tuple[Link, ...] | None, tuple[str, ...]]:
    if not body:
        return None, None, ()
    if body.get("html") is None:
        return body.get("text"), None, ()
    read = html_to_text(body["html"])
    cut = ("body",) if read.truncated else ()
    text = body.get("text")
    return (read.text if text is None else text), tuple(read.links), cut


def _addresses(given: list[Any] | None) -> tuple[Address, ...] | None:
    return None if given is None else tuple(address(entry) for entry in given)


def _links(given: list[dict[str, Any]] | None) -> tuple[Link, ...] | None:
    return None if given is None else tuple(Link(str(row.get("text") or ""), str(row["href"])) for row in given)


def _attachments(given: list[dict[str, Any]] | None) -> tuple[Attachment, ...] | None:
    return None if given is None else tuple(Attachment(str(row["name"]), row.get("size")) for row in given)


def _pairs(given: list[tuple[str, str]] | None) -> tuple[tuple[str, str], ...] | None:
    return None if given is None else tuple((name, value) for name, value in given)


def _thread(given: list[dict[str, Any]] | None) -> tuple[dict[str, Any], ...] | None:
    return None if given is None else tuple(given)
