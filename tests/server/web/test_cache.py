"""The verdict cache: bounded, unguessable keys, a lifetime that follows what is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.model import CustomerLevel, Handling, Link, Message, NotChecked, Risk, Verdict
from server.web import cache as module
from server.web.cache import TTL_S, UNSURE_TTL_S, VerdictCache

VERDICT = Verdict(
    risk=Risk(0, "low", "high"),
    customer_level=CustomerLevel(None),
    reasons=(),
    adjustments=(),
    not_checked=(),
    facts={},
    search_links=(),
    handling=Handling(),
    check_depth=None,
    complete=True,
    mail_kind="other",
    rulebook="r",
    lang="en",
)
UNSURE = replace(VERDICT, not_checked=(NotChecked("domain.age_days", "timed out"),))


def test_keys_differ_between_processes() -> None:
    mail = Message(text="Hello")
    assert VerdictCache().key(mail, "en", "s", ()) != VerdictCache().key(mail, "en", "s", ())


def test_none_and_empty_have_different_keys() -> None:
    cache = VerdictCache()
    keys = {cache.key(mail, "en", "s", ()) for mail in (Message(), Message(links=()), Message(text=""))}
    assert len(keys) == 3


def test_order_of_own_domains_does_not_matter() -> None:
    cache = VerdictCache()
    assert cache.key(Message(), "en", "s", ("a", "b")) == cache.key(Message(), "en", "s", ("b", "a"))


@pytest.mark.parametrize(
    ("verdict", "ttl"),
    [
        (VERDICT, TTL_S),
        (UNSURE, UNSURE_TTL_S),
        (replace(UNSURE, facts={"sender": {"free_provider": True}}), TTL_S),
    ],
    ids=["all known", "look-up failed", "public provider: nothing to look up"],
)
def test_lifetime(verdict: Verdict, ttl: float) -> None:
    assert VerdictCache().put("k", "s", {"a": 1}, verdict).ttl_s == ttl


def test_expired_verdicts_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TTL_S", 0.0)
    cache = VerdictCache()
    cache.put("k", "s", {"a": 1}, VERDICT)
    assert cache.get("k", "s") is None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "VERDICT_BYTES", 8000)
    monkeypatch.setattr(module, "PENDING_CHARS", 80_000)
    cache = VerdictCache()
    for number in range(50):
        cache.put(f"k{number}", "s", {"text": "x" * 900}, VERDICT)
        cache.pend(f"k{number}", Message(text="x" * 9000), "en")
    assert sum(cache.get(f"k{number}", "s") is not None for number in range(50)) <= 8
    assert sum(cache.pending(f"k{number}") is not None for number in range(50)) <= 8
    assert cache.get("k49", "s") is not None and cache.pending("k49") is not None


def test_what_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "VERDICT_BYTES", 800)
    monkeypatch.setattr(module, "PENDING_CHARS", 8000)
    cache = VerdictCache()
    assert cache.put("k", "s", {"text": "x" * 900}, VERDICT).body
    cache.pend("k", Message(links=(Link("a", "x" * 9000),)), "en")
    assert cache.get("k", "s") is None and cache.pending("k") is None


def test_pending_mails_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PENDING_TTL_S", -1.0)
    cache = VerdictCache()
    cache.pend("k", Message(), "en")
    assert cache.pending("k") is None
