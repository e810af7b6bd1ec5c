"""Which RDAP server answers for a TLD."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from server.lookups.bootstrap import SHIPPED, Bootstrap, RdapServer, file_problem, services
from server.lookups.fetch import Fetcher, Reply
from server.lookups.net import Network, TcpDialer, Unreachable
from tests.peers.fakes import MovableClock, TableResolver, eventually, soon


def at(where: str | None) -> Bootstrap:
    clock = MovableClock()
    return Bootstrap(where, Fetcher(Network(TableResolver({}), TcpDialer(), clock)), clock)


class Lists(Fetcher):
    """Answers with a list, or not, as the test says; `asked` holds the URLs."""

    def __init__(self, body: bytes | None, status: int = 200) -> None:
        super().__init__(Network(TableResolver({}), TcpDialer(), MovableClock()))
        object.__setattr__(self, "body", body)
        object.__setattr__(self, "status", status)
        object.__setattr__(self, "asked", [])
        object.__setattr__(self, "gate", threading.Event())

    def get(self, url: str, until: float, *, cap: int, own: bool = False) -> Reply:
        self.asked.append((url, own))  # type: ignore[attr-defined]
        self.gate.wait(20)  # type: ignore[attr-defined]
        if self.body is None:  # type: ignore[attr-defined]
            raise Unreachable("timed_out", "no list")
        return Reply(self.status, "application/json", self.body)  # type: ignore[attr-defined]


def listing(rows: int, url: str) -> bytes:
    names = ["com", *(f"t{number}" for number in range(rows))]
    return json.dumps({"services": [[names, [url]]]}).encode()


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


NEW = "https://rdap.new.net/"
SHIPPED_COM = "https://rdap.verisign.com/com/v1/"


def com(bootstrap: Bootstrap) -> str:
    server = bootstrap.server("com", soon())
    assert server is not None
    return server.url


def test_ianas_list_is_fetched_in_the_background_once_a_day() -> None:
    clock, lists = MovableClock(), Lists(listing(1200, NEW))
    bootstrap = Bootstrap(None, lists, clock)
    assert com(bootstrap) == SHIPPED_COM and lists.asked == [], "a command that ends soon asks nobody"  # type: ignore[attr-defined]
    clock.ahead += 601
    assert com(bootstrap) == SHIPPED_COM, "nobody waits for the list"
    lists.gate.set()  # type: ignore[attr-defined]
    eventually(lambda: com(bootstrap) == NEW)
    assert bootstrap.server("com", soon()) == RdapServer(NEW, own=False)
    assert lists.asked == [("https://data.iana.org/rdap/dns.json", False)]  # type: ignore[attr-defined]
    clock.ahead += 24 * 3600 + 1
    com(bootstrap)
    eventually(lambda: len(lists.asked) == 2)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("body", "status"),
    [(None, 200), (b"<html>", 200), (listing(1200, NEW), 503), (listing(10, NEW), 200), (b"[" * 100_000, 200)],
    ids=["hung", "html", "status", "short", "nested"],
)
def test_a_list_that_cannot_be_had_leaves_the_shipped_one_and_is_asked_for_again(
    body: bytes | None, status: int
) -> None:
    clock, lists = MovableClock(), Lists(body, status)
    lists.gate.set()  # type: ignore[attr-defined]
    bootstrap = Bootstrap(None, lists, clock)
    com(bootstrap)
    clock.ahead += 601
    com(bootstrap)
    eventually(lambda: bootstrap._fetched.is_set())
    assert com(bootstrap) == SHIPPED_COM
    clock.ahead += 1801
    com(bootstrap)
    eventually(lambda: len(lists.asked) == 2)  # type: ignore[attr-defined]
    assert com(bootstrap) == SHIPPED_COM


def test_the_admins_own_list_is_waited_for_the_first_time_only() -> None:
    lists = Lists(listing(3, "https://relay.lan/rdap"))
    threading.Timer(0.2, lists.gate.set).start()  # type: ignore[attr-defined]
    bootstrap = Bootstrap("https://relay.lan/dns.json", lists, MovableClock())
    assert bootstrap.server("com", soon()) == RdapServer("https://relay.lan/rdap/", own=True)


def test_a_hung_list_of_the_admins_holds_nobody_past_his_deadline() -> None:
    clock, lists = MovableClock(), Lists(None)
    bootstrap = Bootstrap("https://relay.lan/dns.json", lists, clock)
    start = clock.monotonic()
    assert bootstrap.server("com", start + 0.2) is not None
    assert clock.monotonic() - start < 2
    lists.gate.set()  # type: ignore[attr-defined]


def test_a_file_that_is_no_list_is_named_before_it_is_needed(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(listing(3, "https://rdap.example/"))
    bad.write_text("root:x:0:0")
    assert file_problem(str(good)) == file_problem(None) == file_problem("https://rdap.example/dns.json") == ""
    assert file_problem(str(bad)).startswith(f"{bad}: not in the form of IANA's dns.json. Take a copy of https://")
    assert "No such file" in file_problem(str(tmp_path / "none.json"))
