"""The app with a vetting that answers at once, and with the real one; callers with a token of each role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.model import (
    CustomerLevel,
    Handling,
    Lang,
    Message,
    NotChecked,
    Quote,
    Reason,
    Risk,
    Verdict,
)
from server.rulebook.policy_checks import CheckRow, DepthPolicy, PaymentPolicy, Term
from server.rulebook.searches import SearchLinks
from server.settings import Settings
from server.web.new_tokens import add_token

Make = Callable[..., FlaskClient]


class Book:
    """As much of a rulebook as the web asks for."""

    def __init__(self, version: str = "0123456789abcdef") -> None:
        self.version = version
        self.json_bytes = b'{"version":"' + version.encode() + b'"}'
        self.rules = ("one",)
        words = {"en": "x", "zh_CN": "x"}
        self.check_depth = DepthPolicy(items={"registry": CheckRow("registry", "basic", words, words)})
        self.search_links = SearchLinks()
        self.payment_terms = PaymentPolicy(terms=(Term("lc_sight", words, words),))


class FakeVetting:
    """Answers at once and remembers what it was asked. `complete` may be switched by a test."""

    def __init__(self) -> None:
        self.rulebook = Book()
        self.asked: list[tuple[Message, Lang, int]] = []
        self.complete = True

    def vet(self, message: Message, *, lang: Lang, max_wait_ms: int, now: datetime, offline: bool = False) -> Verdict:
        """A caution that quotes the subject."""
        assert now.tzinfo is not None
        self.asked.append((message, lang, max_wait_ms))
        subject = message.subject or ""
        quotes = (Quote("subject", subject[:10], 0, min(10, len(subject))),) if subject else ()
        verdict = Verdict(
            risk=Risk(25, "caution", "medium"),
            customer_level=CustomerLevel(None),
            reasons=(Reason("free_address", "sender", 25, "Free address", f"Subject {subject}", quotes),),
            adjustments=(),
            not_checked=(),
            facts={"sender": {"free_provider": True, "org_domain": "example.org"}, "domain": {"valid_mx": True}},
            search_links=(),
            handling=Handling(),
            check_depth=None,
            complete=self.complete,
            mail_kind="inquiry",
            rulebook=self.rulebook.version,
            lang=lang,
        )
        missing = (NotChecked("domain.age_days", "pending", ("young_domain",)),)
        return verdict if self.complete else replace(verdict, not_checked=missing)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a server that looks nothing up, with an admin's and a rep's token.

    The encoder is left out: its two seconds at each start are not what these tests are about (see test_app.py).
    """
    tokens = tmp_path / "tokens"
    add_token(tokens, "boss", "admin")
    add_token(tokens, "rep", "rep")
    return Settings(data=tmp_path, tokens_file=tokens, lookups=False, meaning=False, rate_limit=100_000)


def bearer(settings: Settings, role: str) -> dict[str, str]:
    """The header with the token of a role."""
    for line in settings.tokens_file.read_text("utf-8").splitlines():
        _, held, token = line.split(":")
        if held == role:
            return {"Authorization": f"Bearer {token}"}
    raise AssertionError(role)


@pytest.fixture
def rep(settings: Settings) -> dict[str, str]:
    return bearer(settings, "rep")


@pytest.fixture
def admin(settings: Settings) -> dict[str, str]:
    return bearer(settings, "admin")


@pytest.fixture
def vetting() -> FakeVetting:
    return FakeVetting()


@pytest.fixture
def client(settings: Settings, vetting: FakeVetting) -> FlaskClient:
    """The API in front of the fake vetting."""
    return create_app(settings, vetting=vetting).test_client()


@pytest.fixture
def make(settings: Settings, vetting: FakeVetting) -> Make:
    """The API with other settings: `make(rate_limit=2)`."""

    def build(**changed: Any) -> FlaskClient:
        return create_app(replace(settings, **changed), vetting=vetting).test_client()

    return build


@pytest.fixture
def real(settings: Settings) -> FlaskClient:
    """The API with the shipped rules, without look-ups."""
    return create_app(settings).test_client()
