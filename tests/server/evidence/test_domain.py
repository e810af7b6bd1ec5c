"""Facts from look-ups and from the company's lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.evidence.domain import FACTS, domain_facts
from server.evidence.lists import list_facts
from server.evidence.mail import Mail
from server.lookups.answer import Dmarc, Found, MailHosts, NotFound, Registration, Spf, Unknown
from server.lookups.report import KINDS, DomainReport
from server.model import Evidence, ListHits

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ReadMail = Callable[..., Mail]


def found(value: Any) -> Found[Any]:
    return Found(value, "dns", NOW, 60.0)


NONE = NotFound("dns", NOW, 60.0)
GONE = NotFound("dns", NOW, 60.0, nxdomain=True)
LATE = Unknown("timed_out", "dns", NOW)
GOOD: dict[str, Any] = {
    "mx": found(MailHosts(("mx.acme.com",))),
    "address": found(("192.0.2.1",)),
    "spf": found(Spf("v=spf1 -all", True)),
    "dmarc": found(Dmarc("v=DMARC1; p=reject", "reject", True, "acme.com")),
    "registration": found(Registration(created=date(2026, 11, 2), registrar="Reg Ltd")),
}


def of(mail: ReadMail, sender: str = "A <a@acme.com>", **answers: Any) -> Evidence:
    evidence = Evidence()
    report = DomainReport("acme.com", "acme.com", {**GOOD, **answers})
    domain_facts(mail(sender=sender), evidence, report, NOW)
    return evidence


@pytest.mark.parametrize(
    ("answers", "fact", "value"),
    [
        ({}, "exists", True),
        ({}, "valid_mx", True),
        ({}, "spoofable", False),
        ({}, "age_days", 20),
        ({}, "created", "2026-11-02"),
        ({"mx": GONE, "address": GONE}, "exists", False),
        ({"mx": GONE, "address": GONE}, "accepts_mail", False),
        ({"mx": NONE}, "valid_mx", False),
        ({"mx": NONE}, "accepts_mail", True),
        ({"mx": found(MailHosts((), null_mx=True))}, "accepts_mail", False),
        ({"spf": NONE, "dmarc": NONE}, "spoofable", True),
        ({"spf": NONE, "dmarc": NONE}, "dmarc_policy", ""),
        ({"spf": NONE}, "spf", ""),
        ({"spf": LATE, "dmarc": NONE}, "spoofable", None),
        ({"spf": LATE}, "spoofable", False),
        ({"mx": LATE, "address": LATE}, "exists", None),
        ({"mx": LATE}, "exists", True),
        ({"spf": found(Spf("v=spf1 -all", True, 3, True)), "dmarc": NONE}, "spoofable", False),
        ({"spf": found(Spf("v=spf1 -all", True, 11, False)), "dmarc": NONE}, "spoofable", True),
        ({"spf": found(Spf("v=spf1 -all", True, 11, False))}, "spf_lookups", 11),
        ({"spf": found(Spf("v=spf1 -all", True, 11, False))}, "spf_strict", False),
        ({"spf": found(Spf("v=spf1 -all", True, None, None))}, "spf_lookups", None),
        ({"spf": NONE}, "spf_lookups", 0),
        ({"mx": found(MailHosts(("acme-com.mail.protection.outlook.com",)))}, "mail_host", "Microsoft 365"),
        ({"mx": found(MailHosts(("mx1.improvmx.com",)))}, "mail_host_kind", "forwarding"),
        ({"mx": found(MailHosts(("mx.acme.com",)))}, "mail_host_kind", "own"),
        ({"mx": found(MailHosts(("mx.nobody-knows.net",)))}, "mail_host", ""),
        ({"mx": NONE}, "mail_host_kind", ""),
        ({"mx": LATE}, "mail_host", None),
        ({"ns": found(("ns1.h.net", "ns2.h.net"))}, "name_servers", ["ns1.h.net", "ns2.h.net"]),
        ({"ns": NONE}, "name_servers", []),
        ({"ns": LATE}, "name_servers", None),
        ({"mta_sts": found("v=STSv1; id=1")}, "mta_sts", True),
        ({"mta_sts": NONE}, "mta_sts", False),
        ({"mta_sts": LATE}, "mta_sts", None),
        ({"blocklists": found(("dbl.list.net (127.0.1.4)",))}, "blocklisted", ["dbl.list.net (127.0.1.4)"]),
        ({"blocklists": NONE}, "blocklisted", []),
        ({"blocklists": Unknown("refused", "dns", NOW)}, "blocklisted", None),
        ({"registration": found(Registration(expires=date(2026, 12, 2)))}, "expires_in_days", 10),
        ({"registration": found(Registration(expires=date(2026, 11, 12)))}, "expires_in_days", -10),
        ({"registration": found(Registration(status=("active",)))}, "on_hold", ""),
        ({"registration": found(Registration(status=("active", "client hold")))}, "on_hold", "client hold"),
        ({"registration": found(Registration())}, "on_hold", None),
        ({"registration": LATE}, "age_days", None),
        ({"registration": found(Registration(registrar="Reg Ltd"))}, "registrar", "Reg Ltd"),
    ],
)
def test_answers_become_facts(answers: dict[str, Any], fact: str, value: Any, mail: ReadMail) -> None:
    assert of(mail, **answers).get(f"domain.{fact}") == value


def test_a_time_out_is_not_an_answer(mail: ReadMail) -> None:
    evidence = of(mail, **dict.fromkeys(KINDS, LATE))
    assert set(evidence.unknown.values()) == {"timed_out"}
    assert evidence.known == {"domain": {"name": "acme.com"}}


def test_an_unpublished_date_says_so(mail: ReadMail) -> None:
    assert of(mail, registration=found(Registration())).unknown["domain.age_days"] == "not_published"


@pytest.mark.parametrize(
    ("sender", "report", "why"),
    [
        ("A <a@gmail.com>", True, "not_applicable"),
        ("A <a@ours.example>", True, "not_applicable"),
        ("", True, "not_given"),
        ("A <a@acme.com>", False, "offline"),
    ],
)
def test_why_nothing_is_asked(sender: str, report: bool, why: str, mail: ReadMail) -> None:
    evidence = Evidence()
    domain_facts(mail(sender=sender), evidence, DomainReport("x.com", "x.com", GOOD) if report else None, NOW)
    assert evidence.unknown == dict.fromkeys(FACTS, why)


@pytest.mark.parametrize(
    ("sender", "near"),
    [
        ("a@acmevalve.top", "acmevalve.com"),
        ("a@acmevalves.com", "acmevalve.com"),
        ("a@acmevalve.com", ""),
        ("a@other.com", ""),
    ],
)
def test_near_a_known_counterpart(sender: str, near: str, mail: ReadMail) -> None:
    evidence = Evidence()
    list_facts(mail(sender=f"A <{sender}>"), evidence, ListHits(known_domains=("acmevalve.com", "third.com")))
    assert evidence.get("lists.near_known") == near


def test_no_block_list_named_is_no_gap(mail: ReadMail) -> None:
    assert of(mail, blocklists=Unknown("off", "lookups", NOW)).unknown["domain.blocklisted"] == "not_applicable"
