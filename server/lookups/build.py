"""Wires the look-ups from the settings."""

from __future__ import annotations

from server.lookups.bootstrap import Bootstrap
from server.lookups.honest import HonestResolver
from server.lookups.mail_records import MailRecords
from server.lookups.net import Network, TcpDialer
from server.lookups.ports import Clock, Dialer, LookupSettings, Resolver
from server.lookups.rdap import Rdap
from server.lookups.registration import RegistrationLookup
from server.lookups.whois import Whois


def build(
    settings: LookupSettings, clock: Clock, resolver: Resolver | None = None, dialer: Dialer | None = None
) -> tuple[MailRecords, RegistrationLookup]:
    """The DNS side and the registry side; both use the same name server."""
    # Imported here: together they take 0.2 s, which a command without look-ups need not pay.
    from server.lookups.dns import DnsResolver
    from server.lookups.fetch import Fetcher

    resolver = HonestResolver(resolver or DnsResolver(settings.resolvers, clock), clock)
    network = Network(resolver, dialer or TcpDialer(), clock)
    fetcher = Fetcher(network, settings.proxy)
    rdap = Rdap(Bootstrap(settings.rdap_bootstrap, fetcher, clock), fetcher, clock)
    return MailRecords(resolver, clock), RegistrationLookup(rdap, Whois(network, settings.whois_map), clock)
