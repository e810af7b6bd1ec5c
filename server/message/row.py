"""A row of a mail collection (a flat JSON object) as a Message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from server.message.headers import MAX_VALUE, addresses_in
from server.model import Address, Attachment, Message


def message_from_row(row: Mapping[str, Any]) -> Message:
    """The Message of a row with `sender`, `reply_to`, `subject`, `body`, `attachments`, each optional.

    Addresses are strings such as `Name <a@b.example>`; attachments are names. A key that is absent is unknown, an empty
    string or list is known to be empty. Links, recipients and headers are not in such rows.
    """
    sender = _addresses(row.get("sender")) or ()
    names = row.get("attachments")
    return Message(
        sender=sender[0] if sender else None,
        reply_to=_addresses(row.get("reply_to")),
        subject=row.get("subject"),
        text=row.get("body"),
        attachments=None if names is None else tuple(Attachment(str(name)) for name in cast("list[Any]", names)),
    )


def _addresses(given: Any) -> tuple[Address, ...] | None:
    if given is None:
        return None
    found = addresses_in(str(given)[:MAX_VALUE])
    return tuple(Address(address.strip().lower(), name.strip()) for name, address in found if "@" in address)
