"""The words that promise a file, where no file is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from server.evidence.collect import collect
from server.model import Attachment, Evidence, Message
from server.rulebook.load import load_sound_part

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def book() -> Any:
    return load_sound_part()[0]


def vet(book: Any, text: str | None, files: tuple[Attachment, ...] | None, quoted: str | None = None) -> Evidence:
    return collect(Message(text=text, attachments=files, quoted_text=quoted), book, now=NOW)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dear Amy, please find attached our order for valves.", "please find attached our order for valves"),
        ("图纸请见附件，尽快报价，谢谢。", "见附件"),
        ("Please send us your price list for the valves.", ""),
        ("See the attached file.\n\nOn Monday, Amy <a@b.com> wrote:\n> please find attached our offer", ""),
    ],
    ids=["english", "chinese", "silent", "quote-holds-it"],
)
def test_promised(text: str, words: str, book: Any) -> None:
    assert vet(book, text, ()).get("attachments.claimed_missing") == words


def test_a_file_is_there(book: Any) -> None:
    found = vet(book, "Please find attached our order.", (Attachment("po.pdf"),))
    assert found.get("attachments.claimed_missing") == ""


def test_quote_given_apart(book: Any) -> None:
    found = vet(book, "Please find attached our order.", (), "Please find attached our offer.")
    assert found.get("attachments.claimed_missing") == ""


@pytest.mark.parametrize(
    ("text", "files", "why"),
    [
        ("Please find attached our order.", None, "not_given"),
        (None, (), "not_given"),
        ("Geachte heer, wij willen graag een offerte voor deze kranen, met vriendelijke groet.", (), "not_covered"),
    ],
    ids=["files-unknown", "no-text", "other-language"],
)
def test_unknown(text: str | None, files: Any, why: str, book: Any) -> None:
    assert vet(book, text, files).unknown["attachments.claimed_missing"] == why
