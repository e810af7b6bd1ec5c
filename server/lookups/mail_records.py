"""What DNS says of a domain and its mail: exchangers, addresses, name servers, SPF, DMARC. Each is one Answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from server.lookups.answer import Answer, Dmarc, Found, MailHosts, NotFound, Spf, Unknown
from server.lookups.guard import is_address
from server.lookups.names import ascii_name
from server.lookups.policies import DmarcTags, dmarc_tags, shown, spf_records
from server.lookups.ports import Clock, DnsReply, NoData, NoName, Records, Resolver, Trouble
from server.lookups.spf_walk import SpfWalk

V = TypeVar("V")
SOURCE = "dns"
FOUND_TTL = (60.0, 3600.0)  # the record's own lifetime, within these bounds
NONE_TTL = (300.0, 600.0)
UNKNOWN_TTL = 45.0
MAX_HOSTS = 16
COUNT_S = 1.0  # the record itself is not kept waiting longer for the records that it includes
MTA_STS = "v=stsv1"


@dataclass(frozen=True, slots=True)
class MailRecords:
    """The DNS look-ups. `until` is `Clock.monotonic` seconds; names are ASCII and allowed (`names.py`)."""

    resolver: Resolver
    clock: Clock

    def mx(self, host: str, until: float) -> Answer[MailHosts]:
        """Mail exchangers. Found with no hosts: null MX, or MX records that name no usable host."""
        reply = self.resolver.ask(host, "MX", until)
        if not isinstance(reply, Records):
            return self._without(reply)
        pairs = sorted((int(pref), name) for pref, _, name in (value.partition(" ") for value in reply.values))
        names = tuple(dict.fromkeys(name for _, name in pairs if _usable(name)))
        null_mx = all(name in (".", "") for _, name in pairs)
        return self._found(MailHosts(names[:MAX_HOSTS], null_mx), reply)

    def address(self, host: str, until: float) -> Answer[tuple[str, ...]]:
        """IPv4 addresses, or IPv6 ones where there are none."""
        reply = self.resolver.ask(host, "A", until)
        if isinstance(reply, NoData):
            reply = self.resolver.ask(host, "AAAA", until)
        if not isinstance(reply, Records):
            return self._without(reply)
        return self._found(reply.values[:MAX_HOSTS], reply)

    def ns(self, org_domain: str, until: float) -> Answer[tuple[str, ...]]:
        """Name servers of the organisational domain, sorted."""
        reply = self.resolver.ask(org_domain, "NS", until)
        if not isinstance(reply, Records):
            return self._without(reply)
        return self._found(tuple(sorted(set(filter(_usable, reply.values))))[:MAX_HOSTS], reply)

    def mta_sts(self, host: str, until: float) -> Answer[str]:
        """The MTA-STS record (RFC 8461 §3.1); its presence alone says that the mail is run with care."""
        name = f"_mta-sts.{host}"
        if ascii_name(name) is None:  # a host of 253 characters leaves no room
            return self._none(NONE_TTL[0])
        reply = self.resolver.ask(name, "TXT", until)
        if not isinstance(reply, Records):
            return self._without(reply)
        records = [text for text in reply.values if text.replace(" ", "").lower().startswith(MTA_STS)]
        return self._found(shown(records[0]), reply) if len(records) == 1 else self._none(reply.ttl_s)

    def spf(self, host: str, until: float) -> Answer[Spf]:
        """The SPF record. Two of them are a permanent error for every receiver (RFC 7208 §4.5): unknown, not none."""
        reply = self.resolver.ask(host, "TXT", until)
        if not isinstance(reply, Records):
            return self._without(reply)
        records = spf_records(reply.values)
        if not records:
            return self._none(reply.ttl_s)
        if len(records) > 1:
            return self._unknown(Trouble("failed", "several SPF records"))
        strict = SpfWalk(self.resolver, until).strict(records[0])
        soon = min(until, self.clock.monotonic() + COUNT_S)
        lookups, valid = SpfWalk(self.resolver, soon).cost(records[0])
        found = self._found(Spf(shown(records[0]), strict, lookups, valid), reply)
        # What could not be counted is tried again soon, without hammering a domain whose include is broken for good.
        return found if lookups is not None else replace(found, ttl_s=min(found.ttl_s, NONE_TTL[0]))

    def dmarc(self, host: str, org_domain: str, until: float) -> Answer[Dmarc]:
        """The DMARC policy: the host's own, else its organisational domain's (RFC 7489 §6.6.3)."""
        for domain in dict.fromkeys((host, org_domain)):
            if ascii_name(f"_dmarc.{domain}") is None:  # a host of 253 characters leaves no room
                continue
            reply = self.resolver.ask(f"_dmarc.{domain}", "TXT", until)
            if isinstance(reply, Trouble):
                return self._unknown(reply)
            if isinstance(reply, Records) and (tags := dmarc_tags(reply.values)):
                policy = self._policy(tags, host, domain, until)
                enforced = policy != "none" and not tags.in_test
                return self._found(Dmarc(shown(tags.record), policy, enforced, domain), reply)
        return self._none(NONE_TTL[0])

    def _policy(self, tags: DmarcTags, host: str, domain: str, until: float) -> str:
        exists = True
        if host != domain and tags.absent_policy is not None:
            exists = not isinstance(self.resolver.ask(host, "A", until), NoName)
        return tags.policy_for(subdomain=host != domain, exists=exists)

    def _found(self, value: V, reply: Records) -> Found[V]:
        return Found(value, SOURCE, self.clock.now(), _within(reply.ttl_s, FOUND_TTL))

    def _none(self, ttl_s: float, *, nxdomain: bool = False) -> NotFound:
        return NotFound(SOURCE, self.clock.now(), _within(ttl_s, NONE_TTL), nxdomain)

    def _unknown(self, trouble: Trouble) -> Unknown:
        return Unknown(trouble.why, SOURCE, self.clock.now(), UNKNOWN_TTL, trouble.note)

    def _without(self, reply: DnsReply) -> NotFound | Unknown:
        """The answer where there are no records."""
        if isinstance(reply, Trouble):
            return self._unknown(reply)
        return self._none(reply.ttl_s, nxdomain=isinstance(reply, NoName))


def _usable(exchanger: str) -> bool:
    """Whether an MX names a host that mail can go to: not the root, an address or a single label."""
    return "." in exchanger.strip(".") and ascii_name(exchanger) is not None and not is_address(exchanger)


def _within(seconds: float, bounds: tuple[float, float]) -> float:
    return min(max(seconds, bounds[0]), bounds[1])
