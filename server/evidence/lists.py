"""Facts of the company's own lists."""

from __future__ import annotations

from server.evidence.known_people import known_person
from server.evidence.mail import Mail
from server.evidence.names import imitates, org_domain
from server.model import Evidence, ListHits


def list_facts(mail: Mail, evidence: Evidence, hits: ListHits | None) -> None:
    """The facts `lists.*`. Without lists, or without a sender, they are unknown."""
    if hits is None or not mail.host:
        return
    evidence.put("lists.blocked", hits.blocked)
    evidence.put("lists.known", hits.known)
    near = "" if mail.is_own(mail.address) else _near(mail, hits.known_domains)
    evidence.put("lists.near_known", near)
    stranger = not hits.known and not mail.is_own(mail.address)
    evidence.put("lists.known_person", known_person(mail, evidence, hits.known_people) if stranger else "")


def _near(mail: Mail, known: tuple[str, ...]) -> str:
    """The known counterpart's domain that the sender's domain imitates. A known domain imitates nobody."""
    orgs = {org_domain(domain, mail.lexicon) for domain in known}
    if mail.org in orgs:
        return ""
    return next((domain for domain in known if imitates(mail.host, domain, mail.lexicon)), "")
