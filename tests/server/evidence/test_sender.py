"""Facts of sender, recipients and Reply-To; each from both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.evidence.lexicon import Lexicon
from server.evidence.machine_made import is_garbled, is_machine_host, is_random
from server.evidence.sender import sender_facts
from server.model import Evidence

Facts = Callable[..., Evidence]


@pytest.mark.parametrize(
    ("sender", "fact", "value"),
    [
        ("Amy <amy@gmail.com>", "free_provider", True),
        ("Amy <amy@t-online.de>", "free_provider", True),
        ("Amy <amy@acme.com>", "free_provider", False),
        ("Amy <amy@mailinator.com>", "disposable", True),
        ("Amy <amy@mailinator.com>", "free_provider", False),
        ("Amy <x@duck.com>", "disposable", False),
        ("Amy <x@duck.com>", "alias_provider", True),
        ("Amy <amy@consultant.com>", "vanity_provider", True),
        ("Acme <sales01@acme.com>", "role_local", True),
        ("Amy <amy.wang@acme.com>", "role_local", False),
        ("Amy <amy@acme.icu>", "suspicious_tld", True),
        ("Amy <amy@acme.top>", "suspicious_tld", False),
        ("Boss <boss@ours.example>", "own_domain", True),
        ("Boss <seller88@163.com>", "own_domain", True),
        ("Boss <seller89@163.com>", "own_domain", False),
        ("CEO <ceo@gov.ng>", "gov_edu_domain", False),
        ("CEO <ceo@works.gov.ng>", "gov_edu_domain", True),
        ("Dean <dean@harlow.edu>", "gov_edu_domain", True),
        ("Dean <dean@harlow.ac.uk>", "gov_edu_domain", True),
        ("Dean <dean@gov-tenders.com>", "gov_edu_domain", False),
        ("A <a@xn--pple-43d.com>", "homoglyph", True),
        ("A <a@аррlе.com>", "homoglyph", True),
        ("A <a@müller.de>", "homoglyph", False),
        ("A <a@公司.cn>", "homoglyph", False),
        ("A <a@почта.рф>", "homoglyph", False),
        ("John x@other.com <a@acme.com>", "name_address", "x@other.com"),
        ("john@mail.acme.com <a@acme.com>", "name_address", ""),
        ("x@other.com via List <a@acme.com>", "name_address", ""),
        ("Walmart Sourcing Team <a@gmail.com>", "name_brand", "Walmart"),
        ("DHL Express <a@parcel-info.com>", "name_brand", "DHL"),
        ("DHL Express <a@dhl.com>", "name_brand", ""),
        ("Bosch dealer Nairobi <a@tools.co.ke>", "name_brand", ""),
        ("Tesla Johnson <a@gmail.com>", "name_brand", ""),
        ("Apple采购中心-王经理 <a@outlook.com>", "name_brand", "Apple"),
        ("A <alibaba.support@outlook.com>", "local_brand", "Alibaba"),
        ("A <apple-sourcing-cn@outlook.com>", "local_brand", "Apple"),
        ("A <tesla.johnson@gmail.com>", "local_brand", ""),
        ("A <alibaba.support@acme.com>", "local_brand", ""),
        ("A <a@walmart.com>", "official_brand", "Walmart"),
        ("A <a@gmail.com>", "official_brand", ""),
        ("A <a@haoyu-va1ve.example>", "lookalike_own", "haoyu-valve.example"),
        ("A <a@haoyu-valve.example>", "lookalike_own", ""),
    ],
)
def test_sender(sender: str, fact: str, value: object, facts: Facts) -> None:
    assert facts(sender_facts, sender=sender).get(f"sender.{fact}") == value


@pytest.mark.parametrize(
    ("address", "random"),
    [
        ("12345678@qq.com", False),
        ("19870512@163.com", False),
        ("xkqzrtwp@acme.com", True),
        ("a83741923@gmail.com", True),
        ("a1b2c3d4@acme.com", True),
        ("peter.schmidt@acme.de", False),
        ("imran2019@gmail.com", False),
        ("imran_khan_2019@gmail.com", False),
        ("imran_khan_20194@offers.click", True),
        ("lina-james.8020@acme.com", True),
        ("orders2024@acme.com", False),
        ("s563864@acme.com", True),
        ("online#3.20001.96-u3_zlwffmd5uddrr.1@acme.com", False),
        ("search-ed20d7b9a49e402c@lists.acme.com", False),
    ],
)
def test_random_local_part(address: str, random: bool, lexicon: Lexicon) -> None:
    local, _, host = address.partition("@")
    assert is_random(local, host, lexicon, free=host == "gmail.com") is random


@pytest.mark.parametrize(
    ("host", "machine"),
    [
        ("w737jjvqo8.com", True),
        ("mail.4gauy5x7rr.com", True),
        ("b2b2c.biz", False),
        ("acme-tools24.com", False),
        ("xn--80ak6aa92e5b.com", False),
        ("hzxlmgjx.com", False),
        ("com", False),
    ],
)
def test_machine_host(host: str, machine: bool) -> None:
    assert is_machine_host(host) is machine


@pytest.mark.parametrize(
    ("name", "garbled"),
    [
        ("Parcel Service ,_", True),
        ("Parcel Service,", True),
        ("A\u200bm\u200bazon", True),
        ("Office <a@b.com>, Office", True),
        ("\u0641\u0627\u0637\u200c\u0645\u0647\u200c", False),
        ("Smith, John", False),
        ("Anna Berg (Sales)", False),
        ("", False),
    ],
)
def test_garbled_name(name: str, garbled: bool) -> None:
    assert is_garbled(name) is garbled


@pytest.mark.parametrize(
    ("to", "undisclosed"),
    [
        ([], True),
        (["sales@ours.example"], False),
        (["x@other.com"], True),
        (["x@other.com", "seller88@163.com"], False),
    ],
)
def test_undisclosed_recipients(to: list[str], undisclosed: bool, facts: Facts) -> None:
    assert facts(sender_facts, sender="A <a@acme.com>", to=to).get("recipients.undisclosed") is undisclosed


def test_recipients_not_given_say_nothing(facts: Facts) -> None:
    found = facts(sender_facts, sender="A <a@acme.com>")
    assert found.get("recipients.undisclosed") is None
    assert found.get("sender.self_addressed") is None


def test_self_addressed(facts: Facts) -> None:
    assert facts(sender_facts, sender="A <a@acme.com>", to=["a@acme.com"]).get("sender.self_addressed") is True


@pytest.mark.parametrize(
    ("sender", "reply_to", "fact", "value"),
    [
        ("a@acme.com", [], "differs", False),
        ("a@acme.com", ["b@mail.acme.com"], "differs", False),
        ("a@acme.com", ["b@acme.com.cn"], "differs", False),
        ("a@acme.com", ["b@other.com"], "differs", True),
        ("a@acme.com", ["b@gmail.com"], "free_provider", True),
        ("a@acme.com", ["b@other.com"], "free_provider", False),
        ("a@gmail.com", ["b@gmail.com"], "other_free", True),
        ("a@gmail.com", ["a@gmail.com"], "other_free", False),
        ("a@gmail.com", ["b@yahoo.com"], "other_free", True),
        ("a@gmail.com", ["b@acme.com"], "other_free", False),
        ("a@service.alibaba.com", ["x@other.com"], "differs", False),
        ("a@acme.com", ["x@message.alibaba.com"], "differs", False),
        ("a@acme.com", ["x@message.alibaba.com"], "relay", True),
        ("a@acme.com", ["list@lists.example"], "differs", False),
        ("a@acmevalve.com", ["a@acmevalve.co"], "lookalike", "acmevalve.com"),
        ("a@acmevalve.com", ["a@other.com"], "lookalike", ""),
    ],
)
def test_reply_to(sender: str, reply_to: list[str], fact: str, value: object, facts: Facts) -> None:
    to = ["list@lists.example"]
    found = facts(sender_facts, sender=f"A <{sender}>", reply_to=reply_to, to=to)
    assert found.get(f"reply_to.{fact}") == value


def test_a_list_header_excuses_the_list_only(facts: Facts) -> None:
    headers = (("List-Id", "<valves.lists.example.org>"),)
    own = facts(sender_facts, sender="A <a@acme.com>", reply_to=["v@example.org"], headers=headers)
    other = facts(sender_facts, sender="A <a@acme.com>", reply_to=["v@evil.com"], headers=headers)
    assert own.get("reply_to.differs") is False
    assert other.get("reply_to.differs") is True


@pytest.mark.parametrize("sender", ["", "Postmaster <>", "x <no-at-sign>", "x <@host.com>", "x <a@>"])
def test_no_usable_sender_gives_no_address_facts(sender: str, facts: Facts) -> None:
    assert facts(sender_facts, sender=sender).get("sender.free_provider") is None
