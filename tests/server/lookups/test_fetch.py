"""HTTP by way of a proxy, over TLS, and to servers that do not speak it."""

from __future__ import annotations

import socket
import threading

import pytest

from server.lookups.fetch import Fetcher
from server.lookups.net import Network, TcpDialer, Unreachable
from tests.peers.fakes import MovableClock, TableResolver, soon
from tests.peers.registry import Entry, Registry

pytestmark = pytest.mark.peers


def fetcher(proxy: str | None = None) -> Fetcher:
    return Fetcher(Network(TableResolver({}), TcpDialer(), MovableClock()), proxy)


def test_a_proxy_is_asked_for_hosts_that_we_cannot_resolve() -> None:
    with Registry({"acme.com": Entry()}) as registry:  # it reads the absolute URL of a proxy request as well
        door = fetcher(registry.rdap_url.replace("http://", "http://name:word@"))
        reply = door.get("http://rdap.nic.zz/domain/acme.com", soon(), cap=10_000)
        assert reply.status == 200 and b"ACME.COM" in reply.body


def test_behind_a_proxy_no_redirect_leaves_the_server() -> None:
    with Registry({"acme.com": Entry(rdap="redirect", location="https://10.0.0.1/x")}) as registry:
        with pytest.raises(Unreachable, match="redirected"):
            fetcher(registry.rdap_url).get("http://rdap.nic.zz/domain/acme.com", soon(), cap=10_000)
        assert registry.asked == {("rdap", "acme.com"): 1}


def test_a_server_without_tls_is_not_spoken_to_in_the_clear() -> None:
    with Registry({"acme.com": Entry()}) as registry:
        url = registry.rdap_url.replace("http://", "https://") + "domain/acme.com"
        with pytest.raises(Unreachable):
            fetcher().get(url, soon(1), cap=10_000, own=True)
        assert not registry.asked


@pytest.mark.parametrize("answer", [b"", b"\x00\xff" * 100, b"HTTP/1.1 abc\r\n\r\n", b"A" * 300_000, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])  # fmt: skip
def test_what_is_no_http_fails(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(Unreachable) as caught:
            fetcher().get(f"http://127.0.0.1:{server.getsockname()[1]}/x", soon(), cap=10_000, own=True)
        thread.join(30)
        assert caught.value.why == "failed"


@pytest.mark.parametrize("url", ["https://127.0.0.1/x", "http://[::1]/x", "http://169.254.169.254/latest", "ftp://a.com/", "http:///x", "x"])  # fmt: skip
def test_private_addresses_and_odd_urls_are_refused(url: str) -> None:
    with pytest.raises(Unreachable):
        fetcher().get(url, soon(), cap=10_000)
