"""Who answers which kind of look-up, and under which name its answer is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from server.lookups.answer import Answer
from server.lookups.blocklists import Blocklists
from server.lookups.honest import HonestResolver
from server.lookups.mail_records import MailRecords
from server.lookups.registration import RegistrationLookup
from server.lookups.report import Kind

if TYPE_CHECKING:
    from server.lookups.website import Website

Job = Callable[[], Answer[Any]]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that can be asked."""

    resolver: HonestResolver
    mail: MailRecords
    registration: RegistrationLookup
    blocklists: Blocklists
    website: Website

    def job(self, kind: Kind, host: str, org: str, until: float) -> Job:
        """The look-up of one kind, ready to run in a pool. `until` is the end of its time, `Clock.monotonic`."""
        match kind:
            case "mx":
                return lambda: self.mail.mx(host, until)
            case "address":
                return lambda: self.mail.address(host, until)
            case "ns":
                return lambda: self.mail.ns(org, until)
            case "spf":
                return lambda: self.mail.spf(host, until)
            case "dmarc":
                return lambda: self.mail.dmarc(host, org, until)
            case "mta_sts":
                return lambda: self.mail.mta_sts(host, until)
            case "blocklists":
                return lambda: self.blocklists.listed(org, until)
            case "registration":
                return lambda: self.registration.registration(org, until)
            case "website":
                return lambda: self.website.visit(org, until)


def name_of(kind: Kind, host: str, org: str) -> str:
    """What an answer of this kind is about: all mail hosts of an organisation share what is about the organisation."""
    match kind:
        case "ns" | "blocklists" | "registration" | "website":
            return org
        case "dmarc":
            return f"{host} {org}"
        case _:
            return host
