"""What a search may ask for: values of the mail that tell one sender from another, made harmless."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from server.judging.search_person import searchable
from server.judging.search_words import clean, endings, host, without_legal_form
from server.judging.signals import Signals
from server.model import Evidence
from server.rulebook.book import Rulebook
from server.rulebook.goods import goods_of
from server.rulebook.searches import SearchValue

_FINGERPRINT = (5, 10)
"""Words of a wording that is worth a search: with fewer it is anybody's, and Bing reads ten."""
_TELLING = 12
"""Points from which on a rule's wording may be searched for: below it stands in anybody's mail, such as a greeting."""
_HAN = re.compile("[\u4e00-\u9fff]")
_BRAND_FACTS = (
    "identity.brand_claim",
    "sender.domain_brand_word",
    "sender.lookalike_brand",
    "sender.name_brand",
    "sender.local_brand",
)
_SHARED = ("disposable", "alias_provider", "vanity_provider", "own_domain")


class _Names:
    """Look-ups over the tables of a rulebook, made once."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.forms = endings(tables.get("legal_forms") or {})
        self.countries: dict[str, tuple[str, str]] = {}
        self.dials: set[str] = set()
        name_words = cast("dict[str, list[str]]", tables.get("name_words") or {})
        self.titles = frozenset(name_words.get("titles") or ())
        for row in cast("list[dict[str, Any]]", tables.get("countries") or []):
            names = cast("list[str]", row.get("names") or [""])
            chinese = next((name for name in names if _HAN.match(name)), "")
            self.countries[str(row["code"])] = (names[0].title(), chinese)
            self.dials.add(str(row.get("dial") or ""))


_kept: list[tuple[Mapping[str, Any], _Names]] = []
_KEPT = 4


def names_of(tables: Mapping[str, Any]) -> _Names:
    """The look-ups over a rulebook's tables. The last few are kept, so that each mail finds them ready."""
    for known, ready in _kept:
        if known is tables:
            return ready
    made = _Names(tables)
    _kept.insert(0, (tables, made))
    del _kept[_KEPT:]
    return made


def search_values(evidence: Evidence, rulebook: Rulebook, result: Signals, country: str) -> dict[SearchValue, str]:
    """The placeholders that are known and specific, cleaned. A domain where anybody can get a mailbox is none."""
    names = names_of(rulebook.tables)
    company = _text(evidence, "identity.company")
    phone, national = _phone(evidence, names)
    english, chinese = names.countries.get(country, ("", ""))
    brands = (_text(evidence, fact) for fact in _BRAND_FACTS)  # "gmail.com" has no supplier portal
    raw: dict[SearchValue, str] = {
        "company": company,
        "company_core": without_legal_form(company, names.forms) if company else "",
        "person": searchable(_text(evidence, "identity.person"), _text(evidence, "sender.name"), names.titles),
        "email": _address(evidence),
        "local": _text(evidence, "sender.local").split("+", 1)[0],
        "bic": _first(evidence, "identity.bics"),
        "address": _text(evidence, "identity.address").removeprefix(company).lstrip(" ,"),
        "brand": next((text for text in brands if text and text not in rulebook.lookup["free_providers"]), ""),
        "institution": _text(evidence, "identity.institution_claim"),
    }
    values: dict[SearchValue, str] = {name: clean(value) for name, value in raw.items() if value}
    values["domain"] = host(_domain(evidence))
    values["country"], values["country_zh"] = english, chinese
    values["phone_e164"], values["phone_national"] = f"+{phone}" if phone else "", national
    values["phone_digits"] = phone
    values["product"] = _product(evidence)
    values["fingerprint"] = _fingerprint(result)
    return {name: value for name, value in values.items() if len(value) > 1}


def country_of(evidence: Evidence) -> str:
    """The customer's country as the next step takes it, else that of the domain or of the first phone; or ""."""
    known = _text(evidence, "deal.country") or _text(evidence, "identity.claimed_country")
    return known or _text(evidence, "identity.tld_country") or _first(evidence, "identity.phone_countries")


def _text(evidence: Evidence, fact: str) -> str:
    value = evidence.get(fact)
    return value if isinstance(value, str) else ""


def _first(evidence: Evidence, fact: str) -> str:
    value = evidence.get(fact)
    return value[0] if isinstance(value, list) and value else ""


def _address(evidence: Evidence) -> str:
    """The sender's address without a +tag: `+` is an operator, and the tag is not his name."""
    local, at, domain = _text(evidence, "sender.address").rpartition("@")
    local = local.split("+", 1)[0]
    return f"{local}@{domain}" if at and local and " " not in local and host(domain) else ""


def _domain(evidence: Evidence) -> str:
    if evidence.get("sender.free_provider") is not False or any(evidence.get(f"sender.{name}") for name in _SHARED):
        return ""
    return _text(evidence, "sender.org_domain")


def _phone(evidence: Evidence, names: _Names) -> tuple[str, str]:
    """The digits of the first phone number in international form, and without its country code."""
    digits = _first(evidence, "identity.phones").lstrip("+")
    if not (digits.isascii() and digits.isdigit()):
        return "", ""
    size = next((size for size in (3, 2, 1) if digits[:size] in names.dials), 0)
    return digits, digits[size:]


def _product(evidence: Evidence) -> str:
    """The goods in the first wording that names some."""
    quotes = evidence.quotes.get("phrases.product_named", ())
    return goods_of(clean(quotes[0].text)) if quotes else ""


def _fingerprint(result: Signals) -> str:
    """The longest wording of a content rule that fired, if it is long enough to be told apart from others."""
    told = (one for one in result.fired if one.rule.group == "content" and one.rule.points >= _TELLING)
    texts = [quote.text for one in told for quote in one.quotes]
    if not texts:
        return ""
    best = clean(max(texts, key=len))
    least, most = _FINGERPRINT
    if len(_HAN.findall(best)) >= 2 * least:
        return best
    words = best.split()
    return " ".join(words[:most]) if len(words) >= least else ""
