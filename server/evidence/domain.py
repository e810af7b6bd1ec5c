"""Facts of the sender's domain, from what the look-ups answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server.evidence.mail import Mail
from server.evidence.names import is_free
from server.lookups.answer import Answer, Dmarc, Found, MailHosts, NotFound, Registration, Spf, Unknown
from server.lookups.report import DomainReport
from server.model import Evidence, Why

FACTS = (
    "name",
    "exists",
    "valid_mx",
    "accepts_mail",
    "mx_hosts",
    "spf",
    "spf_strict",
    "dmarc_policy",
    "dmarc_enforced",
    "spoofable",
    "age_days",
    "created",
    "registrar",
)


def domain_facts(mail: Mail, evidence: Evidence, report: DomainReport | None, now: datetime) -> None:
    """The facts `domain.*`. `now` (UTC) dates the registration's age."""
    blanket = _not_asked(mail, report)
    if blanket is not None:
        for name in FACTS:
            evidence.miss(f"domain.{name}", blanket)
    if report is None or blanket is not None:
        return
    evidence.put("domain.name", report.host)
    _settled(evidence, "domain.exists", report.exists, report, ("mx", "address"))
    _settled(evidence, "domain.accepts_mail", report.accepts_mail, report, ("mx", "address"))
    _exchangers(evidence, report.answers.get("mx"))
    _policies(evidence, report.answers.get("spf"), report.answers.get("dmarc"))
    _registration(evidence, report.answers.get("registration"), now)


def _not_asked(mail: Mail, report: DomainReport | None) -> Why | None:
    """Why no domain fact can be had at all. The domain of a public provider or of ours says nothing of the sender."""
    if not mail.host:
        return mail.why("sender")
    if is_free(mail.host, mail.lexicon) or mail.is_own(mail.address):
        return "not_applicable"
    return "offline" if report is None else None


def _why(answer: Answer[Any] | None) -> Why:
    return answer.why if isinstance(answer, Unknown) else "pending" if answer is None else "not_published"


def _settled(evidence: Evidence, fact: str, value: bool | None, report: DomainReport, kinds: tuple[str, ...]) -> None:
    if value is not None:
        evidence.put(fact, value)
        return
    open_answers = [
        report.answers.get(kind) for kind in kinds if not isinstance(report.answers.get(kind), Found | NotFound)
    ]
    evidence.miss(fact, _why(open_answers[0]) if open_answers else "failed")


def _exchangers(evidence: Evidence, answer: Answer[Any] | None) -> None:
    if isinstance(answer, Found) and isinstance(answer.value, MailHosts):
        evidence.put("domain.valid_mx", bool(answer.value.hosts))
        evidence.put("domain.mx_hosts", list(answer.value.hosts))
    elif isinstance(answer, NotFound):
        evidence.put("domain.valid_mx", False)
        evidence.put("domain.mx_hosts", [])
    else:
        evidence.miss("domain.valid_mx", _why(answer))
        evidence.miss("domain.mx_hosts", _why(answer))


def _policies(evidence: Evidence, spf: Answer[Any] | None, dmarc: Answer[Any] | None) -> None:
    strict = enforced = None
    if isinstance(spf, Found) and isinstance(spf.value, Spf):
        evidence.put("domain.spf", spf.value.record)
        strict = spf.value.strict
    elif isinstance(spf, NotFound):
        evidence.put("domain.spf", "")
        strict = False
    evidence.miss("domain.spf", _why(spf))
    if isinstance(dmarc, Found) and isinstance(dmarc.value, Dmarc):
        evidence.put("domain.dmarc_policy", dmarc.value.policy)
        enforced = dmarc.value.enforced
    elif isinstance(dmarc, NotFound):
        evidence.put("domain.dmarc_policy", "")
        enforced = False
    evidence.miss("domain.dmarc_policy", _why(dmarc))
    for fact, value, answer in (("spf_strict", strict, spf), ("dmarc_enforced", enforced, dmarc)):
        if value is None:
            evidence.miss(f"domain.{fact}", "failed" if isinstance(answer, Found) else _why(answer))
        else:
            evidence.put(f"domain.{fact}", value)
    if strict or enforced:
        evidence.put("domain.spoofable", False)
    elif strict is None or enforced is None:
        evidence.miss("domain.spoofable", _why(spf if strict is None else dmarc))
    else:
        evidence.put("domain.spoofable", True)


def _registration(evidence: Evidence, answer: Answer[Any] | None, now: datetime) -> None:
    record = answer.value if isinstance(answer, Found) and isinstance(answer.value, Registration) else Registration()
    if record.created is not None:
        evidence.put("domain.age_days", max(0, (now.date() - record.created).days))
        evidence.put("domain.created", record.created.isoformat())
    if record.registrar:
        evidence.put("domain.registrar", record.registrar)
    for name in ("age_days", "created", "registrar"):
        evidence.miss(f"domain.{name}", _why(answer))
