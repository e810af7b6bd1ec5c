"""Facts of the sender's web site, from what a visit saw. On the server only, and only where a visit was made.

What a visit could not see is unknown, never bad: a site may turn programs away, or be built by scripts alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from server.evidence.company import find_companies
from server.evidence.contacts import find_addresses
from server.evidence.identity import company_tokens
from server.evidence.lexicon import Lexicon
from server.evidence.mail import Mail
from server.evidence.mail_hosts import parking_service
from server.evidence.names import are_twins, clean_host, official_brand, org_domain
from server.evidence.plain import bare, fold, has_han, lines, word_list
from server.lookups.answer import Answer, Certificate, Found, NotFound, Site, Unknown
from server.model import Evidence, Why

SITE_FACTS = (
    "site.url", "site.status", "site.exists", "site.title", "site.language", "site.leads_to", "site.leads_to_brand",
    "site.parked", "site.blank", "site.companies", "site.names_company", "site.emails", "site.names_sender",
    "site.contact_page", "tls.since", "tls.until", "tls.days_left", "tls.problem",
)  # fmt: skip
SHORT_PAGE = 1500  # characters; a parking page has 50 to 600, and a trader of domains talks of sales on long ones
ENOUGH = 400  # characters of text before the absence of a name says anything
GONE = (404, 410)
MAX_LISTED = 10


def site_facts(
    mail: Mail, evidence: Evidence, answer: Answer[Any] | None, servers: tuple[str, ...], today: date
) -> None:
    """The facts `site.*` and `tls.*`. `servers`: name and mail servers of the domain, as far as they are known."""
    parked = parking_service(servers, mail.lexicon)
    if parked:
        evidence.put("site.parked", parked)
    if isinstance(answer, Found) and isinstance(answer.value, Site):
        _seen(mail, evidence, answer.value, today)
    elif isinstance(answer, NotFound):
        evidence.put("site.exists", False)
    why: Why = answer.why if isinstance(answer, Unknown) else "pending" if answer is None else "not_published"
    for fact in SITE_FACTS:
        evidence.miss(fact, why)


def _seen(mail: Mail, evidence: Evidence, site: Site, today: date) -> None:
    _certificate(evidence, site.certificate, today)
    evidence.put("site.url", site.url)
    evidence.put("site.status", site.status)
    host = clean_host(site.url.split("/")[2])
    _leads_to(mail, evidence, host)
    if not site.read:
        for fact in SITE_FACTS:
            evidence.miss(fact, "failed")
        return
    evidence.put("site.exists", site.status not in GONE)
    evidence.put("site.title", site.title)
    evidence.put("site.language", site.language)
    evidence.put("site.contact_page", site.contact_page)
    _use(mail.lexicon, evidence, site, host)
    _people(mail, evidence, site)


def _certificate(evidence: Evidence, shown: Certificate | None, today: date) -> None:
    if shown is None:  # a site without TLS
        for name in ("since", "until", "days_left", "problem"):
            evidence.miss(f"tls.{name}", "not_published")
        return
    evidence.put("tls.problem", shown.problem)
    if shown.since is not None:
        evidence.put("tls.since", shown.since.isoformat())
    if shown.until is not None:
        evidence.put("tls.until", shown.until.isoformat())
        evidence.put("tls.days_left", (shown.until - today).days)


def _leads_to(mail: Mail, evidence: Evidence, host: str) -> None:
    """Where the visit ended, if at another organisation's; its twin under .com or a country's domain is the same."""
    elsewhere = not are_twins(host, mail.host, mail.lexicon)
    evidence.put("site.leads_to", org_domain(host, mail.lexicon) if elsewhere else "")
    brand = official_brand(host, mail.lexicon) if elsewhere else None
    own = official_brand(mail.host, mail.lexicon)
    evidence.put("site.leads_to_brand", brand.name if brand is not None and brand != own else "")


def _use(lexicon: Lexicon, evidence: Evidence, site: Site, host: str) -> None:
    """Whether anybody uses the domain: not parked, not for sale, not what hosting puts there by itself."""
    words = " ".join(fold(f"{site.title} {site.text}").split())
    short = len(site.text) <= SHORT_PAGE
    service = parking_service((host,), lexicon) or (parking_service(site.links, lexicon) if short else "")
    sale = next((mark for mark in lexicon.server.for_sale if mark in words), "") if short else ""
    evidence.put("site.parked", str(evidence.get("site.parked") or "") or sale or service)
    evidence.put("site.blank", next((mark for mark in lexicon.server.blank if mark in words), "") if short else "")


def _people(mail: Mail, evidence: Evidence, site: Site) -> None:
    text = f"{site.title}\n{site.text}"
    rows = [row for row in lines(text) if row[1] > row[0]]
    found = [one.name for one in find_companies(text, rows, mail.lexicon, signature=False)]
    mails = dict.fromkeys((*site.mails, *(entry for _, _, entry in find_addresses(text))))
    evidence.put("site.companies", list(dict.fromkeys(map(_without_year, found)))[:MAX_LISTED])
    evidence.put("site.emails", list(mails)[:MAX_LISTED])
    evidence.put("site.names_sender", mail.address in mails)
    named = _names(str(evidence.get("identity.company") or ""), text, mail.lexicon)
    if named is None:
        evidence.miss("site.names_company", "not_applicable")
    else:
        evidence.put("site.names_company", named)


def _without_year(name: str) -> str:
    """The name behind a copyright line's year: `2019-2026 Acme Tools GmbH`."""
    first, _, rest = name.partition(" ")
    return rest if rest and len(first) in (4, 9) and first[:4].isdigit() and not first.isalpha() else name


def _names(company: str, text: str, lexicon: Lexicon) -> bool | None:
    """Whether the site names the company; None where its absence would mean nothing.

    So it is for pages with little text, parked ones included, and for names and pages in different scripts.
    """
    if not company:
        return None
    if has_han(company) and fold(company) in fold(text):
        return True
    tokens = [word for word in company_tokens(company, lexicon) if len(word) > 2]
    plain = "".join(bare(text[at : at + 1000]) for at in range(0, len(text), 1000))
    if not {*tokens}.isdisjoint(word_list(plain)):
        return True
    joined = "".join(tokens)
    if len(joined) >= 5 and joined in plain.replace(" ", ""):
        return True
    latin = sum(char.isascii() and char.isalpha() for char in plain)
    return False if tokens and len(text) >= ENOUGH and latin * 2 > len(plain) else None
