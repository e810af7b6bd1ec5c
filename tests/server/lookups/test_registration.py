"""RDAP and WHOIS against a registry that behaves well, badly, slowly and far too talkatively."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from server.lookups.answer import Found, NotFound, Registration, Unknown
from server.lookups.bootstrap import Bootstrap
from server.lookups.fetch import Fetcher
from server.lookups.net import Network, TcpDialer
from server.lookups.rdap import Rdap
from server.lookups.registration import RegistrationLookup
from server.lookups.whois import Whois
from server.model import Why
from tests.peers.fakes import MovableClock, TableResolver, eventually, soon
from tests.peers.registry import BIG, Entry, Mode, Registry

pytestmark = pytest.mark.peers
GOOD = Registration(date(2003, 4, 1), date(2031, 4, 1), "Peer Registrar Ltd")
NAME = "acme-trading.com"


def lookups(registry: Registry, folder: Path, *, rdap: bool = True) -> RegistrationLookup:
    """Both ways, as the admin would point them at a relay of his own."""
    (folder / "rdap.json").write_text(json.dumps({"services": [[["com"] if rdap else ["org"], [registry.rdap_url]]]}))
    clock = MovableClock()
    network = Network(TableResolver({}), TcpDialer(), clock)
    fetcher = Fetcher(network)
    bootstrap = Bootstrap(str(folder / "rdap.json"), fetcher, clock)
    return RegistrationLookup(Rdap(bootstrap, fetcher, clock), Whois(network, {"com": registry.whois_address}), clock)


def test_rdap_is_asked_first_and_suffices(tmp_path: Path) -> None:
    with Registry({NAME: Entry()}) as registry:
        answer = lookups(registry, tmp_path).registration(NAME, soon())
        assert isinstance(answer, Found) and answer.value == GOOD
        assert answer.source.startswith("rdap:127.0.0.1")
        assert registry.asked == {("rdap", NAME): 1}


def test_an_unregistered_name_is_not_found(tmp_path: Path) -> None:
    with Registry({}) as registry:
        answer = lookups(registry, tmp_path).registration(NAME, soon())
        assert isinstance(answer, NotFound) and answer.nxdomain and answer.ttl_s == 600
        answer = lookups(registry, tmp_path, rdap=False).registration(NAME, soon())
        assert isinstance(answer, NotFound) and answer.source == "whois:127.0.0.1"


@pytest.mark.parametrize("mode", ["garbage", "html", "ratelimit", "big", "hang", "drip"])
def test_whois_has_its_turn_where_rdap_fails(tmp_path: Path, mode: Mode) -> None:
    with Registry({NAME: Entry(rdap=mode)}) as registry:
        answer = lookups(registry, tmp_path).registration(NAME, time.monotonic() + 5)
        assert isinstance(answer, Found) and answer.value == GOOD
        assert answer.source == "whois:127.0.0.1"


def test_a_record_without_its_date_sends_us_to_whois(tmp_path: Path) -> None:
    text = "Domain Name: ACME-TRADING.COM\nCreation Date: 2003-04-01T00:00:00Z\n"
    with Registry({NAME: Entry(created="", whois_text=text)}) as registry:
        answer = lookups(registry, tmp_path).registration(NAME, soon())
        assert isinstance(answer, Found) and answer.value.created == date(2003, 4, 1)


def test_a_registry_that_publishes_no_date_is_found_without_one(tmp_path: Path) -> None:
    with Registry({NAME: Entry(created="")}) as registry:
        answer = lookups(registry, tmp_path).registration(NAME, soon())
        assert isinstance(answer, Found) and answer.value == Registration(None, date(2031, 4, 1), "Peer Registrar Ltd")


@pytest.mark.parametrize(
    ("mode", "why"),
    [("garbage", "failed"), ("html", "failed"), ("ratelimit", "refused"), ("hang", "timed_out"), ("drip", "timed_out")],
)
def test_where_both_fail_the_reason_is_said(tmp_path: Path, mode: Mode, why: Why) -> None:
    with Registry({NAME: Entry(rdap=mode, whois=mode)}) as registry:
        start = time.monotonic()
        answer = lookups(registry, tmp_path).registration(NAME, start + 3)
        assert isinstance(answer, Unknown) and answer.why == why
        assert time.monotonic() - start < 15


@pytest.mark.parametrize("mode", ["hang", "drip"])
def test_a_dripping_whois_server_ends_at_the_deadline(tmp_path: Path, mode: Mode) -> None:
    with Registry({NAME: Entry(whois=mode)}) as registry:
        start = time.monotonic()
        answer = lookups(registry, tmp_path, rdap=False).registration(NAME, start + 1)
        assert isinstance(answer, Unknown) and answer.why == "timed_out"
        assert time.monotonic() - start < 10


def test_31_megabytes_of_whois_are_not_read(tmp_path: Path) -> None:
    with Registry({NAME: Entry(whois="big", rdap="big")}) as registry:
        answer = lookups(registry, tmp_path).registration(NAME, soon())
        assert isinstance(answer, Unknown) and answer.why == "failed"
        assert registry.sent < BIG / 2  # what the buffers took before we hung up


def test_a_closed_port_is_refused(tmp_path: Path, free_port: int) -> None:
    clock = MovableClock()
    whois = Whois(Network(TableResolver({}), TcpDialer(), clock), {"com": f"127.0.0.1:{free_port}"})
    answer = whois.registration(NAME, soon())
    assert isinstance(answer, Unknown) and answer.why == "refused"


def test_a_name_below_a_hosting_service_is_nobodys_registration(tmp_path: Path) -> None:
    with Registry({}) as registry:
        answer = lookups(registry, tmp_path).registration("acme.github.io", soon())
        assert isinstance(answer, Unknown) and answer.why == "not_applicable"
        assert not registry.asked


def test_a_tld_without_any_server_publishes_nothing(tmp_path: Path) -> None:
    with Registry({}, default=Entry(whois_text="domain: XX\nstatus: ACTIVE\n")) as registry:
        port = int(registry.whois_address.rpartition(":")[2])
        whois = Whois(iana_at(port), {})
        answer = whois.registration("acme.zz", soon())
        assert isinstance(answer, Unknown) and answer.why == "not_published"


def iana_at(port: int, *, referral: str = "9.9.9.9") -> Network:
    """A network in which IANA's WHOIS and `whois.nic.zz` stand at `port` of loopback."""
    from server.lookups.ports import Records
    from tests.peers.fakes import MapDialer

    table = {
        ("whois.iana.org", "A"): Records(("192.0.47.59",), 300),
        ("whois.nic.zz", "A"): Records((referral,), 300),
    }
    return Network(TableResolver(table), MapDialer({"192.0.47.59": port, "9.9.9.9": port}), MovableClock())


def test_iana_names_the_server_of_an_unknown_tld_once(tmp_path: Path) -> None:
    entries = {
        "zz": Entry(whois_text="refer: whois.nic.zz\n\ndomain: ZZ\nwhois:        whois.nic.zz\n"),
        "acme.zz": Entry(),
        "other.zz": Entry(),
    }
    with Registry(entries) as registry:
        whois = Whois(iana_at(int(registry.whois_address.rpartition(":")[2])), {})
        for name in ("acme.zz", "other.zz"):
            answer = whois.registration(name, soon())
            assert isinstance(answer, Found) and answer.source == "whois:whois.nic.zz"
        assert registry.asked["whois", "zz"] == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.1.1"])
def test_a_referral_into_the_inner_network_is_not_followed(address: str) -> None:
    entries = {"zz": Entry(whois_text="whois: whois.nic.zz\n"), "acme.zz": Entry()}
    with Registry(entries) as registry:
        network = iana_at(int(registry.whois_address.rpartition(":")[2]), referral=address)
        answer = Whois(network, {}).registration("acme.zz", soon())
        assert isinstance(answer, Unknown) and answer.why == "failed"
        assert "not public" in answer.note
        assert registry.asked == {("whois", "zz"): 1}


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/domain/x", "https://127.0.0.1/x", "https://10.0.0.1/x", "ftp://a.com/", "//[", "https://u@a.com/"]
)  # fmt: skip
def test_a_redirect_into_the_inner_network_is_not_followed(tmp_path: Path, location: str) -> None:
    with Registry({NAME: Entry(rdap="redirect", location=location, whois="none")}) as registry:  # type: ignore[arg-type]
        rdap = lookups(registry, tmp_path).rdap
        answer = rdap.registration(NAME, soon())
        assert isinstance(answer, Unknown) and answer.why == "failed"


def test_a_redirect_on_the_admins_own_server_is_followed_thrice_at_most(tmp_path: Path) -> None:
    entries = {
        NAME: Entry(rdap="redirect", location="/domain/other.com"),
        "other.com": Entry(rdap="redirect", location=""),
    }
    with Registry(entries) as registry:
        answer = lookups(registry, tmp_path).rdap.registration(NAME, soon())
        assert isinstance(answer, Unknown) and answer.note == "too many redirects"
        assert sum(registry.asked.values()) == 4


def test_the_registry_is_left_at_once_when_the_answer_is_too_large(tmp_path: Path) -> None:
    with Registry({NAME: Entry(rdap="big")}) as registry:
        answer = lookups(registry, tmp_path).rdap.registration(NAME, soon())
        assert isinstance(answer, Unknown) and "larger" in answer.note
        eventually(lambda: registry.sent < BIG / 2)
