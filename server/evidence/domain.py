"""Facts of the sender's domain, from what the look-ups answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from server.evidence.mail import Mail
from server.evidence.mail_hosts import mail_host
from server.evidence.names import is_free
from server.evidence.registration import registration_facts
from server.evidence.site import SITE_FACTS, site_facts
from server.lookups.answer import Answer, Dmarc, Found, MailHosts, NotFound, Spf, Unknown
from server.lookups.report import DomainReport
from server.model import Evidence, Why

FACTS = (
    *(
        f"domain.{name}"
        for name in (
            "name", "exists", "valid_mx", "accepts_mail", "mx_hosts", "mail_host", "mail_host_kind", "name_servers",
            "spf", "spf_strict", "spf_lookups", "spf_valid", "dmarc_policy", "dmarc_enforced", "spoofable", "mta_sts",
            "blocklisted", "age_days", "created", "expires", "expires_in_days", "registrar", "status", "on_hold",
        )
    ),
    *SITE_FACTS,
)  # fmt: skip


def domain_facts(mail: Mail, evidence: Evidence, report: DomainReport | None, now: datetime) -> None:
    """The facts `domain.*`, `site.*` and `tls.*`. `now` (UTC) dates the registration's age."""
    blanket = _not_asked(mail, report)
    if blanket is not None:
        for name in FACTS:
            evidence.miss(name, blanket)
    if report is None or blanket is not None:
        return
    answers = report.answers
    evidence.put("domain.name", report.host)
    _settled(evidence, "domain.exists", report.exists, report, ("mx", "address"))
    _settled(evidence, "domain.accepts_mail", report.accepts_mail, report, ("mx", "address"))
    exchangers = _exchangers(mail, evidence, answers.get("mx"))
    servers = _listed(evidence, "domain.name_servers", answers.get("ns"))
    _policies(evidence, answers.get("spf"), answers.get("dmarc"))
    _mta_sts(evidence, answers.get("mta_sts"))
    _block_lists(evidence, answers.get("blocklists"))
    registration_facts(evidence, answers.get("registration"), now.date())
    site_facts(mail, evidence, answers.get("website"), (*servers, *exchangers), now.date())


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


def _listed(evidence: Evidence, fact: str, answer: Answer[Any] | None) -> tuple[str, ...]:
    """A fact that is a list: what was found, [] where there is none."""
    if not isinstance(answer, Found | NotFound):
        evidence.miss(fact, _why(answer))
        return ()
    found = cast("tuple[str, ...]", answer.value) if isinstance(answer, Found) else ()
    evidence.put(fact, list(found))
    return found


def _block_lists(evidence: Evidence, answer: Answer[Any] | None) -> None:
    if isinstance(answer, Unknown) and answer.why == "off":  # no list named: nothing that a rep should wonder about
        evidence.miss("domain.blocklisted", "not_applicable")
    _listed(evidence, "domain.blocklisted", answer)


def _exchangers(mail: Mail, evidence: Evidence, answer: Answer[Any] | None) -> tuple[str, ...]:
    if not isinstance(answer, Found | NotFound):
        for name in ("valid_mx", "mx_hosts", "mail_host", "mail_host_kind"):
            evidence.miss(f"domain.{name}", _why(answer))
        return ()
    hosts = cast(MailHosts, answer.value).hosts if isinstance(answer, Found) else ()
    name, kind = mail_host(hosts, mail.org, mail.lexicon)
    evidence.put("domain.valid_mx", bool(hosts))
    evidence.put("domain.mx_hosts", list(hosts))
    evidence.put("domain.mail_host", name)
    evidence.put("domain.mail_host_kind", kind if hosts else "")
    return hosts


def _mta_sts(evidence: Evidence, answer: Answer[Any] | None) -> None:
    if isinstance(answer, Found | NotFound):
        evidence.put("domain.mta_sts", isinstance(answer, Found))
    evidence.miss("domain.mta_sts", _why(answer))


def _policies(evidence: Evidence, spf: Answer[Any] | None, dmarc: Answer[Any] | None) -> None:
    strict = enforced = None
    if isinstance(spf, Found) and isinstance(spf.value, Spf):
        evidence.put("domain.spf", spf.value.record)
        strict = _spf_cost(evidence, spf.value)
    elif isinstance(spf, NotFound):
        evidence.put("domain.spf", "")
        evidence.put("domain.spf_lookups", 0)
        strict = False
    for name in ("spf", "spf_lookups", "spf_valid"):
        evidence.miss(f"domain.{name}", _why(spf))
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


def _spf_cost(evidence: Evidence, record: Spf) -> bool | None:
    """Whether the record keeps forgers out, as far as SPF goes: receivers give up on one that is broken."""
    if record.lookups is not None:
        evidence.put("domain.spf_lookups", record.lookups)
    if record.valid is not None:
        evidence.put("domain.spf_valid", record.valid)
    evidence.miss("domain.spf_lookups", "failed")
    evidence.miss("domain.spf_valid", "failed")
    return False if record.valid is False else record.strict
