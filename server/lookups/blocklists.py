"""DNS block lists (RFC 5782): whether a domain stands on one, and whether the list answered at all."""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import dataclass, field

from server.lookups.answer import Answer, Found, NotFound, Unknown
from server.lookups.names import ascii_name
from server.lookups.ports import Clock, NoData, NoName, Records, Resolver, Trouble

SOURCE = "dns"
FOUND_TTL_S = 3600.0
CLEAN_TTL_S = 1800.0
UNKNOWN_TTL_S = 300.0
ONE_LIST_S = 2.0  # a hung list keeps no other from being asked
PROBE_EVERY_S = 3600.0
BY_ADDRESS = "ip:"
MAX_ADDRESSES = 4
# Spamhaus: 127.255.255.252 mistyped, .254 public resolver, .255 too many questions; 127.0.1.255 an address asked of a
# list of names. SURBL and URIBL: 127.0.0.1. None of them says anything about the domain.
REFUSALS = frozenset({"127.0.0.1", "127.0.1.255"})
REFUSAL_NET = ipaddress.IPv4Network("127.255.255.0/24")
LISTED_NET = ipaddress.IPv4Network("127.0.0.0/8")
# Spamhaus ZEN: addresses of households. Their owners' policy, no accusation.
POLICY = frozenset({"127.0.0.10", "127.0.0.11"})


@dataclass(frozen=True, slots=True)
class Blocklists:
    """The lists that the admin named, e.g. `dbl.spamhaus.org`; `ip:zen.spamhaus.org` is asked for addresses."""

    zones: tuple[str, ...]
    resolver: Resolver
    clock: Clock
    _dead_until: dict[str, float] = field(default_factory=dict[str, float])
    _sound_until: dict[str, float] = field(default_factory=dict[str, float])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def listed(self, domain: str, until: float) -> Answer[tuple[str, ...]]:
        """The lists on which a domain (or its address) stands, as `dbl.spamhaus.org (127.0.1.4)`.

        NotFound: every list answered and none has it. Unknown: none has it, and some list did not say.
        """
        found: list[str] = []
        trouble: Trouble | None = None
        for zone in self.zones:
            soon = min(until, self.clock.monotonic() + ONE_LIST_S)
            said = self._by_address(domain, zone, soon) if zone.startswith(BY_ADDRESS) else self._by(domain, zone, soon)
            if isinstance(said, Trouble):
                trouble = said
            else:
                found += said
        now = self.clock.now()
        if found:
            return Found(tuple(dict.fromkeys(found)), SOURCE, now, FOUND_TTL_S)
        if trouble is not None:
            return Unknown(trouble.why, SOURCE, now, UNKNOWN_TTL_S, trouble.note)
        return NotFound(SOURCE, now, CLEAN_TTL_S)

    def _by_address(self, domain: str, zone: str, until: float) -> list[str] | Trouble:
        reply = self.resolver.ask(domain, "A", until)
        if isinstance(reply, Trouble):
            return reply
        found: list[str] = []
        for address in reply.values[:MAX_ADDRESSES] if isinstance(reply, Records) else ():
            said = self._by(".".join(reversed(address.split("."))), zone.removeprefix(BY_ADDRESS), until)
            if isinstance(said, Trouble):
                return said
            found += said
        return found

    def _by(self, what: str, zone: str, until: float) -> list[str] | Trouble:
        name = f"{what}.{zone}"
        if ascii_name(name) is None:
            return Trouble("failed", f"{zone}: the name is too long to be asked for")
        reply = self.resolver.ask(name, "A", until)
        if isinstance(reply, NoName | NoData):
            return []
        if isinstance(reply, Trouble):
            return Trouble(reply.why, f"{zone}: {reply.note or reply.why}")
        codes = [ipaddress.IPv4Address(value) for value in reply.values]
        if any(str(code) in REFUSALS or code in REFUSAL_NET for code in codes):
            return Trouble("refused", f"{zone} refuses to answer our resolver")
        if any(code not in LISTED_NET for code in codes):
            return Trouble("failed", f"{zone} answers with addresses that no block list gives")
        told = [str(code) for code in codes if str(code) not in POLICY]
        if told and not self._is_sound(zone, until):
            return Trouble("failed", f"{zone} lists every name: it is closed or broken")
        return [f"{zone} ({code})" for code in told]

    def _is_sound(self, zone: str, until: float) -> bool:
        """Whether the list does without the name that no list may hold (RFC 5782 §5). A closed list lists all."""
        with self._lock:
            now = self.clock.monotonic()
            if now < self._sound_until.get(zone, now):
                return True
            if now < self._dead_until.get(zone, now):
                return False
        reply = self.resolver.ask(f"invalid.{zone}", "A", until)
        sound = not isinstance(reply, Records)
        with self._lock:
            kept = self._sound_until if sound else self._dead_until
            kept[zone] = self.clock.monotonic() + PROBE_EVERY_S
        return sound
