"""Verdicts as the API gives them, as far as a letter reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.letters.book import LetterBook, load_letters
from server.letters.write import Company

Verdict = Callable[..., dict[str, Any]]
COMPANY = Company("Haorun Valve Co., Ltd.", "docs@haorunvalve.com", ("Lily Chen", "Export Department"))


@pytest.fixture(scope="session")
def book() -> LetterBook:
    return load_letters()


@pytest.fixture
def company() -> Company:
    return COMPANY


@pytest.fixture
def verdict() -> Verdict:
    """`verdict(person="Ann Lee", level=3, missing=[…])`."""

    def build(
        person: str = "Ann Lee",
        company: str = "Blue Nile Trading Ltd",
        *,
        shown: str = "",
        goods: str = "Please quote gate valve",
        language: str = "en",
        level: int = 3,
        missing: list[str] | None = None,
        depth: str | None = "basic",
        free: bool | None = True,
        **identity: Any,
    ) -> dict[str, Any]:
        return {
            "facts": {
                "identity": {"person": person, "company": company, **identity},
                "sender": {"name": shown} | ({} if free is None else {"free_provider": free}),
                "content": {"language": language},
            },
            "customer_level": {
                "level": level,
                "missing_for_next_level": ["details: packing, quantity"] if missing is None else missing,
                "criteria": [
                    {"id": "product_named", "level": 3, "met": "yes", "text": "x", "quote": goods},
                    {"id": "customer_info_complete", "level": 2, "met": "no", "text": "x", "quote": ""},
                ],
            },
            "check_depth": depth,
            "letters": ["background_check", "missing_information"],
        }

    return build
