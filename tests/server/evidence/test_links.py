"""Facts of links, and the readers of web addresses below them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from server.evidence.lexicon import Lexicon
from server.evidence.links import link_facts
from server.evidence.urls import find_urls, parse_url, unwrap
from server.model import Evidence

Facts = Callable[..., Evidence]
OURS = "sales@ours.example"
ENCODED = base64.b64encode(OURS.encode()).decode()


@pytest.mark.parametrize(
    ("links", "fact", "value"),
    [
        ([("https://acme.com/x", "https://x.weebly.com/a")], "mismatched", ["acme.com -> x.weebly.com"]),
        ([("www.acme.com", "https://acme.com.cn/")], "mismatched", []),
        ([("acme.com", "https://click.list-manage.com/c/1")], "mismatched", []),
        ([("sender.example.com", "https://click.esp-mailer.com/c/1")], "mismatched", ["sender.example.com -> click.esp-mailer.com"]),
        ([("sender.com/news", "https://click.esp-mailer.com/c/1")], "mismatched", []),
        ([("Read more", "https://x.weebly.com/a")], "mismatched", []),
        ([("acme.com", "https://www.google.com/url?q=https%3A%2F%2Facme.com%2F")], "mismatched", []),
        ([("acme.com", "https://eur.safelinks.protection.outlook.com/?url=https%3A%2F%2Fevil.top")], "mismatched", ["acme.com -> evil.top"]),
        ([("x", "https://bit.ly/abc")], "shorteners", ["bit.ly"]),
        ([("x", "https://acme.com/bit.ly")], "shorteners", []),
        ([("x", "https://shop.weebly.com")], "free_hosts", ["shop.weebly.com"]),
        ([("x", "http://192.0.2.7/x")], "numeric", ["192.0.2.7"]),
        ([("x", "http://acme.com@evil.top/")], "numeric", ["evil.top"]),
        ([("x", "https://acme.com/")], "numeric", []),
        ([("x", "https://alibaba-msg-center.web-login7.top/")], "lookalikes", ["alibaba-msg-center.web-login7.top"]),
        ([("x", "https://apple.com.login.top/")], "lookalikes", ["apple.com.login.top"]),
        ([("x", "https://haoyu-va1ve.example/")], "lookalikes", ["haoyu-va1ve.example"]),
        ([("x", "https://www.alibaba.com/")], "lookalikes", []),
        ([("x", f"https://evil.top/?e={OURS}")], "prefilled", ["evil.top"]),
        ([("x", "https://evil.top/#sales%40ours.example")], "prefilled", ["evil.top"]),
        ([("x", f"https://evil.top/?e={ENCODED}")], "prefilled", ["evil.top"]),
        ([("Unsubscribe", f"https://esp.com/u?e={ENCODED}")], "prefilled", []),
        ([("x", f"mailto:{OURS}")], "prefilled", []),
        ([("x", "mailto:a@b.com"), ("y", "tel:+49"), ("z", "https://a.com")], "count", 1),
        ([], "count", 0),
    ],
)  # fmt: skip
def test_links(links: list[tuple[str, str]], fact: str, value: Any, facts: Facts) -> None:
    found = facts(link_facts, sender="A <a@sender.com>", to=[OURS], links=links)
    assert found.get(f"links.{fact}") == value


def test_addresses_in_plain_text_are_links(facts: Facts) -> None:
    found = facts(link_facts, sender="A <a@b.com>", to=[OURS], text=f"log in: https://x.weebly.com/?u={OURS} today")
    assert found.get("links.free_hosts") == ["x.weebly.com"]
    assert found.get("links.prefilled") == ["x.weebly.com"]


def test_without_links_and_text_nothing_is_known(facts: Facts) -> None:
    assert facts(link_facts, sender="A <a@b.com>").get("links.count") is None


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("HTTPS://Acme.COM:8443/x", "acme.com"),
        ("//acme.com/x", "acme.com"),
        ("www.acme.com", "www.acme.com"),
        ("http:\\\\acme.com\\x", "acme.com"),
        ("https://a%63me.com/", "acme.com"),
        ("https://acme.com?x=1#y", "acme.com"),
        ("java\nscript:alert(1)", None),
        ("mailto:a@b.com", None),
        ("https://", None),
        ("", None),
    ],
)
def test_parse_url(href: str, host: str | None) -> None:
    url = parse_url(href)
    assert (url.host if url else None) == host


def test_unwrap_is_not_endless(lexicon: Lexicon) -> None:
    nested = "https://evil.top/"
    for _ in range(6):
        nested = "https://www.google.com/url?q=" + nested.replace("%", "%25").replace(":", "%3A").replace("/", "%2F")
    assert unwrap(nested, lexicon).startswith("https://www.google.com/url")


def test_find_urls_leaves_the_full_stop() -> None:
    assert find_urls("see https://a.com/x. Or (www.b.com), or 见https://c.com。") == [
        "https://a.com/x",
        "www.b.com",
        "https://c.com",
    ]
