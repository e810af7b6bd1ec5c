"""Domains that nobody can call his own are refused as ours; a company's domain and any whole address are not."""

from __future__ import annotations

import pytest

from server.rulebook.book import Rulebook
from server.rulebook.load import load_sound_part
from server.rulebook.own_domains import cannot_be_ours


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return load_sound_part()[0]


@pytest.mark.parametrize("name", ["gmail.com", "163.com", "qq.com", "mailinator.com"])
def test_public_mailbox_providers(shipped: Rulebook, name: str) -> None:
    assert name in cannot_be_ours(("ours.com", name), shipped.lookup)
    assert f"List your address, sales@{name}" in cannot_be_ours((name,), shipped.lookup)


@pytest.mark.parametrize("name", ["com.cn", "co.uk", "anything.ck", "xn--55qx5d.cn", "github.io"])
def test_public_suffixes(shipped: Rulebook, name: str) -> None:
    assert f"{name} is a public suffix" in cannot_be_ours((name,), shipped.lookup)


@pytest.mark.parametrize("name", ["ours.com", "ours.com.cn", "mail.ours.co.uk", "www.ck", "xn--vnqp08b.xn--fiqs8s"])
def test_domains_of_a_company(shipped: Rulebook, name: str) -> None:
    assert cannot_be_ours((name,), shipped.lookup) == ""


def test_whole_addresses_may_be_anywhere(shipped: Rulebook) -> None:
    assert cannot_be_ours(("yuanjingtex@163.com", "sales@gmail.com"), shipped.lookup) == ""
