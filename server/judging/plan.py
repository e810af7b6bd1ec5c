"""What the next step depends on: size of the order, country, customer level, risk. Conditions read it as `plan.*`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from server.judging.listed import listed
from server.model import Evidence, Lang
from server.rulebook.book import Rulebook
from server.rulebook.policy_checks import CountryRow
from server.rulebook.rule import Texts

_SEVERITIES = ("stop", "watch", "note")
_HAN = ("\u4e00", "\u9fff")


@dataclass(frozen=True, slots=True)
class Plan:
    """Texts are "" where unknown. `lists`: the public lists with the country on it; `words` fill the policy's texts."""

    size: str = ""
    country: str = ""
    """stop, watch, note, or other where the country stands on no list; "" where it is unknown."""
    code: str = ""
    lists: tuple[CountryRow, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict[str, str])

    def variables(self, level: int | None, depth: str | None = None) -> dict[str, Any]:
        """The group `plan` of the policy's conditions."""
        return {"size": self.size, "country": self.country, "level": level or 0, "depth": depth or ""}


def plan_of(evidence: Evidence, rulebook: Rulebook, lang: Lang) -> Plan:
    """What is known of the deal, sorted by the company's policy."""
    usd = evidence.get("deal.amount_usd")
    size = rulebook.check_depth.size(float(cast(float, usd))) if usd is not None else None
    code = str(evidence.get("deal.country") or "")
    lists = rulebook.country_risk.rows.get(code, ())
    severities = {row.severity for row in lists}
    worst = next((one for one in _SEVERITIES if one in severities), "other" if code else "")
    unnamed = rulebook.check_depth.texts.get("unnamed_currency", {}).get(lang, "")
    words = {
        "amount": money(evidence.get("deal.amount"), evidence.get("deal.currency")),
        "currency": str(evidence.get("deal.currency") or ""),
        "country": country_name(code, rulebook, lang),
        "term": term_text(str(evidence.get("deal.payment_term") or ""), rulebook, lang),
        "days": str(evidence.get("context.arrears_days") or 0),
        "balance": money(evidence.get("context.open_balance"), evidence.get("context.currency") or unnamed),
        "lists": listed((row.text[lang] for row in lists if row.severity == worst), lang),
        "as_of": min((row.as_of for row in lists), default=rulebook.country_risk.as_of),
    }
    return Plan(size.id if size else "", worst, code, lists, words)


def filled(text: Texts, words: Mapping[str, str], lang: Lang) -> str:
    """A text of the policy with the deal's values."""
    found = text[lang]
    for name, value in words.items():
        found = found.replace("{" + name + "}", value)
    return found


def money(amount: object, currency: object) -> str:
    """`45,000 USD`, or "" without an amount. Decimals only where there are any."""
    if not isinstance(amount, int | float):
        return ""
    named = str(currency or "")
    return f"{amount:,.2f}".removesuffix(".00") + (named if named[:1] in ("", "（") else f" {named}")


def term_text(term: str, rulebook: Rulebook, lang: Lang) -> str:
    """A term of payment in words, or its id where the policy does not know it."""
    payment = rulebook.payment_terms
    return next((row.text[lang] for row in (*payment.terms, *payment.never) if row.id == term), term)


def country_name(code: str, rulebook: Rulebook, lang: Lang) -> str:
    """The country in the reader's language, as far as the table of countries has it; else its code."""
    rows = cast("list[dict[str, Any]]", rulebook.tables.get("countries") or [])
    names = next((cast("list[str]", row["names"]) for row in rows if row["code"] == code), list[str]())
    if lang == "zh_CN":
        return next((name for name in names if all(_HAN[0] <= char <= _HAN[1] for char in name)), code)
    return f"{names[0].title()} ({code})" if names else code


def age_in_days(as_of: str, now: datetime) -> int:
    """Days since an ISO date."""
    return (now.date() - date.fromisoformat(as_of)).days
