"""Wires the look-ups from the settings."""

from __future__ import annotations

from server.lookups.blocklists import Blocklists
from server.lookups.bootstrap import Bootstrap, file_problem
from server.lookups.honest import HonestResolver
from server.lookups.mail_records import MailRecords
from server.lookups.net import Network, TcpDialer
from server.lookups.ports import Clock, Dialer, LookupSettings, Resolver
from server.lookups.rdap import Rdap
from server.lookups.registration import RegistrationLookup
from server.lookups.sources import Sources
from server.lookups.whois import Whois
from server.settings import SettingsError


def build(
    settings: LookupSettings, clock: Clock, resolver: Resolver | None = None, dialer: Dialer | None = None
) -> Sources:
    """All sources; they share one name server. Raises SettingsError where a file of the admin's cannot be used."""
    if wrong := file_problem(settings.rdap_bootstrap):
        raise SettingsError("BACKTONE_RDAP_BOOTSTRAP", wrong)
    # Imported here: together they take 0.2 s, which a command without look-ups need not pay.
    from server.lookups.dns import DnsResolver
    from server.lookups.fetch import Fetcher
    from server.lookups.visit import Visitor
    from server.lookups.website import Website

    honest = HonestResolver(resolver or DnsResolver(settings.resolvers, clock), clock)
    network = Network(honest, dialer or TcpDialer(), clock)
    fetcher = Fetcher(network, settings.proxy)
    rdap = Rdap(Bootstrap(settings.rdap_bootstrap, fetcher, clock), fetcher, clock)
    return Sources(
        honest,
        MailRecords(honest, clock),
        RegistrationLookup(rdap, Whois(network, settings.whois_map), clock),
        Blocklists(settings.blocklists, honest, clock),
        Website(Visitor(network), honest),
    )
