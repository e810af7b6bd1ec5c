"""Text and links of HTML bodies, and what hostile HTML costs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.message.html import MAX_LINKS, html_to_text
from server.message.html_guard import is_harmless, strip_tags


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("a <b>bold</b>, c", "a bold, c"),
        ("pro<b>forma</b>", "proforma"),
        ("  a \n\n b ", "a b"),
        ("<ul><li>x<li>y</ul>z", "x\ny\nz"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a\tb\nc"),
        ("<pre>a  b\n c</pre>", "a  b\n c"),
        ("&lt;b&gt; &amp;amp; &#20320;", "<b> &amp; 你"),
        ("a<script>x</script><style>y</style><!-- z -->b", "ab"),
        ("<head><title>t</title></head><body>b", "b"),
        ("a<div hidden>x</div>b", "ab"),
        ('a<span style="DISPLAY : none">x</span>b', "ab"),
        ('a<span style="visibility:hidden">x</span>b', "ab"),
        ('a<span style="opacity:0">x</span>b', "ab"),
        ('a<span style="opacity:0.5">x</span>b', "axb"),
        ('a<span style="font-size:0px">x<i style="font-size:12px">y</i></span>b', "ayb"),
        ('a<span style="font-size:0.9em">x</span>b', "axb"),
        ('a<div style="max-height:0;overflow:hidden">x</div>b', "ab"),
        ("", ""),
        ("\x00a", "a"),
    ],
)
def test_text(html: str, text: str) -> None:
    assert html_to_text(html).text == text


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ('<a href="https://a.com">see <b>this</b></a>', [("see this", "https://a.com")]),
        ('<a href="https://a.com"><img src=x></a>', [("", "https://a.com")]),
        ('<map><area href="https://a.com"></map>', [("", "https://a.com")]),
        ('<form action="https://a.com"><button formaction="https://b.com">go</button></form>', [("", "https://a.com"), ("", "https://b.com")]),
        ('<a href="1">x<form action="2"></form>y</a>', [("x y", "1"), ("", "2")]),
        ('<a name="top">x</a>', []),
        ('<a href="mailto:x@y.com">x@y.com</a>', [("x@y.com", "mailto:x@y.com")]),
    ],
)  # fmt: skip
def test_links(html: str, links: list[tuple[str, str]]) -> None:
    assert [(link.text, link.href) for link in html_to_text(html).links] == links


def test_too_many_links_are_said_to_be_cut() -> None:
    found = html_to_text('<a href="https://a.com">x</a>' * (MAX_LINKS + 5))
    assert len(found.links) == MAX_LINKS
    assert found.truncated


def test_what_the_parser_may_not_see_is_read_plainly() -> None:
    deep = "<div>" * 3000 + 'wire the fee <a href="https://evil.top/x">here</a><script>no</script><br>today'
    found = html_to_text(deep)
    assert not is_harmless(deep)
    assert found.truncated
    assert found.text.split("\n")[-2:] == ["wire the fee here", "today"]
    assert [link.href for link in found.links] == ["https://evil.top/x"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<b", "a"),
        ("a < b", "a < b"),
        ("<!-- x -->y", "y"),
        ("<script>x", "x"),
        ("x<style>y</style>z", "xz"),
        ("x<STYLE>y</Style >z<titles>w", "xzw"),
        ("a<!-->b-->c", "ab-->c"),
        ("a<!-- b", "a"),
        ("a<!-- b>c", "ac"),
        ("&lt;", "<"),
    ],
)
def test_plain_reading(html: str, text: str) -> None:
    assert strip_tags(html) == text


@given(st.lists(st.sampled_from(["<div>", "</div>", "<a href=x>", "</a>", "<td>", "<p", ">", "<!--", "<pre>", "<select>", "x", " "])
                | st.text(max_size=8), max_size=60).map("".join))  # fmt: skip
def test_nothing_raises(html: str) -> None:
    html_to_text(html)
    strip_tags(html)


HOSTILE = ["<div>", "<a ", "<", "<p>", "<a href=x>y", "<b>x</b>", "<br>", "&amp;", '<a href="', "<script>", "<!--", "<!-- >", "=/ ", "<font a=1>",
           "<select><option>", "<table><td>", "<body a=1>", "text ", "<p style='display:none'>", "<svg><p>"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_of_anything_is_read_in_no_time(piece: str) -> None:
    source = piece * (1_000_000 // len(piece))
    start = time.process_time()
    html_to_text(source)
    strip_tags(source)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("count", [100_000, 1000])
def test_thousands_of_attributes(count: int) -> None:
    source = ("<a " + " ".join(f"a{number}=1" for number in range(count)) + ">x</a>") * (100_000 // count)
    start = time.process_time()
    html_to_text(source)
    assert time.process_time() - start < 2
