"""Name servers that lie or stammer: none of it becomes a fact."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from server.lookups.dns import DnsResolver
from server.lookups.honest import DENIES, INVENTS, HonestResolver
from server.lookups.ports import NoData, NoName, Records, Trouble
from tests.peers.fakes import MovableClock, soon
from tests.peers.scripted_dns import Script, ScriptedDns

pytestmark = pytest.mark.peers


def answer(query: dns.message.Message, *records: str, rcode: int = 0, authority: str = "") -> dns.message.Message:
    response = dns.message.make_response(query, recursion_available=True)
    response.set_rcode(dns.rcode.Rcode.make(rcode))
    for record in records:
        owner, kind, data = record.split(" ", 2)
        response.answer.append(dns.rrset.from_text(owner, 60, "IN", kind, data))
    if authority:
        response.authority.append(
            dns.rrset.from_text(*authority.split(" ", 1)[:1], 60, "IN", *authority.split(" ")[1:])
        )
    return response


def ask(script: Script, seconds: float = 20.0, kind: str = "A") -> object:
    with ScriptedDns(script) as server:
        return DnsResolver((server.address,), MovableClock()).ask("acme.com", kind, soon(seconds))  # type: ignore[arg-type]


def test_an_answer_with_a_wrong_id_is_not_taken() -> None:
    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        forged = answer(query, "acme.com. A 9.9.9.9")
        forged.id = (query.id + 1) % 65536
        return forged

    assert ask(script, 1.0) == Trouble("timed_out", "no name server answered in time")


def test_an_answer_to_another_question_is_not_taken() -> None:
    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        other = dns.message.make_query("other.com", "A")
        other.id = query.id
        return answer(other, "other.com. A 9.9.9.9")

    assert isinstance(ask(script, 1.0), Trouble)


def test_a_truncated_datagram_leads_to_tcp() -> None:
    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        response = answer(query, *(["acme.com. A 93.184.215.14"] if tcp else []))
        response.flags |= 0 if tcp else dns.flags.TC
        return response

    reply = ask(script)
    assert isinstance(reply, Records) and reply.values == ("93.184.215.14",)


def test_an_alias_that_runs_in_a_circle_is_a_failure() -> None:
    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        return answer(query, "acme.com. CNAME b.com.", "b.com. CNAME acme.com.")

    assert isinstance(ask(script), Trouble)


@pytest.mark.parametrize("wire", [b"", b"\x00" * 12, b"\xff" * 40])
def test_garbage_is_a_failure(wire: bytes) -> None:
    reply = ask(lambda query, tcp: query.id.to_bytes(2, "big") + wire, 2.0)
    assert isinstance(reply, Trouble) and reply.why in ("failed", "timed_out")


def test_a_referral_is_not_an_empty_answer() -> None:
    reply = ask(lambda query, tcp: answer(query, authority="com. NS a.gtld-servers.net."), kind="MX")
    assert isinstance(reply, Trouble) and reply.why == "failed"


def test_nxdomain_with_an_answer_in_it_is_a_failure() -> None:
    assert isinstance(ask(lambda query, tcp: answer(query, "acme.com. A 9.9.9.9", rcode=3)), Trouble)


def test_formerr_is_a_failure() -> None:
    assert ask(lambda query, tcp: answer(query, rcode=1)) == Trouble("failed", "FORMERR")


def inventing(query: dns.message.Message, tcp: bool) -> dns.message.Message:
    """What hotel networks do: every name has an address, "acme.com" also its own."""
    name = query.question[0].name.to_text()
    if query.question[0].rdtype != 1:
        return answer(query, *([f'{name} TXT "v=spf1 -all"'] if query.question[0].rdtype == 16 else []))
    return answer(query, f"{name} A {'93.184.215.14' if name == 'acme.com.' else '10.9.9.9'}")


def test_a_server_that_invents_answers_proves_no_absence() -> None:
    with ScriptedDns(inventing) as server:
        clock = MovableClock()
        honest = HonestResolver(DnsResolver((server.address,), clock), clock)
        assert honest.ask("surely-not-there.com", "A", soon()) == INVENTS
        assert honest.ask("surely-not-there.com", "MX", soon()) == INVENTS
        known = honest.ask("acme.com", "A", soon())
        assert isinstance(known, Records) and known.values == ("93.184.215.14",)
        assert isinstance(honest.ask("acme.com", "TXT", soon()), Records)


def test_an_honest_server_is_probed_once_an_hour() -> None:
    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        return answer(query, rcode=0 if str(query.question[0].name) == "com." else 3)

    with ScriptedDns(script) as server:
        clock = MovableClock()
        honest = HonestResolver(DnsResolver((server.address,), clock), clock)
        assert all(isinstance(honest.ask("a.com", "A", clock.monotonic() + 20), NoName) for _ in range(5))
        assert sum(count for (name, _), count in server.asked.items() if name.endswith(".invalid")) == 1
        clock.ahead += 3601
        assert isinstance(honest.ask("a.com", "A", clock.monotonic() + 20), NoName)
        assert sum(count for (name, _), count in server.asked.items() if name.endswith(".invalid")) == 2


def test_a_server_that_denies_every_name_proves_no_absence() -> None:
    """A closed network's resolver says "no such name" of google.com too: no sender may look made up for that."""

    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        return answer(query, rcode=3)

    with ScriptedDns(script) as server:
        clock = MovableClock()
        honest = HonestResolver(DnsResolver((server.address,), clock), clock)
        assert all(honest.ask("acme.com", kind, soon()) == DENIES for kind in ("A", "MX", "TXT"))
        assert server.asked["com", "TXT"] == 1, "the proof is kept for an hour"


def test_a_server_that_refuses_the_probe_is_believed_for_a_minute() -> None:
    def script(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        return answer(query, rcode=5 if "invalid" in str(query.question[0].name) else 0)

    with ScriptedDns(script) as server:
        clock = MovableClock()
        honest = HonestResolver(DnsResolver((server.address,), clock), clock)
        assert isinstance(honest.ask("a.com", "A", clock.monotonic() + 20), NoData)
