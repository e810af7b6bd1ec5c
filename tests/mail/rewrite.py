"""Small changes to a message that several tests make: words added to what the sender says, another sender."""

from __future__ import annotations

from dataclasses import replace

from server.evidence.lexicon import lexicon_of
from server.evidence.mail import is_forward
from server.evidence.parts import split_with
from server.model import Address, Message
from server.rulebook.book import Rulebook

_OF_THE_SENDER = frozenset(
    ["from", "sender", "return-path", "received", "authentication-results", "dkim-signature", "message-id", "reply-to"]
)


def say(message: Message, words: str, rulebook: Rulebook) -> Message:
    """Add a paragraph at the end of what the sender says himself, above signature and quotation."""
    text = message.text or ""
    lexicon = lexicon_of(rulebook.tables)
    parts = split_with(text, lexicon, forwarded=is_forward(message.subject or "", lexicon))
    at = max((end for start, end in parts.newest if text[start:end].strip()), default=0)
    return replace(message, text=f"{text[:at].rstrip()}\n\n{words}\n\n{text[at:].lstrip()}")


def from_elsewhere(message: Message, address: str, reply_to: str | None = None) -> Message:
    """The same mail sent from another address; headers that would still tell of the old one are left out."""
    name = message.sender.name if message.sender else ""
    headers = message.headers
    if headers is not None:
        kept = [(key, value) for key, value in headers if key.lower() not in _OF_THE_SENDER]
        headers = (("From", f"{name} <{address}>"), *kept)
    answers = () if reply_to is None else (Address(reply_to),)
    return replace(message, sender=Address(address, name), sent_by=None, reply_to=answers, headers=headers)


def local_part(message: Message) -> str:
    """The sender's local part, for a new address at another provider."""
    return (message.sender.address.split("@")[0] if message.sender else "") or "office"
