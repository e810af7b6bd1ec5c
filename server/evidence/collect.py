"""All facts of one mail. Every fact of the vocabulary ends as known, or as unknown with the reason why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from server.evidence.accounts import account_facts
from server.evidence.attachments import attachment_facts
from server.evidence.content import content_facts, names_nothing
from server.evidence.context import context_facts
from server.evidence.deal import deal_facts
from server.evidence.domain import domain_facts
from server.evidence.forwarders import forwarder_facts
from server.evidence.headers import header_facts
from server.evidence.identity import identity_facts
from server.evidence.incoherent import incoherent_facts
from server.evidence.kind import kind_fact
from server.evidence.lexicon import lexicon_of
from server.evidence.links import link_facts
from server.evidence.lists import list_facts
from server.evidence.mail import Mail, read_mail
from server.evidence.order import order_facts
from server.evidence.sender import sender_facts
from server.evidence.server_only import claimed_missing, server_only_facts
from server.evidence.thread import thread_facts
from server.lookups.report import DomainReport
from server.model import Evidence, ListHits, Message, Value, Why
from server.rulebook.book import Rulebook
from server.rulebook.match import find


def collect(
    message: Message,
    rulebook: Rulebook,
    *,
    own: tuple[str, ...] = (),
    domain: DomainReport | None = None,
    lists: ListHits | None = None,
    now: datetime,
) -> Evidence:
    """The evidence of a message: facts, phrases (`known["phrases"]`) and the places where both were seen.

    `own`: our domains, and our addresses on freemail. `domain`: what look-ups answered, None if they are off.
    """
    mail = read_mail(message, lexicon_of(rulebook.tables), own)
    evidence = Evidence(newest=tuple(mail.original(mail.newest)))
    sender_facts(mail, evidence)
    content_facts(mail, evidence)
    identity_facts(mail, evidence)
    link_facts(mail, evidence)
    attachment_facts(mail, evidence)
    incoherent_facts(mail, evidence)
    thread_facts(mail, evidence, lists.known_domains if lists else ())
    header_facts(mail, evidence)
    domain_facts(mail, evidence, domain, now)
    list_facts(mail, evidence, lists)
    server_only_facts(mail, evidence)
    account_facts(mail, evidence, lists)
    forwarder_facts(mail, evidence, lists.forwarders if lists else ())
    phrases = _phrases(mail, evidence, rulebook)
    if message.text is not None:
        names_nothing(evidence, phrases, rulebook.phrase_sets)
    claimed_missing(mail, evidence, phrases, rulebook)
    context_facts(message, evidence, rulebook, now)
    deal_facts(mail, evidence, phrases)
    order_facts(mail, evidence, rulebook, phrases)
    kind_fact(evidence, rulebook, phrases)
    _miss_the_rest(mail, evidence, rulebook)
    return evidence


def _miss_the_rest(mail: Mail, evidence: Evidence, rulebook: Rulebook) -> None:
    known, unknown = evidence.known, evidence.unknown
    nothing: dict[str, Value] = {}
    fields = cast("Mapping[str, str]", rulebook.tables.get("fact_fields", nothing))
    for group, facts in rulebook.fact_names:
        there = known.get(group, nothing)
        for fact, name in facts:
            if name not in there and fact not in unknown:
                unknown[fact] = _why(fact, group, mail, fields)


def _phrases(mail: Mail, evidence: Evidence, rulebook: Rulebook) -> dict[str, list[str]]:
    message = mail.message
    language = evidence.get("content.language")
    found = find(rulebook, message.subject, message.text, mail.original(mail.newest))
    words = rulebook.wordings.of(found, str(language or "none"))
    evidence.known["phrases"] = cast("dict[str, Value]", words.known)
    for name, quotes in found.quotes.items():
        evidence.quotes[f"phrases.{name}"] = quotes
    for name, why in words.unknown.items():
        evidence.unknown[f"phrases.{name}"] = mail.why("body") if why == "not_given" else why
    return words.known


def _why(fact: str, group: str, mail: Mail, fields: Mapping[str, str]) -> Why:
    if group in ("moves", "hints", "meaning", "deal_signs"):
        return "off"  # the meaning stage comes after this one, if it is there
    message = mail.message
    if group == "reply_to" and message.reply_to is not None:
        return mail.why("sender")
    if group == "sender" and fact != "sender.self_addressed" and mail.host:
        return "not_built"
    if fact == "thread.fake_reply" and message.subject is None:
        return mail.why("subject")
    if group == "auth" and message.headers is not None:
        return "not_applicable"
    if group == "lists" and mail.host:
        return "not_applicable"  # the company keeps no lists
    if fact == "content.greets_local_part" and message.text is None:
        return mail.why("body")
    return mail.why(fields.get(fact) or fields.get(group, group))
