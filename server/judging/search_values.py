"""What a search may ask for: values of the mail, stripped of all that a search engine would read as a command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from server.judging.signals import Signals
from server.model import Evidence
from server.rulebook.book import Rulebook
from server.rulebook.policy import SearchValue

MOST_CHARS = 120
MOST_WORDS = 12
_COMMANDS = frozenset(("OR", "AND", "NOT", "AROUND"))
_ALLOWED = frozenset("_.@&'/·-")
"""Beside letters, digits and marks: what company names and addresses are written with."""
_OTHER_ASCII = re.compile("[^A-Za-z0-9_.@&'/-]")
_EDGE = "-/'.·"
_DOUBLED = re.compile(r"/{2,}|\.{2,}|&{2,}")
_FINGERPRINT = (5, 12)
_HAN = re.compile("[\u4e00-\u9fff]")
_NO_FORMS: Mapping[str, Any] = {}
_BRAND_FACTS = (
    "identity.brand_claim",
    "sender.domain_brand_word",
    "sender.lookalike_brand",
    "sender.name_brand",
    "sender.local_brand",
)


def clean(value: str) -> str:
    """A value that can add no operator, quote, host or scheme to a query: NFC, at most 12 words and 120 code points."""
    text = value[: MOST_CHARS * 4]
    if text.isascii():
        text = _OTHER_ASCII.sub(" ", text)
    else:
        text = unicodedata.normalize("NFC", text)
        text = "".join(char if char in _ALLOWED or unicodedata.category(char)[0] in "LMN" else " " for char in text)
    words = [word.strip(_EDGE) for word in _DOUBLED.sub(" ", text).split()]
    kept = [word for word in words if word and word not in _COMMANDS][:MOST_WORDS]
    while len(kept) > 1 and len(" ".join(kept)) > MOST_CHARS:
        kept.pop()
    return " ".join(kept)[:MOST_CHARS].strip(_EDGE)


def search_values(evidence: Evidence, rulebook: Rulebook, result: Signals) -> dict[SearchValue, str]:
    """The placeholders that are known and specific, cleaned. A domain where anybody can get a mailbox is none."""
    company = _text(evidence, "identity.company")
    phone, national = _phone(evidence, rulebook)
    raw: dict[SearchValue, str] = {
        "company": company,
        "company_core": without_legal_form(company, rulebook.tables.get("legal_forms") or _NO_FORMS),
        "domain": _domain(evidence),
        "person": _text(evidence, "identity.person"),
        "email": _address(evidence),
        "local": _text(evidence, "sender.local"),
        "country": _country(evidence, rulebook),
        "phone_e164": phone,
        "phone_national": national,
        "brand": next((text for fact in _BRAND_FACTS if (text := _text(evidence, fact))), ""),
        "institution": _text(evidence, "identity.institution_claim"),
        "fingerprint": _fingerprint(result),
    }
    cleaned: dict[SearchValue, str] = {name: clean(value) for name, value in raw.items() if value}
    return {name: value for name, value in cleaned.items() if len(value) > 1}


def without_legal_form(company: str, forms: Mapping[str, Any]) -> str:
    """A company's name without Ltd, GmbH, 有限公司 and the like; the name itself if nothing else would be left."""
    name = company.strip(" .,")
    ready = _forms_of(forms)
    changed = True
    while changed and name:
        shorter = _one_form_less(name, ready)
        changed = shorter != name and len(shorter) > 1
        if changed:
            name = shorter
    return name


def _one_form_less(name: str, forms: _Forms) -> str:
    low = name.lower()
    if len(low) != len(name):  # a letter whose lower case is longer: offsets would not fit
        return name
    if low.endswith(forms.joined):
        form = next(form for form in forms.joined if low.endswith(form))
        return name[: -len(form)].rstrip(" .,()（）")
    if low.rstrip(".").endswith(forms.after):
        bare = next(ending[1:] for ending in forms.after if low.rstrip(".").endswith(ending))
        return name.rstrip(".")[: -len(bare)].rstrip(" .,&(")
    if low.startswith(forms.before):
        form = next(form for form in forms.before if low.startswith(form))
        return name[len(form) - 1 :].strip(' .,"«»“”')
    return name


class _Forms(NamedTuple):
    """Legal forms as a name ends or starts with them, the longest first."""

    joined: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]


_kept: list[tuple[Mapping[str, Any], _Forms]] = []
_KEPT = 4


def _forms_of(table: Mapping[str, Any]) -> _Forms:
    """The forms of a rulebook's table, made ready once: the last few tables are kept."""
    for known, ready in _kept:
        if known is table:
            return ready
    after = [form.rstrip(".") for form in _longest_first(table, "after")]
    made = _Forms(
        tuple(_longest_first(table, "joined")),
        tuple(f"{mark}{form}" for form in after for mark in " ,"),
        tuple(f"{form} " for form in _longest_first(table, "before")),
    )
    _kept.insert(0, (table, made))
    del _kept[_KEPT:]
    return made


def _longest_first(table: Mapping[str, Any], key: str) -> list[str]:
    return sorted(cast("list[str]", table.get(key) or []), key=len, reverse=True)


def _text(evidence: Evidence, fact: str) -> str:
    value = evidence.get(fact)
    return value if isinstance(value, str) else ""


def _address(evidence: Evidence) -> str:
    """The sender's address without a +tag: `+` is an operator, and the tag is not his name."""
    local, at, host = _text(evidence, "sender.address").rpartition("@")
    return f"{local.split('+', 1)[0]}@{host}" if at and local.split("+", 1)[0] else ""


def _domain(evidence: Evidence) -> str:
    shared = ("free_provider", "disposable", "alias_provider", "vanity_provider", "own_domain")
    if evidence.get("sender.free_provider") is not False:
        return ""
    return "" if any(evidence.get(f"sender.{name}") for name in shared) else _text(evidence, "sender.org_domain")


def _country(evidence: Evidence, rulebook: Rulebook) -> str:
    code = _text(evidence, "identity.claimed_country") or _text(evidence, "identity.tld_country")
    row = _country_row(rulebook, "code", code)
    names = cast("list[str]", row.get("names") or [""]) if row else [""]
    return names[0].title()


def _phone(evidence: Evidence, rulebook: Rulebook) -> tuple[str, str]:
    """The first phone number in international form, and without its country code."""
    numbers = evidence.get("identity.phones")
    if not isinstance(numbers, list) or not numbers:
        return "", ""
    digits = numbers[0].lstrip("+")
    for length in (4, 3, 2, 1):
        if digits[:length].isdigit() and _country_row(rulebook, "dial", int(digits[:length])):
            return digits, digits[length:]
    return digits, ""


def _country_row(rulebook: Rulebook, key: str, value: str | int) -> dict[str, Any] | None:
    rows = cast("list[dict[str, Any]]", rulebook.tables.get("countries") or [])
    return next((row for row in rows if row.get(key) == value), None) if value else None


def _fingerprint(result: Signals) -> str:
    """The longest wording of a content rule that fired, if it is long enough to be told apart from others."""
    texts = [quote.text for one in result.fired if one.rule.group == "content" for quote in one.quotes]
    best = max((clean(text) for text in texts), key=len, default="")
    least, most = _FINGERPRINT
    if len(_HAN.findall(best)) >= 2 * least:
        return best
    words = best.split()
    return " ".join(words[:most]) if len(words) >= least else ""
