"""The answers about one domain, as far as they were there at the deadline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from server.lookups.answer import Answer, Found, MailHosts, NotFound

Kind = Literal["mx", "address", "ns", "spf", "dmarc", "mta_sts", "blocklists", "registration", "website"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class DomainReport:
    """`answers` holds each of the kinds. `running` names those that were not back in time and are still asked."""

    host: str
    org_domain: str
    answers: dict[str, Answer[Any]] = field(default_factory=dict[str, Answer[Any]])
    running: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether every look-up has ended: asking again would tell nothing new until an answer expires."""
        return not self.running

    @property
    def exists(self) -> bool | None:
        """Whether the host's name exists in DNS; None if no answer settles it."""
        asked = [self.answers[kind] for kind in ("mx", "address") if kind in self.answers]
        if any(isinstance(answer, Found) or (isinstance(answer, NotFound) and not answer.nxdomain) for answer in asked):
            return True
        return False if any(isinstance(answer, NotFound) for answer in asked) else None

    @property
    def accepts_mail(self) -> bool | None:
        """Whether mail can be delivered: through MX, or an address record where no MX stands (RFC 5321 §5.1)."""
        mx = self.answers.get("mx")
        if isinstance(mx, Found) and isinstance(mx.value, MailHosts):
            return bool(mx.value.hosts)
        if not isinstance(mx, NotFound):
            return None
        if mx.nxdomain:
            return False
        address = self.answers.get("address")
        return True if isinstance(address, Found) else False if isinstance(address, NotFound) else None
