"""Signature against display name; who joins a conversation under a known name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.identity import identity_facts
from server.evidence.mail import Mail
from server.evidence.persons import person_facts
from server.model import Evidence

Facts = Callable[..., Evidence]


def supply(mail: Mail, evidence: Evidence) -> None:
    identity_facts(mail, evidence)
    person_facts(mail, evidence)


@pytest.mark.parametrize(
    ("sender", "signed", "mismatch"),
    [
        ("John Smith <jsx77@gmail.com>", "Maria Lopez", "Maria Lopez against John Smith"),
        ("John Smith <jsx77@gmail.com>", "Johnny Smithers", ""),
        ("William Carter <wc@gmail.com>", "Bill Hudson", ""),
        ("Smith, John <js@gmail.com>", "John Smith", ""),
        ("John Smith <js@gmail.com>", "Maria", ""),
        ("J. S. <js@gmail.com>", "Maria Lopez", ""),
        ("Wang Wei <ww@gmail.com>", "Jerry Brook", ""),
        ("王伟 <ww@gmail.com>", "Jerry Brook", ""),
        ("John Smith <maria.lopez@gmail.com>", "Maria Lopez", ""),
        ("John Smith <john.smith@acme.com>", "Maria Lopez", ""),
        ("Acme Trading Ltd <info@acme.com>", "Maria Lopez", ""),
        ("John Smith <x@gmail.com>", "YOURS BELOVED SISTER", ""),
        ("John Smith <x@gmail.com>", "Мария Лопес", ""),
    ],
    ids=[
        "two-persons", "shared-start", "nick-name", "turned-round", "given-name-alone", "initials", "chinese-name",
        "other-script", "address-signs", "address-shows", "firm-as-name", "capitals", "cyrillic",
    ],
)  # fmt: skip
def test_person_mismatch(sender: str, signed: str, mismatch: str, facts: Facts) -> None:
    text = f"Please quote 500 valves for us.\n\nBest regards,\n{signed}"
    assert facts(supply, sender=sender, text=text).get("identity.person_mismatch") == mismatch


THREAD = (
    "Please see below.\n\nOn Monday, 9 Nov 2026, Tina Berg <tina@bluewharf.de> wrote:\n> invoice, cc sales@ours.example"
)


@pytest.mark.parametrize(
    ("sender", "newcomer"),
    [
        ("Tina Berg <tina.berg77@gmail.com>", "tina@bluewharf.de"),
        ("Tina Berg <office@qrs-mail.com>", "tina@bluewharf.de"),
        ("Accounts <pay@bluewharf-payments.com>", "tina@bluewharf.de"),
        ("Tina <tina@bluewharff.de>", "tina@bluewharf.de"),
        ("Tina Berg <tina@bluewharf.de>", ""),
        ("Karl Otto <karl@bluewharf.de>", ""),
        ("Karl Otto <karl@bluewharf.com>", ""),
        ("Tina Berg <tina@newfirm.com>", ""),
        ("Karl Otto <karl@gmail.com>", ""),
        ("Tina <tina77@gmail.com>", ""),
        ("Cloud <x@bluewharfcloud.com>", ""),
        ("Amy <sales@ours.example>", ""),
    ],
    ids=[
        "name-on-freemail", "name-on-strange-domain", "name-and-trade-word", "lookalike", "same-address", "colleague",
        "twin-domain", "changed-firms", "other-name", "given-name-alone", "longer-word", "ours",
    ],
)  # fmt: skip
def test_new_participant(sender: str, newcomer: str, facts: Facts) -> None:
    found = facts(supply, sender=sender, text=THREAD)
    assert found.get("thread.participants") == ["tina@bluewharf.de"]
    assert found.get("thread.new_participant") == newcomer


def test_lists_are_left_out(facts: Facts) -> None:
    headers = (("List-Id", "<x.y>"),)
    found = facts(supply, sender="Tina Berg <tb@gmail.com>", text=THREAD, headers=headers)
    assert found.get("thread.new_participant") == ""


def test_without_a_quote_nobody_is_new(facts: Facts) -> None:
    found = facts(supply, sender="Tina Berg <tb@gmail.com>", text="Hello there, please quote.")
    assert found.get("thread.participants") == []
    assert found.get("thread.new_participant") == ""
