"""What DNS says of a domain's mail: exchangers, addresses, SPF, DMARC. Each is one Answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from server.lookups.answer import Answer, Dmarc, Found, MailHosts, NotFound, Spf, Unknown
from server.lookups.guard import is_address
from server.lookups.names import ascii_name
from server.lookups.policies import DmarcTags, dmarc_tags, shown, spf_ending, spf_records
from server.lookups.ports import Clock, DnsReply, NoData, NoName, Records, Resolver, Trouble

V = TypeVar("V")
SOURCE = "dns"
FOUND_TTL = (60.0, 3600.0)  # the record's own lifetime, within these bounds
NONE_TTL = (300.0, 600.0)
UNKNOWN_TTL = 45.0
MAX_HOSTS = 16
MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class MailRecords:
    """The four DNS look-ups. `until` is `Clock.monotonic` seconds; names are ASCII and allowed (`names.py`)."""

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
        return self._found(Spf(shown(records[0]), self._strict(records[0], until, MAX_REDIRECTS)), reply)

    def dmarc(self, host: str, org_domain: str, until: float) -> Answer[Dmarc]:
        """The DMARC policy: the host's own, else its organisational domain's (RFC 7489 §6.6.3)."""
        for domain in dict.fromkeys((host, org_domain)):
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

    def _strict(self, record: str, until: float, redirects: int) -> bool | None:
        """Whether the record ends in `-all`, also by `redirect=`; None where that cannot be followed."""
        qualifier, redirect = spf_ending(record)
        if redirect is None:
            return qualifier == "-"
        target = ascii_name(redirect)
        if target is None or redirects == 0:  # a macro such as %{d} is no name either
            return None
        reply = self.resolver.ask(target, "TXT", until)
        records = spf_records(reply.values) if isinstance(reply, Records) else []
        return self._strict(records[0], until, redirects - 1) if len(records) == 1 else None

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
