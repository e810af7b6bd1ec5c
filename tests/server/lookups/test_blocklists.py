"""DNS block lists: listed, clean, refused, hung, closed. A refusal is no accusation."""

from __future__ import annotations

import dns.message
import dns.rcode
import dns.rrset
import pytest

from server.lookups.answer import Found, NotFound, Unknown
from server.lookups.blocklists import Blocklists
from server.lookups.dns import DnsResolver
from server.lookups.domain import DomainLookups
from server.lookups.ports import DnsReply, NoName, Records, Trouble
from tests.peers.fakes import Egress, MovableClock, TableResolver, soon
from tests.peers.scripted_dns import ScriptedDns

ZONE = "dbl.list.net"
CLEAN = NoName(60)


def answer(
    *codes: str, zone: str = ZONE, probe: DnsReply = CLEAN, name: str = "evil.com", **more: DnsReply
) -> Found[tuple[str, ...]] | NotFound | Unknown:
    table: dict[tuple[str, str], DnsReply] = {
        (f"{name}.{zone}", "A"): Records(codes, 60) if codes else CLEAN,
        (f"invalid.{zone}", "A"): probe,
        **{(other.replace("_", "."), "A"): reply for other, reply in more.items()},
    }
    return Blocklists((zone,), TableResolver(table), MovableClock()).listed("evil.com", soon())


def test_a_listed_domain_names_the_list_and_its_code() -> None:
    said = answer("127.0.1.4")
    assert isinstance(said, Found) and said.value == ("dbl.list.net (127.0.1.4)",)


def test_a_clean_domain_is_not_found() -> None:
    assert isinstance(answer(), NotFound)


@pytest.mark.parametrize("code", ["127.255.255.252", "127.255.255.254", "127.255.255.255", "127.0.0.1", "127.0.1.255"])
def test_a_refusal_is_unknown(code: str) -> None:
    said = answer(code)
    assert isinstance(said, Unknown) and said.why == "refused" and ZONE in said.note


@pytest.mark.parametrize("code", ["93.184.215.14", "10.0.0.1"])
def test_an_address_that_no_list_gives_is_unknown(code: str) -> None:
    said = answer(code)
    assert isinstance(said, Unknown) and said.why == "failed"


def test_a_list_that_lists_everything_is_not_believed() -> None:
    said = answer("127.0.0.2", probe=Records(("127.0.0.2",), 60))
    assert isinstance(said, Unknown) and "every name" in said.note


def test_households_are_no_accusation() -> None:
    assert isinstance(answer("127.0.0.10", "127.0.0.11"), NotFound)


def test_a_list_of_addresses_is_asked_backwards() -> None:
    table = {
        ("evil.com", "A"): Records(("93.184.215.14",), 60),
        ("14.215.184.93.zen.list.net", "A"): Records(("127.0.0.2",), 60),
        ("invalid.zen.list.net", "A"): CLEAN,
    }
    said = Blocklists(("ip:zen.list.net",), TableResolver(table), MovableClock()).listed("evil.com", soon())
    assert isinstance(said, Found) and said.value == ("zen.list.net (127.0.0.2)",)


def test_one_list_in_trouble_hides_no_hit_of_another_and_makes_no_domain_clean() -> None:
    table: dict[tuple[str, str], DnsReply] = {
        ("evil.com.a.net", "A"): Trouble("timed_out"),
        ("evil.com.b.net", "A"): Records(("127.0.0.2",), 60),
        ("good.com.b.net", "A"): CLEAN,
        ("invalid.b.net", "A"): CLEAN,
    }
    lists = Blocklists(("a.net", "b.net"), TableResolver(table), MovableClock())
    hit = lists.listed("evil.com", soon())
    assert isinstance(hit, Found) and hit.value == ("b.net (127.0.0.2)",)
    said = lists.listed("good.com", soon())
    assert isinstance(said, Unknown) and said.why == "failed"


@pytest.mark.peers
def test_a_hung_list_costs_two_seconds_and_no_more() -> None:
    clock = MovableClock()

    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message | None:
        if "hung" in str(query.question[0].name):
            return None
        response = dns.message.make_response(query)
        response.set_rcode(dns.rcode.NXDOMAIN)
        if str(query.question[0].name).startswith("evil.com."):
            response.set_rcode(dns.rcode.NOERROR)
            response.answer.append(dns.rrset.from_text(query.question[0].name, 60, "IN", "A", "127.0.1.2"))
        return response

    with ScriptedDns(script) as server:
        lists = Blocklists(("hung.net", "b.net"), DnsResolver((server.address,), clock), clock)
        start = clock.monotonic()
        said = lists.listed("evil.com", soon())
        assert isinstance(said, Found)
        assert 1.9 < clock.monotonic() - start < 6


def test_without_configuration_no_list_is_asked() -> None:
    class Asked(TableResolver):
        names: list[str] = []  # noqa: RUF012

        def ask(self, name: str, *_: object) -> DnsReply:  # type: ignore[override]
            self.names.append(name)
            return NoName(60)

    door = DomainLookups(Egress(whois_map={"com": "127.0.0.1:9"}), resolver=Asked({}))
    said = door.report("evil.com", "evil.com", deadline_s=20).answers["blocklists"]
    assert isinstance(said, Unknown) and said.why == "off"
    assert not any("list" in name for name in Asked.names)
