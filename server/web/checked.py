"""The rows of "what was checked": each look-up of a domain, what it found, who said so, how old that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from server.lookups.answer import Answer, Dmarc, Found, MailHosts, NotFound, Registration, Site, Spf, Unknown
from server.lookups.report import KINDS, DomainReport
from server.model import Lang

LABELS: dict[str, dict[Lang, str]] = {
    "mx": {"en": "Mail servers (MX)", "zh_CN": "收信服务器（MX）"},
    "address": {"en": "Address in DNS", "zh_CN": "DNS 地址记录"},
    "ns": {"en": "Name servers", "zh_CN": "域名服务器（NS）"},
    "spf": {"en": "SPF record", "zh_CN": "SPF 记录"},
    "dmarc": {"en": "DMARC policy", "zh_CN": "DMARC 策略"},
    "mta_sts": {"en": "MTA-STS", "zh_CN": "MTA-STS"},
    "blocklists": {"en": "DNS block lists", "zh_CN": "DNS 黑名单"},
    "registration": {"en": "Registration", "zh_CN": "域名注册信息"},
    "website": {"en": "Web site", "zh_CN": "网站"},
    "tls": {"en": "Certificate of the web site", "zh_CN": "网站证书"},
}
MAX_VALUE = 500


def checked(
    report: DomainReport, why: Mapping[str, Mapping[str, str]], lang: Lang, now: datetime
) -> list[dict[str, Any]]:
    """One row a look-up. `why` has the words for the reasons by code."""
    rows = [_row(kind, report.answers[kind], why, lang, now) for kind in KINDS if kind in report.answers]
    website = report.answers.get("website")
    if isinstance(website, Found) and isinstance(website.value, Site):
        shown = website.value.certificate
        tls = NotFound(website.source, website.at, 0) if shown is None else Found(shown, website.source, website.at, 0)
        row = _row("tls", tls, why, lang, now)
        if shown is not None:
            row["value"] = shown.problem or _span(shown.since, shown.until)
        rows.append(row)
    return rows


def _row(
    what: str, answer: Answer[Any], why: Mapping[str, Mapping[str, str]], lang: Lang, now: datetime
) -> dict[str, Any]:
    row: dict[str, Any] = {"what": what, "label": LABELS[what][lang]}
    match answer:
        case Found():
            row |= {"outcome": "found", "value": _shown(answer.value)[:MAX_VALUE]}
        case NotFound():
            row |= {"outcome": "not_found", **({"value": "NXDOMAIN"} if answer.nxdomain else {})}
        case Unknown():
            row |= {"outcome": "unknown", "why": why[answer.why][lang]}
    return {**row, "source": answer.source, "age_s": max(0, int((now - answer.at).total_seconds()))}


def _shown(value: Any) -> str:
    """What was found, in a line that needs no translation."""
    match value:
        case MailHosts():
            return ", ".join(value.hosts) or "."
        case Spf() | Dmarc():
            return value.record
        case Registration():
            parts = (_span(value.created, value.expires), value.registrar, *value.status)
            return ", ".join(part for part in parts if part)
        case Site():
            return " ".join(part for part in (value.url, str(value.status), value.title) if part)
        case tuple():
            return ", ".join(map(str, value))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case _:
            return str(value)


def _span(start: date | None, end: date | None) -> str:
    """`2003-04-01 … 2031-04-01`, with "?" for a day that is not published; "" if neither is."""
    if start is None and end is None:
        return ""
    return f"{start or '?'} … {end or '?'}"
