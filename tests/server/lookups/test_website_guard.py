"""A site that wants our visit turned inwards, held up or blown up. `dialled` is what a connection was opened to."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from server.lookups.answer import Answer, Found, Site, Unknown
from server.lookups.net import Network
from server.lookups.ports import DnsReply, NoData, NoName, Records, RecordType, Resolver
from server.lookups.visit import PAGE_CAP, WIRE_CAP, Visitor
from server.lookups.website import MAX_HOPS, Website
from tests.peers.fakes import MapDialer, MovableClock, TableResolver, soon
from tests.peers.site import WebPeer, page, redirect

pytestmark = pytest.mark.peers
NAME = "evil-shop.com"
IP = "93.184.215.14"
INSIDE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "192.0.2.1", "224.0.0.1", "255.255.255.255",
]  # fmt: skip
INSIDE_6 = [
    "::1", "::", "fe80::1", "fc00::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1",
    "2002:7f00:1::1", "2002:a9fe:a9fe::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "::7f00:1",
    "2001:0:7f00:1::", "ff02::1", "2001:db8::1",
]  # fmt: skip
LITERALS = [
    "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0x7f.0x0.0x0.0x1/", "http://017700000001/",
    "http://0177.0.0.1/", "http://127.1/", "http://127.0.1/", "http://①②⑦.0.0.1/", "http://127。0。0。1/",
    "http://127.0.0.1.:80/", "http://[fe80::1%25eth0]/", "http://93.184.215.14/", "http://[2606:4700::1111]/",
    "http://0/", "http://localhost/", "http://localhost./", "http://router.local/", "http://db.internal/",
    "http://intranet/", "http://user:word@evil-shop.com/", "http://evil-shop.com@127.0.0.1/",
    "http://evil-shop.com:8080/", "https://evil-shop.com:80/", "http://evil-shop.com:22/", "ftp://evil-shop.com/",
    "file:///etc/passwd", "gopher://evil-shop.com/", "data:text/html,x", "//127.0.0.1/", "//[",
    "http://evil-shop.com\\@127.0.0.1/", "http://" + "a" * 64 + ".com/", "http://evil-shop.com:99999/",
    "http://evil-shop.com/" + "x" * 3000,
]  # fmt: skip


def at(address: str, kind: str = "A") -> dict[tuple[str, str], DnsReply]:
    table: dict[tuple[str, str], DnsReply] = {(f"www.{NAME}", "A"): NoName(60), (f"www.{NAME}", "AAAA"): NoName(60)}
    if kind == "AAAA":
        table[NAME, "A"] = NoData(60)
    return {**table, (NAME, kind): Records((address,), 60)}


def visited(
    ports: Mapping[Any, int], resolver: Resolver | None = None, seconds: float = 20.0
) -> tuple[Answer[Site], MapDialer]:
    dialer = MapDialer(ports)
    resolver = resolver or TableResolver(at(IP))
    website = Website(Visitor(Network(resolver, dialer, MovableClock())), resolver)
    return website.visit(NAME, soon(seconds)), dialer


@pytest.mark.parametrize(
    ("address", "kind"), [*((one, "A") for one in INSIDE), *((one, "AAAA") for one in INSIDE_6)]
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_connected_to(address: str, kind: str) -> None:
    with WebPeer(lambda *_: page("<title>secret</title>")) as peer:
        answer, dialer = visited({address: peer.port}, TableResolver(at(address, kind)))
        assert isinstance(answer, Unknown) and answer.why == "failed"
        assert dialer.dialled == [] and peer.asked == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    table = at(IP)
    table[NAME, "A"] = Records((IP, "127.0.0.1"), 60)
    answer, dialer = visited({}, TableResolver(table))
    assert isinstance(answer, Unknown) and dialer.dialled == []


@pytest.mark.parametrize("location", LITERALS)
@pytest.mark.parametrize("way", ["header", "page"])
def test_a_redirect_inside_is_not_followed(location: str, way: str) -> None:
    def script(host: str, path: str) -> bytes:
        if path != "/":
            return page("<title>secret</title>")
        if way == "page":
            return page(f'<meta http-equiv="refresh" content="0;url={location}">')
        return b"HTTP/1.1 302 x\r\nLocation: " + location.encode() + b"\r\nContent-Length: 0\r\n\r\n"

    with WebPeer(script) as peer:
        answer, dialer = visited({(IP, 80): peer.port})
        assert not (isinstance(answer, Found) and answer.value.title)
        assert {address for address, _ in dialer.dialled} == {IP}
        assert {port for _, port in dialer.dialled} <= {80, 443}
        assert {path for _, path in peer.asked} == {"/"}


@pytest.mark.parametrize("location", ["\\\\127.0.0.1\\x", "http:///x", "\\/127.0.0.1"])
def test_what_looks_like_a_host_to_some_is_a_path_of_the_same_site(location: str) -> None:
    with WebPeer(lambda host, path: redirect(location) if path == "/" else page("<title>here</title>")) as peer:
        answer, dialer = visited({(IP, 80): peer.port})
        assert isinstance(answer, Found) and answer.value.url.startswith(f"http://{NAME}/")
        assert {host for host, _ in peer.asked} == {NAME} and {one for one, _ in dialer.dialled} == {IP}


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1"])
def test_a_redirect_to_a_name_that_leads_inside_is_not_followed(address: str) -> None:
    table = {**at(IP), ("metadata.evil-shop.com", "A"): Records((address,), 60)}
    with WebPeer(lambda *_: redirect("http://metadata.evil-shop.com/")) as peer:
        answer, dialer = visited({(IP, 80): peer.port, address: peer.port}, TableResolver(table))
        assert isinstance(answer, Unknown)
        assert {known for known, _ in dialer.dialled} == {IP}


class Rebinding(TableResolver):
    """Answers with the public address so many times, then with the inner one."""

    def __init__(self, honest: int) -> None:
        super().__init__({})
        self.left = honest

    def ask(self, name: str, kind: RecordType, until: float) -> DnsReply:
        if name != NAME or kind != "A":
            return NoName(0)
        self.left -= 1
        return Records((IP if self.left >= 0 else "127.0.0.1",), 0)


@pytest.mark.parametrize("honest", range(6))
def test_a_name_that_changes_its_address_between_two_looks_gains_nothing(honest: int) -> None:
    """The address that was vetted is the one that is dialled: there is no second look in between."""

    def script(host: str, path: str) -> bytes:
        return redirect(f"/{len(path)}") if len(path) < 4 else page("<title>secret</title>")

    with WebPeer(script) as peer:
        _, dialer = visited({(IP, 80): peer.port, "127.0.0.1": peer.port}, Rebinding(honest))
        assert {address for address, _ in dialer.dialled} <= {IP}


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        WebPeer(lambda *_: page("<title>proxy</title>")) as proxy,
        WebPeer(lambda *_: page("<title>site</title>")) as peer,
    ):
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        answer, _ = visited({(IP, 80): peer.port})
        assert isinstance(answer, Found) and answer.value.title == "site" and proxy.asked == []


def test_redirects_end_after_five() -> None:
    with WebPeer(lambda host, path: redirect(f"{path}x")) as peer:
        answer, _ = visited({(IP, 80): peer.port})
        assert isinstance(answer, Unknown)
        assert len(peer.asked) == MAX_HOPS + 1


def endless(piece: bytes, first: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", pause: float = 0.0) -> Any:
    def script(host: str, path: str) -> Iterator[bytes]:
        yield first
        while True:
            yield piece
            time.sleep(pause)

    return script


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
FLOODS: dict[str, Callable[[str, str], Iterator[bytes]]] = {
    "headers": endless(b"X-Header: " + b"y" * 1000 + b"\r\n"),
    "one header": endless(b"y" * 1000, HEAD + b"X-Header: "),
    "continues": endless(b"HTTP/1.1 100 Continue\r\n\r\n", b""),
    "body": endless(b"<p>word</p>" * 100, HEAD + b"\r\n<title>t</title>"),
    "chunks": endless(b"1\r\nx\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
    "chunk head": endless(b"0" * 1000, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
    "no http": endless(b"x" * 1000, b""),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_left_at_the_cap(flood: str) -> None:
    with WebPeer(FLOODS[flood]) as peer:
        start = time.process_time()
        answer, _ = visited({(IP, 80): peer.port})
        assert time.process_time() - start < 5  # measured 0.05 to 0.6, the peer's own work included
        # What had been sent when we hung up lies in the kernel's buffers.
        assert peer.sent < WIRE_CAP + 8 * 1024 * 1024
    if isinstance(answer, Found):
        assert len(answer.value.text) <= 12_001


@pytest.mark.parametrize(
    "drip",
    [
        endless(b"x", b"", 0.02),
        endless(b"X-a: b\r\n", pause=0.02),
        endless(b"x", HEAD + b"\r\n<title>slow</title>", 0.02),
        endless(b"", pause=0.02),
    ],
    ids=["status", "headers", "body", "silence"],
)
def test_a_dripping_server_ends_with_the_time(drip: Callable[[str, str], Iterator[bytes]]) -> None:
    with WebPeer(drip) as peer:
        start = time.monotonic()
        answer, _ = visited({(IP, 80): peer.port}, seconds=0.6)
        assert 0.5 < time.monotonic() - start < 3  # measured 0.60
    assert isinstance(answer, Found | Unknown)
    if isinstance(answer, Unknown):
        assert answer.why in ("timed_out", "refused")


def bomb(gigabytes: int) -> Iterator[bytes]:
    """One gzip stream of zeros: a block that ends in a full flush may stand any number of times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    megabyte = bytes(1 << 20)
    yield packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(gigabytes * 1024):
        yield block


def test_ten_gigabytes_in_a_gzip_stay_packed() -> None:
    def script(host: str, path: str) -> Iterator[bytes]:
        yield HEAD + b"Content-Encoding: gzip\r\n\r\n"
        yield from bomb(10)

    with WebPeer(script) as peer:
        start = time.process_time()
        answer, _ = visited({(IP, 80): peer.port})
        assert isinstance(answer, Found) and answer.value.text == ""
        assert time.process_time() - start < 3  # measured 0.03
        assert peer.sent < 8 * 1024 * 1024
    assert PAGE_CAP == 1 << 20


@pytest.mark.parametrize("what", ["deep", "attributes", "options", "titles", "metas", "links"])
def test_a_page_made_to_hold_the_parser_up_is_read_plainly(what: str) -> None:
    bodies = {
        "deep": "<div>" * 100_000,
        "attributes": "<p " + "a=b " * 100_000 + ">",
        "options": "<select>" + "<option>" * 60_000,
        "titles": "<title" * 80_000,
        "metas": "<meta content=" * 30_000,
        "links": "<a href=//x.com>" * 30_000,
    }
    with WebPeer(lambda *_: page(bodies[what][:500_000])) as peer:
        start = time.process_time()
        answer, _ = visited({(IP, 80): peer.port})
        assert isinstance(answer, Found)
        assert time.process_time() - start < 4
