"""The web site of an organisational domain: its front page, and the page that says who is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from server.lookups.answer import Answer, Certificate, Found, NotFound, Site, Unknown
from server.lookups.names import ascii_name
from server.lookups.net import Unreachable
from server.lookups.page import MAX_LISTED, MAX_TEXT, Reading, is_html, read_page
from server.lookups.ports import NoData, NoName, RecordType, Resolver, Trouble
from server.lookups.visit import Page, Visitor
from server.model import Why

MAX_HOPS = 5
TRY_S = 5.0  # for one way to the front page, all its redirects included
CONTACT_S = 4.0
FOUND_TTL_S = 6 * 3600.0
BROKEN_TTL_S = 600.0  # a page that said "error", or had to be cut short
NONE_TTL_S = 600.0
UNKNOWN_TTL_S = 300.0
GUARDED = frozenset({401, 403, 405, 406, 407, 429, 451, 503})
"""Statuses with which sites turn programs away that would let a person in: the page is not the site's."""


@dataclass(frozen=True, slots=True)
class Website:
    """Visits sites. Nothing but these visits tells a sender that somebody looks at him."""

    visitor: Visitor
    resolver: Resolver

    def visit(self, domain: str, until: float) -> Answer[Site]:
        """The site of an organisational domain (ASCII). NotFound: neither the domain nor its www has an address."""
        source, clock = f"https://{domain}", self.visitor.network.clock
        failure: tuple[Why, str] | None = None
        hosts: list[str] = []
        for host in (domain, f"www.{domain}"):
            has, trouble = self._has_address(host, until)
            hosts += [host] if has else []
            failure = failure or trouble
        for url in [f"{scheme}://{host}/" for host in hosts for scheme in ("https", "http")]:
            try:
                page, reading = self._front(url, min(until, clock.monotonic() + TRY_S))
            except Unreachable as error:
                failure = failure or (error.why, error.note)
                continue
            site = self._site(page, reading, until)
            fine = site.read and page.whole
            return Found(
                site, f"site:{urlsplit(page.url).hostname}", clock.now(), FOUND_TTL_S if fine else BROKEN_TTL_S
            )
        if failure is None:
            return NotFound("dns", clock.now(), NONE_TTL_S)
        return Unknown(failure[0], source, clock.now(), UNKNOWN_TTL_S, failure[1])

    def _has_address(self, host: str, until: float) -> tuple[bool, tuple[Why, str] | None]:
        if ascii_name(host) is None:
            return False, None
        kinds: tuple[RecordType, ...] = ("A", "AAAA")
        for kind in kinds:
            reply = self.resolver.ask(host, kind, until)
            if isinstance(reply, Trouble):
                return False, (reply.why, f"{host}: {reply.note or reply.why}")
            if not isinstance(reply, NoData | NoName):
                return True, None
        return False, None

    def _front(self, url: str, until: float) -> tuple[Page, Reading | None]:
        """The page at which the redirects end. Raises Unreachable; each hop is vetted anew."""
        certificate: Certificate | None = None
        for _ in range(MAX_HOPS + 1):
            page = self.visitor.get(url, until)
            certificate = certificate or page.certificate
            reading = read_page(page) if not page.location and is_html(page) else None
            onward = page.location or (reading.onward if reading is not None else "")
            if not onward:
                return _shown(page, certificate), reading
            try:
                after = urljoin(url, onward)
            except ValueError:
                raise Unreachable("failed", "redirected to no usable URL") from None
            if after == url:
                return _shown(page, certificate), reading
            url = after
        raise Unreachable("failed", "too many redirects")

    def _site(self, page: Page, reading: Reading | None, until: float) -> Site:
        if reading is None:
            return Site(page.url, page.status, read=False, certificate=page.certificate)
        more = self._more(reading.contact_page, page.url, until)
        both = [reading] if more is None else [reading, more]
        return Site(
            url=page.url,
            status=page.status,
            read=page.status not in GUARDED and page.status < 500,
            title=reading.title,
            language=reading.language,
            text="\n".join(one.text for one in both)[: 2 * MAX_TEXT],
            links=_joined(*(one.hosts for one in both)),
            mails=_joined(*(one.mails for one in both)),
            phones=_joined(*(one.phones for one in both)),
            contact_page=reading.contact_page,
            team_page=reading.team_page,
            certificate=page.certificate,
        )

    def _more(self, url: str, front: str, until: float) -> Reading | None:
        """The contact page; None where there is none, or it cannot be had: the front page stands without it."""
        if not url or url.split("#")[0].rstrip("/") == front.rstrip("/"):
            return None
        try:
            page = self.visitor.get(url, min(until, self.visitor.network.clock.monotonic() + CONTACT_S))
        except Unreachable:
            return None
        return read_page(page) if page.status == 200 and not page.location and is_html(page) else None


def _shown(page: Page, certificate: Certificate | None) -> Page:
    """The page with the certificate that the visit began with: the one of the domain itself."""
    return Page(page.url, page.status, page.content_type, page.body, page.whole, "", certificate)


def _joined(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for one in lists for item in one))[:MAX_LISTED]
