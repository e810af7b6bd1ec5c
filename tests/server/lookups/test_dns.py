"""Answers of real name servers (NSD, Unbound): what exists, what does not, and what only fails."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from server.lookups.dns import DnsResolver
from server.lookups.ports import NoData, NoName, Records, RecordType, Trouble
from tests.peers.fakes import MovableClock, soon
from tests.peers.nameservers import Nsd, Unbound, free_port

pytestmark = pytest.mark.peers

ZONES = {
    "acme-trading.com": """
@ IN MX 20 mx2
@ IN MX 10 Mx1.Mail-Host.net.
@ IN A 93.184.215.14
@ IN TXT "v=spf1 include:mail-host.net" " -all"
@ IN TXT "other=thing"
www IN CNAME @
gone IN CNAME nowhere
_dmarc IN TXT "v=DMARC1; p=reject"
six IN AAAA 2606:4700::1111
""",
    "no-mail.com": "@ IN MX 0 .\n",
    "long-text.com": "@ IN TXT " + " ".join(f'"{"x" * 250}"' for _ in range(250)) + "\n",
    "broken.com": None,
    "peer": "ready IN TXT ok\n",
}


@pytest.fixture(scope="module")
def nsd() -> Iterator[Nsd]:
    with Nsd(ZONES) as server:
        yield server


@pytest.fixture(scope="module")
def unbound() -> Iterator[Unbound]:
    local = [
        'local-zone: "silent.com." deny',
        'local-zone: "shut.com." always_refuse',
        'local-zone: "acme.com." static',
        "local-data: \"acme.com. MX 10 mail.acme.com.\"",
    ]  # fmt: skip
    with Unbound(local) as server:
        yield server


def resolver(*addresses: str) -> DnsResolver:
    return DnsResolver(addresses, MovableClock())


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("acme-trading.com", "MX", {"10 mx1.mail-host.net", "20 mx2.acme-trading.com"}),
        ("acme-trading.com", "A", {"93.184.215.14"}),
        ("www.acme-trading.com", "A", {"93.184.215.14"}),
        ("acme-trading.com", "TXT", {"v=spf1 include:mail-host.net -all", "other=thing"}),
        ("_dmarc.acme-trading.com", "TXT", {"v=DMARC1; p=reject"}),
        ("six.acme-trading.com", "AAAA", {"2606:4700::1111"}),
        ("no-mail.com", "MX", {"0 ."}),
    ],
)
def test_records_are_read(nsd: Nsd, name: str, kind: RecordType, values: set[str]) -> None:
    reply = resolver(nsd.address).ask(name, kind, soon())
    assert isinstance(reply, Records)
    assert set(reply.values) == values
    assert reply.ttl_s == 300


def test_a_text_of_62_kilobytes_comes_over_tcp(nsd: Nsd) -> None:
    reply = resolver(nsd.address).ask("long-text.com", "TXT", soon())
    assert isinstance(reply, Records)
    assert len(reply.values[0]) == 62_500


def test_no_such_name_is_told_from_no_such_record(nsd: Nsd) -> None:
    ask = resolver(nsd.address).ask
    assert isinstance(ask("unknown.acme-trading.com", "MX", soon()), NoName)
    assert isinstance(ask("no-mail.com", "A", soon()), NoData)


def test_an_alias_whose_target_is_missing_still_exists(nsd: Nsd) -> None:
    assert isinstance(resolver(nsd.address).ask("gone.acme-trading.com", "A", soon()), NoData)


def test_servfail_is_a_failure_not_an_absence(nsd: Nsd) -> None:
    assert resolver(nsd.address).ask("broken.com", "MX", soon()) == Trouble("failed", "SERVFAIL")


def test_refused_is_said_to_be_refused(nsd: Nsd, unbound: Unbound) -> None:
    assert resolver(nsd.address).ask("not-served-here.org", "MX", soon()) == Trouble("refused", "REFUSED")
    assert resolver(unbound.address).ask("shut.com", "MX", soon()) == Trouble("refused", "REFUSED")


def test_a_real_silence_ends_at_the_deadline(unbound: Unbound) -> None:
    start = time.monotonic()
    reply = resolver(unbound.address).ask("silent.com", "MX", start + 0.5)
    assert isinstance(reply, Trouble) and reply.why == "timed_out"
    assert 0.4 < time.monotonic() - start < 10


def test_nothing_is_asked_after_the_deadline(unbound: Unbound) -> None:
    assert resolver(unbound.address).ask("acme.com", "MX", time.monotonic() - 1) == Trouble("timed_out")


def test_the_second_server_answers_where_the_first_is_dead(nsd: Nsd) -> None:
    reply = resolver(f"127.0.0.1:{free_port()}", nsd.address).ask("acme-trading.com", "A", soon())
    assert isinstance(reply, Records)


def test_without_any_server_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    import dns.resolver

    def no_configuration(*_: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver.Resolver, "read_resolv_conf", no_configuration)
    reply = resolver().ask("acme.com", "A", soon())
    assert reply == Trouble("failed", "no name server is configured")


@pytest.mark.parametrize(
    ("text", "address", "port"),
    [
        ("127.0.0.1", "127.0.0.1", 53),
        ("127.0.0.1:5353", "127.0.0.1", 5353),
        ("[::1]", "::1", 53),
        ("[::1]:5353", "::1", 5353),
        ("::1", "::1", 53),
    ],
)
def test_servers_are_given_as_the_settings_write_them(text: str, address: str, port: int) -> None:
    from server.lookups.dns import _nameserver

    server = _nameserver(text)
    assert (server.address, server.port) == (address, port)
