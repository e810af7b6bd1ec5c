"""Facts of the thread: what is quoted, and whether the sender imitates someone in it.

Twin: extension/src/evidence/thread.js.
"""

from __future__ import annotations

from server.evidence.contacts import find_addresses
from server.evidence.headers import values
from server.evidence.mail import Mail, addresses, host_of, is_forward, is_reply
from server.evidence.names import imitates, is_free, org_domain
from server.evidence.plain import Span, head_and_tail
from server.model import Evidence

_MAX_DOMAINS = 20


def thread_facts(mail: Mail, evidence: Evidence, known_domains: tuple[str, ...] = ()) -> None:
    """The facts `thread.*`, `mail.is_reply`, `sender.lookalike_seen`. `known_domains`: the company's counterparts."""
    message = mail.message
    if message.subject is not None:
        evidence.put("mail.is_reply", is_reply(message.subject, mail.lexicon))
    quoted = quoted_domains(mail)
    if message.text is not None or message.quoted_text is not None:
        evidence.put("thread.quoted_domains", quoted[:_MAX_DOMAINS])
        evidence.put("thread.has_quote", bool(mail.parts.quoted or (message.quoted_text or "").strip()))
    if message.subject is not None and message.headers is not None:
        evidence.put("thread.fake_reply", _is_fake_reply(mail))
    if message.thread is not None:
        evidence.put("thread.length", len(message.thread))
    elif isinstance(length := message.context.get("thread_length"), int) and not isinstance(length, bool):
        evidence.put("thread.length", max(0, length))
    if mail.host:
        evidence.put("sender.lookalike_seen", _imitated(mail, quoted, known_domains))


def quoted_domains(mail: Mail) -> list[str]:
    """Organisational domains of the addresses in the quoted part, ours and public providers left out."""
    spans: list[Span] = head_and_tail(mail.parts.quoted)
    pieces = [mail.text[start:end] for start, end in spans]
    pieces.append((mail.message.quoted_text or "")[:32_768])
    found: dict[str, None] = {}
    for piece in pieces:
        for _, _, address in find_addresses(piece):
            host = host_of(address)
            if host and not mail.is_own(address) and not is_free(host, mail.lexicon):
                found[org_domain(host, mail.lexicon)] = None
    return list(found)


def _is_fake_reply(mail: Mail) -> bool:
    """Looks like a reply but answers nothing. A forwarded mail starts a thread of its own, so only replies count."""
    subject = mail.message.subject or ""
    if not is_reply(subject, mail.lexicon) or is_forward(subject, mail.lexicon):
        return False
    headers = mail.message.headers
    return not any(value.strip() for name in ("in-reply-to", "references") for value in values(headers, name))


def _imitated(mail: Mail, quoted: list[str], known_domains: tuple[str, ...]) -> str:
    """The domain in sight that the sender's, or the Reply-To's, domain imitates; "" if none."""
    if mail.is_own(mail.address):
        return ""
    others = [host_of(entry) for entry in addresses(mail.message.recipients)]
    seen = [*quoted, *(host for host in others if not mail.is_own_host(host)), *known_domains]
    replies = [host_of(entry) for entry in addresses(mail.message.reply_to) if not mail.is_own(entry)]
    for target in dict.fromkeys(seen):
        if any(imitates(host, target, mail.lexicon) for host in (mail.host, *replies)):
            return org_domain(target, mail.lexicon)
    return ""
