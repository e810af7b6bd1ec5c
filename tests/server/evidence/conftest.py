"""A lexicon of the shipped tables, and short ways to read a mail with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.evidence.lexicon import Lexicon, prepare
from server.evidence.mail import Mail, read_mail
from server.model import Address, Evidence, Link, Message
from server.rulebook.tables import read_tables

RULES = Path(__file__).resolve().parents[3] / "shared_rules"
OWN = ("haoyu-valve.example", "ours.example", "seller88@163.com")


@pytest.fixture(scope="session")
def tables() -> dict[str, Any]:
    problems: list[Any] = []
    found = read_tables(RULES, problems)
    assert not problems
    return found


@pytest.fixture(scope="session")
def lexicon(tables: dict[str, Any]) -> Lexicon:
    return prepare(tables)


ReadMail = Callable[..., Mail]


@pytest.fixture(scope="session")
def mail(lexicon: Lexicon) -> ReadMail:
    """A mail from loose parts: `sender="Name <a@b>"`, addresses as strings, links as (text, href)."""

    def make(
        sender: str = "",
        text: str | None = None,
        reply_to: list[str] | None = None,
        to: list[str] | None = None,
        links: list[tuple[str, str]] | None = None,
        own: tuple[str, ...] = OWN,
        **rest: Any,
    ) -> Mail:
        name, _, address = sender.rstrip(">").rpartition("<")
        message = Message(
            sender=Address(address, name.strip()) if sender else None,
            text=text,
            reply_to=None if reply_to is None else tuple(Address(entry) for entry in reply_to),
            recipients=None if to is None else tuple(Address(entry) for entry in to),
            links=None if links is None else tuple(Link(*pair) for pair in links),
            **rest,
        )
        return read_mail(message, lexicon, own)

    return make


@pytest.fixture
def facts(mail: ReadMail) -> Callable[..., Evidence]:
    """The evidence of one supplier: `facts(sender_facts, sender="a@b")`."""

    def run(supplier: Callable[..., None], **parts: Any) -> Evidence:
        evidence = Evidence()
        supplier(mail(**parts), evidence)
        return evidence

    return run
