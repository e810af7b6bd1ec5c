"""The verdict as the API gives it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from server.judging.shape import to_dict
from server.judging.verdict import judge
from server.model import Evidence
from server.rulebook.book import Rulebook

FIELDS = (
    "risk customer_level reasons adjustments not_checked facts search_links handling check_depth checks "
    "payment_advice warnings letters complete mail_kind rulebook lang"
)


def test_field_names(book: Rulebook, facts: Callable[..., Evidence]) -> None:
    evidence = facts({"sender.free_provider": True, "sender.disposable": True}, {"fee": ["Fee"]})
    data = to_dict(judge(evidence, book, lang="en", complete=False, now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert list(data) == FIELDS.split()
    assert data["complete"] is False and data["rulebook"] == book.version
    assert set(data["reasons"][0]) == {"id", "group", "points", "title", "detail", "quotes", "advice", "source"}
    assert data["reasons"][0]["quotes"] == [{"part": "body", "text": "Fee", "start": 0, "end": 3}]
    assert set(data["not_checked"][0]) == {"fact", "why", "rules"}
    assert "phrases" not in data["facts"]
    assert json.loads(json.dumps(data)) == data


def test_same_in_same_out(book: Rulebook, facts: Callable[..., Evidence]) -> None:
    evidence = facts({"sender.free_provider": True}, {"fee": ["Fee"]})
    now = datetime(2026, 11, 22, tzinfo=UTC)
    first, second = (judge(evidence, book, lang="zh_CN", complete=True, now=now) for _ in range(2))
    assert first == second
