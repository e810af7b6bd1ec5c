"""The small world with one thing broken: one kind of DNS question, or both ways to the registry."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal, get_args

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from tests.peers.registry import Mode
from tests.peers.world import Domain, World

DnsFault = Literal[
    "silence", "garbage", "empty", "half", "wrong id", "other question", "truncated for ever", "truncated, then garbage",
    "alias circle", "alias chain", "servfail", "refused", "formerr", "referral", "nxdomain with records", "no question",
]  # fmt: skip
DNS_FAULTS: tuple[DnsFault, ...] = get_args(DnsFault)
REGISTRY_FAULTS: tuple[Mode, ...] = ("hang", "drip", "big", "garbage", "ratelimit", "html", "redirect")


def kind_of(name: str, record_type: str) -> str:
    """Which look-up asks this question."""
    if name.startswith("_dmarc."):
        return "dmarc"
    if name.startswith("_mta-sts."):
        return "mta_sts"
    return {"MX": "mx", "A": "address", "AAAA": "address", "NS": "ns", "TXT": "spf"}.get(record_type, "")


class FaultyWorld(World):
    """A world in which questions of kind `broken` about `victim` are answered in the bad way `fault`.

    `registry` is how RDAP and WHOIS behave for the victim.
    """

    def __init__(
        self,
        domains: Mapping[str, Domain],
        victim: str,
        broken: str = "",
        fault: DnsFault = "silence",
        registry: Mode = "ok",
    ) -> None:
        super().__init__(domains)
        self.victim, self.broken, self.fault = victim, broken, fault
        entry = self.registry.domains[victim]
        location = f"/domain/{victim}"
        self.registry.domains[victim] = dataclasses.replace(entry, rdap=registry, whois=registry, location=location)

    def _answer(self, query: dns.message.Message, tcp: bool) -> dns.message.Message | bytes | None:
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = kind_of(name, dns.rdatatype.to_text(question.rdtype))
        if kind != self.broken or not name.endswith(self.victim):
            return super()._answer(query, tcp)
        return misbehave(self.fault, query, tcp)


def misbehave(fault: DnsFault, query: dns.message.Message, tcp: bool) -> dns.message.Message | bytes | None:
    """One bad answer."""
    answer = dns.message.make_response(query, recursion_available=True)
    wire = answer.to_wire()
    octets: dict[DnsFault, bytes | None] = {
        "silence": None,
        "garbage": wire[:2] + b"\xff" * 60,
        "empty": b"",
        "half": wire[: len(wire) // 2],
    }
    if fault in octets:
        return octets[fault]
    if fault in ("servfail", "refused", "formerr"):
        answer.set_rcode(dns.rcode.from_text(fault))
    elif fault.startswith("truncated"):
        answer.flags |= dns.flags.TC
        return answer if not tcp else None if "for ever" in fault else wire[:2] + b"\x00" * 30
    elif fault.startswith("alias"):
        _aliases(answer, circle="circle" in fault)
    else:
        return _lie(fault, query, answer)
    return answer


def _aliases(answer: dns.message.Message, *, circle: bool) -> None:
    """A chain of forty aliases, or two that lead to each other."""
    owner = first = answer.question[0].name
    for number in range(1 if circle else 40):
        target = dns.name.from_text(f"c{number}.net.")
        answer.answer.append(dns.rrset.from_text(owner, 60, "IN", "CNAME", target.to_text()))
        owner = target
    if circle:
        answer.answer.append(dns.rrset.from_text(owner, 60, "IN", "CNAME", first.to_text()))


def _lie(fault: DnsFault, query: dns.message.Message, answer: dns.message.Message) -> dns.message.Message:
    """An answer that is well formed and wrong."""
    name, kind = query.question[0].name, query.question[0].rdtype
    match fault:
        case "wrong id":
            answer.id = (query.id + 1) % 65536
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", '"v=spf1 +all"'))
        case "other question":
            other = dns.message.make_query("other.com", kind)
            other.id = query.id
            return dns.message.make_response(other, recursion_available=True)
        case "referral":
            answer.authority.append(dns.rrset.from_text("com.", 60, "IN", "NS", "a.gtld-servers.net."))
        case "nxdomain with records":
            answer.set_rcode(dns.rcode.NXDOMAIN)
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "A", "9.9.9.9"))
        case _:
            answer.question = []
    return answer
