"""The visit to a sender's site: what is read there, against a real web server on loopback."""

from __future__ import annotations

import functools
import gzip
import ssl
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from server.lookups import visit, wire
from server.lookups.answer import Certificate, Found, NotFound, Site, Unknown
from server.lookups.net import Network
from server.lookups.ports import DnsReply, NoData, NoName, Records, Trouble
from server.lookups.visit import Visitor
from server.lookups.website import Website
from tests.peers.fakes import MapDialer, MovableClock, TableResolver, soon
from tests.peers.site import AUTHORITY, WebPeer, page, redirect

pytestmark = pytest.mark.peers
NAME = "nordwind-tools.com"
IP = "93.184.215.14"
OTHER = "93.184.215.99"
FRONT = """<!doctype html><html lang="de-DE"><head><title> Nordwind &amp; Söhne
 Tools </title></head><body><h1>Werkzeuge seit 1974</h1><script>var hidden = 1</script>
<a href="/kontakt.html">Kontakt</a> <a href="https://www.other.net/x">Partner</a> <a href="/team/">Team</a>
<a href="mailto:Info@nordwind-tools.com?subject=x">Mail</a> <a href="tel:+49 40 123456">Tel</a></body></html>"""
CONTACT = "<html><body>Nordwind Tools GmbH, Hamburg <a href='mailto:kari@nordwind-tools.com'>Kari</a></body></html>"


@pytest.fixture(autouse=True)
def _our_authority(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Certificates of the test's own authority are good ones."""

    @functools.cache
    def trusting(*, verify: bool = True) -> ssl.SSLContext:
        if verify:
            return ssl.create_default_context(cafile=str(AUTHORITY))
        return wire.tls_context(verify=False)

    monkeypatch.setattr(visit, "tls_context", trusting)
    yield


def names(**more: DnsReply) -> dict[tuple[str, str], DnsReply]:
    """The domain has an address, its www has none."""
    table: dict[tuple[str, str], DnsReply] = {(NAME, "A"): Records((IP,), 60)}
    table |= {(f"www.{NAME}", kind): NoName(60) for kind in ("A", "AAAA")}
    return table | {(name.replace("_", "."), "A"): reply for name, reply in more.items()}


def visitor(ports: Mapping[Any, int], table: Mapping[tuple[str, str], DnsReply] | None = None) -> Website:
    resolver = TableResolver(table or names())
    return Website(Visitor(Network(resolver, MapDialer(ports), MovableClock())), resolver)


def see(ports: Mapping[Any, int], table: Mapping[tuple[str, str], DnsReply] | None = None) -> Site:
    answer = visitor(ports, table).visit(NAME, soon())
    assert isinstance(answer, Found), answer
    return answer.value


def test_a_site_under_tls_is_read_with_its_contact_page() -> None:
    def script(host: str, path: str) -> bytes:
        return page(CONTACT if path == "/kontakt.html" else FRONT)

    with WebPeer(script, "good") as peer:
        site = see({(IP, 443): peer.port})
        assert peer.asked == [(NAME, "/"), (NAME, "/kontakt.html")]
        assert set(peer.names) == {NAME}, "the name is in the SNI"
    assert (site.url, site.status, site.read) == (f"https://{NAME}/", 200, True)
    assert (site.title, site.language) == ("Nordwind & Söhne Tools", "de-de")
    assert "Werkzeuge seit 1974" in site.text and "hidden" not in site.text and "GmbH, Hamburg" in site.text
    assert site.mails == ("info@nordwind-tools.com", "kari@nordwind-tools.com")
    assert site.phones == ("+49 40 123456",) and site.links == ("www.other.net",)
    assert site.contact_page.endswith("/kontakt.html") and site.team_page.endswith("/team/")
    assert site.certificate == Certificate(date(2019, 1, 1), date(2125, 1, 1))


@pytest.mark.parametrize(("certificate", "problem"), [("expired", "expired"), ("selfsigned", "self-signed")])
def test_a_bad_certificate_is_noted_and_the_page_read(certificate: str, problem: str) -> None:
    with WebPeer(lambda *_: page(FRONT), certificate) as peer:
        site = see({(IP, 443): peer.port})
    assert site.read and site.certificate == Certificate(problem=problem)


def test_a_certificate_of_another_name_is_noted() -> None:
    table = {("other.org", "A"): Records((IP,), 60), ("www.other.org", "A"): NoName(60)}
    with WebPeer(lambda *_: page(FRONT), "good") as peer:
        answer = visitor({(IP, 443): peer.port}, table).visit("other.org", soon())
    assert isinstance(answer, Found) and answer.value.certificate == Certificate(problem="wrong name")


def test_without_tls_the_plain_site_is_read() -> None:
    with WebPeer(lambda *_: page("<title>Old</title>words")) as peer:
        site = see({(IP, 80): peer.port})
    assert (site.url, site.title, site.certificate) == (f"http://{NAME}/", "Old", None)


def test_the_www_is_tried_where_the_bare_name_has_no_address() -> None:
    table = {(NAME, "A"): NoData(60), (NAME, "AAAA"): NoData(60), (f"www.{NAME}", "A"): Records((IP,), 60)}
    with WebPeer(lambda *_: page(FRONT)) as peer:
        assert see({(IP, 80): peer.port}, table).url == f"http://www.{NAME}/"


def test_redirects_are_followed_and_the_end_is_told() -> None:
    def script(host: str, path: str) -> bytes:
        return redirect("http://www.brand.org/shop") if host == NAME else page("<title>Shop</title>")

    with WebPeer(script) as peer:
        site = see({IP: peer.port, OTHER: peer.port}, names(www_brand_org=Records((OTHER,), 60)))
    assert (site.url, site.title) == ("http://www.brand.org/shop", "Shop")


def test_a_refresh_in_the_page_is_a_redirect() -> None:
    def script(host: str, path: str) -> bytes:
        moved = '<meta http-equiv="Refresh" content="0; URL=\'/home?a=1\'">'
        return page("<title>Home</title>" if path.startswith("/home") else moved)

    with WebPeer(script) as peer:
        assert see({(IP, 80): peer.port}).url == f"http://{NAME}/home?a=1"


@pytest.mark.parametrize(
    ("answer", "title", "read"),
    [
        (page("<title>x</title>", 404), "x", True),
        (page("<title>Just a moment</title>", 403), "Just a moment", False),
        (page("<title>x</title>", 500), "x", False),
        (page(b"%PDF-1.7", Content_Type="application/pdf"), "", False),
        (page("标题".encode("gb18030"), Content_Type="text/html; charset=gb2312"), "", True),
        (page("<title>标题</title>".encode("gb18030"), Content_Type="text/html; charset=gb2312"), "标题", True),
        (page('<meta charset="big5"><title>標題</title>'.encode("big5"), Content_Type="text/html"), "標題", True),
        (page(gzip.compress(b"<title>packed</title>"), Content_Encoding="gzip"), "packed", True),
        (page(b"\x1b\x2b\x00packed", Content_Encoding="br"), "", True),
        (page(b"\x00\x01no gzip", Content_Encoding="gzip"), "", True),
        (page("<title>short</title>", Content_Length="99999"), "short", True),
        (page("<title>long</title>" + "x" * 999, Content_Length="19"), "long", True),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<titl\r\nzz\r\n", "", True),
        (page(""), "", True),
    ],
)  # fmt: skip
def test_odd_answers_are_read_as_far_as_they_go(answer: bytes, title: str, read: bool) -> None:
    with WebPeer(lambda *_: answer) as peer:
        site = see({(IP, 80): peer.port})
    assert (site.title, site.read) == (title, read)


def test_no_address_is_no_site() -> None:
    table = {(host, kind): NoName(60) for host in (NAME, f"www.{NAME}") for kind in ("A", "AAAA")}
    assert isinstance(visitor({}, table).visit(NAME, soon()), NotFound)


@pytest.mark.parametrize(
    ("table", "why"),
    [({(NAME, "A"): Trouble("timed_out")}, "timed_out"), (names(), "refused")],
)
def test_what_cannot_be_reached_is_unknown_and_never_dead(table: dict[tuple[str, str], DnsReply], why: str) -> None:
    answer = visitor({}, table).visit(NAME, soon())
    assert isinstance(answer, Unknown) and answer.why == why
