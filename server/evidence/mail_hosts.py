"""Who takes in a domain's mail, and whether a parking service holds the domain. On the server only."""

from __future__ import annotations

from collections.abc import Iterable

from server.evidence.lexicon import Lexicon
from server.evidence.names import in_list, org_domain

OWN = "own"
OTHER = "other"


def mail_host(hosts: Iterable[str], org: str, lexicon: Lexicon) -> tuple[str, str]:
    """(name, kind) of the first exchanger that is known: the domain's own servers, or a provider of the table.

    Kinds are those of `tables/mail_hosts.yaml`, `own`, and `other` with an empty name.
    """
    known = lexicon.server.mail_hosts
    for host in hosts:
        if org and org_domain(host, lexicon) == org:
            return org, OWN
        labels = host.split(".")
        for at in range(len(labels) - 1):
            found = known.get(".".join(labels[at:]))
            if found is not None:
                return found
    return "", OTHER


def parking_service(hosts: Iterable[str], lexicon: Lexicon) -> str:
    """The first of these hosts that belongs to a service for parked and offered domains; "" if none does."""
    return next((host for host in hosts if in_list(host, lexicon.server.parking)), "")
