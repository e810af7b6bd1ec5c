"""Which RDAP server answers for a TLD."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.lookups.bootstrap import SHIPPED, Bootstrap, RdapServer, services
from server.lookups.fetch import Fetcher
from server.lookups.net import Network, TcpDialer
from tests.peers.fakes import MovableClock, TableResolver, soon


def at(where: str | None) -> Bootstrap:
    clock = MovableClock()
    return Bootstrap(where, Fetcher(Network(TableResolver({}), TcpDialer(), clock)), clock)


def test_the_shipped_file_is_ianas_and_says_so() -> None:
    document = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert document["source"].startswith("https://data.iana.org/rdap/dns.json")
    assert document["publication"] >= "2026"
    table = services(SHIPPED.read_bytes())
    assert len(table) > 1100
    assert table["com"] == "https://rdap.verisign.com/com/v1/"
    assert all(url.startswith("http") and url.endswith("/") for url in table.values())
    assert sum(url.startswith("http://") for url in table.values()) <= 2


def test_shipped_servers_are_not_the_admins_own() -> None:
    assert at(None).server("org", soon()) == RdapServer("https://rdap.publicinterestregistry.org/rdap/", own=False)
    assert at(None).server("cn", soon()) is None


def test_a_file_of_the_admins_names_his_own_servers(tmp_path: Path) -> None:
    path = tmp_path / "rdap.json"
    path.write_text('{"services": [[["com", "NET"], ["http://10.1.1.1:8080/rdap", "https://relay.lan/rdap"]]]}')
    assert at(str(path)).server("net", soon()) == RdapServer("https://relay.lan/rdap/", own=True)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"services": [1]}', '{"services": [[["com"]]]}'])
def test_a_broken_file_falls_back_to_the_shipped_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rdap.json"
    path.write_text(text)
    server = at(str(path)).server("com", soon())
    assert server is not None and server.url == "https://rdap.verisign.com/com/v1/"


def test_an_unreachable_url_falls_back_to_the_shipped_one(free_port: int) -> None:
    server = at(f"http://127.0.0.1:{free_port}/dns.json").server("com", soon())
    assert server == RdapServer("https://rdap.verisign.com/com/v1/", own=False)
