"""Reading a page never fails, whatever stands there, and what it gives can be shown and kept."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.lookups.net import Unreachable
from server.lookups.page import MAX_LISTED, MAX_TEXT, MAX_TITLE, is_html, read_page
from server.lookups.visit import Page, address_of

PIECES = [
    b"<html lang=", b"<title>", b"</title>", b'<meta http-equiv=refresh content="0;url=', b'">', b"<a href=", b"tel:",
    b"mailto:", b"//", b"http://", b"[", b"]", b"%", b"&#xD800;", b"&#0;", b"\x00", b"\xff\xfe", b"charset=", b"utf-7",
    b"<div>", b"'", b'"', b"=", b" ", b"\n", "中".encode(), b"@", b"a", b"<script>", b"<!--", b"xn--", b":99999", b"?",
]  # fmt: skip
CHARSETS = ["utf-8", "utf-16", "idna", "unicode_escape", "hex", "gbk", "\x00", ""]


def page(body: bytes, kind: str = "text/html", url: str = "https://acme.com/") -> Page:
    return Page(url, 200, kind, body, True)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(CHARSETS))
def test_any_page_is_read(pieces: list[bytes], charset: str) -> None:
    reading = read_page(page(b"".join(pieces), f"text/html; charset={charset}"))
    for text in (reading.title, reading.language, reading.text, *reading.mails, *reading.phones, *reading.hosts):
        text.encode("utf-8")
    assert len(reading.title) <= MAX_TITLE and len(reading.text) <= MAX_TEXT and len(reading.mails) <= MAX_LISTED
    for url in (reading.onward, reading.contact_page, reading.team_page):
        if url:
            try:
                address_of(url)
            except Unreachable:
                continue


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    for url in (text, "http://" + text, "https://a.com" + text):
        try:
            scheme, host = address_of(url)
        except Unreachable:
            continue
        assert scheme in ("http", "https") and host.isascii() and "." in host


@pytest.mark.parametrize(
    ("links", "contact", "team"),
    [
        ("<a href=/a>Products</a><a href=/b>Contact us</a>", "/b", ""),
        ("<a href=/about>Us</a><a href=/contact.html>x</a>", "/contact.html", ""),
        ("<a href=/team/>Our people</a><a href=/impressum>I</a>", "/impressum", "/team/"),
        ("<a href='/关于我们'>公司</a>", "/关于我们", ""),
        ("<a href=https://other.com/contact>Contact</a>", "", ""),
        ("<a href=https://www.acme.com/kontakt>K</a>", "https://www.acme.com/kontakt", ""),
        (f"<a href=/long>{'contact us about our products and more ' * 3}</a>", "", ""),
    ],
)
def test_the_page_that_says_who_is_behind_it(links: str, contact: str, team: str) -> None:
    reading = read_page(page(links.encode()))
    base = "https://acme.com"
    assert reading.contact_page == (contact if "://" in contact or not contact else base + contact)
    assert reading.team_page == (base + team if team else "")


@pytest.mark.parametrize(
    ("tag", "onward"),
    [
        ("<meta http-equiv=refresh content='0;url=/x'>", "https://acme.com/x"),
        ("<META CONTENT=\"3; URL=https://b.com/\" HTTP-EQUIV=\"REFRESH\">", "https://b.com/"),
        ("<meta http-equiv=refresh content='300;url=/x'>", ""),
        ("<meta http-equiv=refresh content='5'>", ""),
        ("<meta http-equiv=refresh content='0;url=javascript:1'>", ""),
        ("<meta name=x content='0;url=/x'>", ""),
    ],
)  # fmt: skip
def test_where_a_refresh_leads(tag: str, onward: str) -> None:
    assert read_page(page(tag.encode())).onward == onward


@pytest.mark.parametrize(
    ("kind", "body", "html"),
    [
        ("text/html; charset=x", b"", True),
        ("application/xhtml+xml", b"", True),
        ("", b" <html>", True),
        ("", b"%PDF", False),
        ("application/pdf", b"<html>", False),
    ],
)
def test_what_is_a_page(kind: str, body: bytes, html: bool) -> None:
    assert is_html(page(body, kind)) is html


def test_a_megabyte_is_read_in_no_time() -> None:
    for body in (
        b"<title>" * 150_000,
        b"<meta content=x " * 60_000,
        b"<a href=mailto:" * 60_000,
        b"<html lang" * 90_000,
    ):
        start = time.process_time()
        read_page(page(body[: 1 << 20]))
        assert time.process_time() - start < 4  # measured 0.1 to 0.6
