"""Rows of a mail collection."""

from __future__ import annotations

import pytest

from server.message.row import message_from_row
from server.model import Address, Attachment


def test_a_full_row() -> None:
    message = message_from_row(
        {"sender": '"Doe, Jane" <Jane@Acme.example>', "reply_to": "j@x.example", "subject": "s", "body": "b", "attachments": ["a.pdf"]}
    )  # fmt: skip
    assert message.sender == Address("jane@acme.example", "Doe, Jane")
    assert message.reply_to == (Address("j@x.example"),)
    assert (message.subject, message.text, message.attachments) == ("s", "b", (Attachment("a.pdf"),))
    assert message.links is None and message.headers is None


def test_absent_is_unknown_and_empty_is_known() -> None:
    assert message_from_row({}).reply_to is None
    assert message_from_row({"reply_to": ""}).reply_to == ()
    assert message_from_row({"sender": "nobody"}).sender is None


@pytest.mark.parametrize(
    ("given", "name", "address"),
    [
        ("Parcels,(<a@b.example>)", "Parcels,(", "a@b.example"),
        ("Parcels, <a@b.example>", "Parcels,", "a@b.example"),
        ('"x@brand.example", <a@b.example>', 'x@brand.example",', "a@b.example"),
        ("Doe, Jane <a@b.example>", "Doe, Jane", "a@b.example"),
        ('"Doe, Jane" <a@b.example>', "Doe, Jane", "a@b.example"),
        ("Jane <a@b.example>", "Jane", "a@b.example"),
    ],
)
def test_a_sender_line_that_is_not_in_order_is_read_as_programs_show_it(given: str, name: str, address: str) -> None:
    sender = message_from_row({"sender": given}).sender
    assert sender is not None
    assert (sender.name, sender.address) == (name, address)
