"""How young the domains are to which a mail's links lead. On the server only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from server.evidence.lexicon import Lexicon
from server.evidence.names import in_list, is_free, is_ip, official_brand, org_domain
from server.evidence.urls import find_urls, parse_url, unwrap
from server.lookups.answer import Answer, Found, Registration, Unknown
from server.model import Evidence, Message, Why

MAX_ASKED = 3
"""Domains of one mail that are asked for: registries count questions, and a newsletter has dozens of links."""
MAX_LINKS = 200
MAX_TEXT = 32_768
SURELY_YOUNG = 90
"""Days. Where one domain is younger, it does not matter that another's age is not known."""
_WELL_KNOWN = ("free_hosts", "url_shorteners", "tracking_hosts", "mail_relays")


def link_domains(message: Message, lexicon: Lexicon, known: frozenset[str]) -> tuple[str, ...]:
    """The organisational domains behind the links whose age would say something, in the mail's order.

    `known`: the sender's and our own. Brands, page builders, shorteners and mailing services are well known, and a
    provider at which anybody has a page or mailbox says nothing by its age.
    """
    hrefs = [link.href for link in (message.links or ())[:MAX_LINKS]]
    text = message.text or ""
    if "://" in text or "www." in text:
        hrefs += list(find_urls(text[:MAX_TEXT]))[:MAX_LINKS]
    found: dict[str, None] = {}
    for href in hrefs:
        url = parse_url(unwrap(href, lexicon))
        if url is None or is_ip(url.host) or "." not in url.host:
            continue
        org = org_domain(url.host, lexicon)
        if org not in known and org not in found and not _is_well_known(url.host, lexicon):
            found[org] = None
            if len(found) == MAX_ASKED:
                break
    return tuple(found)


def _is_well_known(host: str, lexicon: Lexicon) -> bool:
    if official_brand(host, lexicon) is not None or is_free(host, lexicon):
        return True
    return any(in_list(host, lexicon.sets[name]) for name in _WELL_KNOWN)


def link_age_facts(evidence: Evidence, answers: Mapping[str, Answer[Any]] | None, today: date) -> None:
    """The facts `links.youngest_days` and `links.youngest`. `answers`: registrations by domain; None if not asked."""
    ages: dict[str, int] = {}
    missing: Why | None = None
    for domain, answer in (answers or {}).items():
        created = answer.value.created if isinstance(answer, Found) and isinstance(answer.value, Registration) else None
        if created is not None:
            ages[domain] = max(0, (today - created).days)
        else:
            missing = missing or (answer.why if isinstance(answer, Unknown) else "not_published")
    youngest = min(ages, key=lambda domain: ages[domain], default="")
    if youngest and (missing is None or ages[youngest] < SURELY_YOUNG):
        evidence.put("links.youngest_days", ages[youngest])
        evidence.put("links.youngest", youngest)
        return
    if not answers and answers is not None and evidence.get("links.count") is None:
        return  # the caller gave no links
    # What collect() said of these facts came before anybody was asked.
    why: Why = "offline" if answers is None else missing or "not_applicable"
    evidence.unknown["links.youngest_days"] = evidence.unknown["links.youngest"] = why
