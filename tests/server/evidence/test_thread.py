"""Replies, quoted domains, imitated counterparts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.evidence.mail import is_forward, prefixes
from server.evidence.thread import thread_facts
from server.model import Evidence

Facts = Callable[..., Evidence]
QUOTED = "See below.\n\nOn Monday, Tina <tina@bluewharf-logistics.com> wrote:\ninvoice attached, cc sales@ours.example, x@gmail.com"


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("Re: offer", True),
        ("RE[2]: offer", True),
        ("回复：报价", True),
        ("转发: 报价", True),
        ("AW: Angebot", True),
        ("Fwd: offer", True),
        ("Regarding: offer", False),
        ("offer re: valves", False),
        ("Order: 55", False),
        ("", False),
    ],
)
def test_is_reply(subject: str, reply: bool, facts: Facts) -> None:
    assert facts(thread_facts, subject=subject).get("mail.is_reply") is reply


def test_forward_behind_reply(lexicon: Any) -> None:
    assert prefixes("Re: Fwd: offer: now") == ["re", "fwd", "offer"]
    assert is_forward("Re: Fwd: offer", lexicon)
    assert not is_forward("Offer: Fwd: x", lexicon)


def test_quoted_domains_leave_out_ours_and_freemail(facts: Facts) -> None:
    found = facts(thread_facts, sender="T <t@b.com>", text=QUOTED)
    assert found.get("thread.quoted_domains") == ["bluewharf-logistics.com"]
    assert found.get("thread.has_quote") is True


@pytest.mark.parametrize(
    ("sender", "seen"),
    [
        ("tina@bluewharff-logistics.com", "bluewharf-logistics.com"),
        ("tina@bluewharf-logistics.com", ""),
        ("tina@other.com", ""),
        ("amy@ours.example", ""),
    ],
)
def test_lookalike_of_the_thread(sender: str, seen: str, facts: Facts) -> None:
    assert facts(thread_facts, sender=f"T <{sender}>", text=QUOTED).get("sender.lookalike_seen") == seen


def test_a_reply_to_may_imitate_too(facts: Facts) -> None:
    found = facts(thread_facts, sender="T <tina@other.com>", text=QUOTED, reply_to=["t@bluewharf-logistic.com"])
    assert found.get("sender.lookalike_seen") == "bluewharf-logistics.com"


@pytest.mark.parametrize(
    ("subject", "headers", "fake"),
    [
        ("Re: offer", [], True),
        ("Re: offer", [("In-Reply-To", "<1@x>")], False),
        ("Re: offer", [("References", "<1@x>")], False),
        ("Fwd: offer", [], False),
        ("offer", [], False),
        ("Re: offer", None, None),
    ],
)
def test_fake_reply(subject: str, headers: Any, fake: bool | None, facts: Facts) -> None:
    given = None if headers is None else tuple(headers)
    assert facts(thread_facts, subject=subject, headers=given).get("thread.fake_reply") is fake
