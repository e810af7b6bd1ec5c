"""The name server's answers, told apart: records, no such name, no such record, and every kind of trouble."""

from __future__ import annotations

from itertools import islice
from typing import Any, cast

import dns.exception
import dns.flags
import dns.message
import dns.nameserver
import dns.rcode
import dns.rdatatype
import dns.resolver

from server.lookups.ports import Clock, DnsReply, NoData, NoName, Records, RecordType, Trouble

TRY_S = 1.5  # one datagram's patience, after which the next server (or the same again) is asked
MAX_RECORDS = 64
DEFAULT_NEGATIVE_TTL = 300.0


class DnsResolver:
    """Asks the given name servers ("ip", "ip:port", "[ipv6]:port"), or those of the system if none is given."""

    def __init__(self, servers: tuple[str, ...], clock: Clock) -> None:
        self._clock = clock
        self._resolver = dns.resolver.Resolver(configure=False)
        if servers:
            self._resolver.nameservers = [_nameserver(text) for text in servers]
        else:
            try:
                self._resolver = dns.resolver.Resolver()
            except dns.resolver.NoResolverConfiguration:
                self._resolver.nameservers = []
        self._resolver.timeout = TRY_S
        # 1232 octets pass everywhere unfragmented; longer answers come over TCP.
        self._resolver.use_edns(0, 0, 1232)

    def ask(self, name: str, kind: RecordType, until: float) -> DnsReply:
        """See `ports.Resolver`. The name is taken as absolute; the system's search list is never used."""
        patience = until - self._clock.monotonic()
        if patience <= 0:
            return Trouble("timed_out")
        if not self._resolver.nameservers:
            return Trouble("failed", "no name server is configured")
        try:
            answer = self._resolver.resolve(name + ".", kind, lifetime=patience, raise_on_no_answer=False, search=False)
        except dns.resolver.NXDOMAIN as error:
            return _no_name(error)
        except dns.resolver.LifetimeTimeout:
            return Trouble("timed_out", "no name server answered in time")
        except dns.resolver.NoNameservers as error:
            return _trouble(error)
        except dns.exception.DNSException as error:
            return Trouble("failed", type(error).__name__)
        if answer.rrset is None:
            return _no_data(answer)
        records = cast("list[Any]", answer.rrset)
        values = tuple(_text(record) for record in islice(records, MAX_RECORDS))
        return Records(values, float(answer.chaining_result.minimum_ttl))


def _nameserver(text: str) -> dns.nameserver.Do53Nameserver:
    if text.startswith("["):
        address, _, port = text[1:].partition("]")
        return dns.nameserver.Do53Nameserver(address, int(port.lstrip(":") or 53))
    if text.count(":") == 1:
        address, _, port = text.partition(":")
        return dns.nameserver.Do53Nameserver(address, int(port))
    return dns.nameserver.Do53Nameserver(text)


def _text(record: Any) -> str:
    """One record as `ports.Records` describes it."""
    if record.rdtype == dns.rdatatype.MX:
        return f"{record.preference} {record.exchange.to_text(omit_final_dot=True).lower()}"
    if record.rdtype == dns.rdatatype.NS:
        return str(record.target.to_text(omit_final_dot=True)).lower()
    if record.rdtype == dns.rdatatype.TXT:
        # RFC 7208 §3.3: the strings of one record are joined without a space.
        return b"".join(record.strings).decode("utf-8", "replace")
    return str(record.address)


def _no_name(error: dns.resolver.NXDOMAIN) -> DnsReply:
    responses: dict[Any, dns.message.QueryMessage] = vars(error)["kwargs"]["responses"]
    qname, response = next(iter(responses.items()))
    if any(rrset.name == qname and rrset.rdtype != dns.rdatatype.CNAME for rrset in response.answer):
        return Trouble("failed", "NXDOMAIN beside records of that very name")
    ttl = float(response.resolve_chaining().minimum_ttl)
    # With an alias in the answer it is the alias's target that does not exist (RFC 6604); the name itself does.
    if any(rrset.name == qname and rrset.rdtype == dns.rdatatype.CNAME for rrset in response.answer):
        return NoData(ttl)
    return NoName(ttl)


def _no_data(answer: dns.resolver.Answer) -> DnsReply:
    response = answer.response
    kinds = {rrset.rdtype for rrset in response.authority}
    if dns.rdatatype.NS in kinds and dns.rdatatype.SOA not in kinds and not response.flags & dns.flags.AA:
        return Trouble("failed", "the name server refers to others instead of answering")
    return NoData(float(answer.chaining_result.minimum_ttl or DEFAULT_NEGATIVE_TTL))


def _trouble(error: dns.resolver.NoNameservers) -> Trouble:
    """All servers were given up. Refused only if each of those that answered at all said so."""
    errors: list[tuple[Any, ...]] = vars(error)["kwargs"]["errors"]
    codes: set[int] = {entry[4].rcode() for entry in errors if entry[4] is not None}
    if codes == {dns.rcode.REFUSED}:
        return Trouble("refused", "REFUSED")
    return Trouble(
        "failed",
        ", ".join(sorted(dns.rcode.to_text(dns.rcode.Rcode.make(code)) for code in codes)) or "unusable answer",
    )
