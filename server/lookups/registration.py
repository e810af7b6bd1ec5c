"""Registration of a domain: RDAP first, WHOIS where the registry has none or it fails, within one deadline."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server.lookups.answer import Answer, Found, Registration, Unknown
from server.lookups.ports import Clock
from server.lookups.rdap import Rdap
from server.lookups.reach import Reach
from server.lookups.registration_ttl import FOUND_TTL_S
from server.lookups.whois import Whois

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

RDAP_SHARE = 0.6  # of the time, so that WHOIS has its turn where RDAP hangs
SOURCE = "registry"


@dataclass(frozen=True, slots=True)
class RegistrationLookup:
    """Both ways to a registry."""

    rdap: Rdap
    whois: Whois
    clock: Clock
    reach: Reach = field(default_factory=Reach)

    def registration(self, domain: str, until: float) -> Answer[Registration]:
        """Created, expires and registrar of an organisational domain in punycode."""
        if not is_registrable(domain):
            note = "registered by a hosting service, not by the sender"
            return Unknown("not_applicable", SOURCE, self.clock.now(), FOUND_TTL_S, note)
        now = self.clock.monotonic()
        first = self.rdap.registration(domain, now + (until - now) * RDAP_SHARE)
        self.reach.note("rdap", first)
        if first is not None and not _lacking(first):
            return first
        second = self.whois.registration(domain, until)
        self.reach.note("whois", second)
        if first is None or (not isinstance(second, Unknown) and not _lacking(second)):
            return second
        return first


def _lacking(answer: Answer[Registration]) -> bool:
    """Whether another source may know more: nothing usable, or a record without its date."""
    return isinstance(answer, Unknown) or (isinstance(answer, Found) and answer.value.created is None)


def is_registrable(domain: str) -> bool:
    """Whether a registry hands out this very name: not where it lies under a private suffix such as github.io."""
    return _suffixes().privatesuffix(domain) == domain


@functools.cache
def _suffixes() -> PublicSuffixList:
    """The registries' own suffixes alone; organisational domains elsewhere in the server count private ones as well."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True)
