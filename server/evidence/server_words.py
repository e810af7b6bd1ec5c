"""The tables that only the server reads, made ready: bank words, founding years, given names, mail hosts …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from server.evidence.forwarder_words import ForwarderWords, forwarder_words
from server.evidence.pattern import Pattern, any_of

BIC = r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b"
"""Bank, country, place, branch, in capitals as on every payment block: ISO 9362."""


@dataclass(frozen=True, eq=False)
class ServerWords:
    """What the extractors without a twin in the browser look up. Patterns ignore case."""

    iban_lengths: Mapping[str, int]
    bank_hint: Pattern
    account_label: Pattern
    bic: Pattern
    """A label and the BIC behind it; the BIC is the last word of the match."""
    go_between: Pattern
    of_reader: Pattern
    not_bank: Pattern
    """Before the label of an account that is none at a bank."""
    founding: Pattern
    given: Mapping[str, frozenset[int]]
    """A given name, the numbers of the rows that it stands in."""
    chinese: frozenset[str]
    timezones: Mapping[str, tuple[float, float]]
    countries: frozenset[str]
    """Codes of the countries that there are."""
    mail_hosts: Mapping[str, tuple[str, str]]
    """End of an MX host name: who it is, and of what kind."""
    parking: frozenset[str]
    for_sale: tuple[str, ...]
    blank: tuple[str, ...]
    forwarders: ForwarderWords


def server_words(tables: Mapping[str, Any]) -> ServerWords:
    """The tables of the rulebook, prepared. A table that is missing is empty."""
    bank = cast("dict[str, Any]", tables.get("bank_words") or {})
    names = cast("dict[str, Any]", tables.get("given_names") or {})
    zones = cast("dict[str, list[float]]", tables.get("timezones") or {})
    hosts = cast("list[dict[str, Any]]", tables.get("mail_hosts") or [])
    parked = cast("dict[str, Any]", tables.get("parked") or {})
    label = str(bank.get("bic_labels") or r"[^\x00-\x{10FFFF}]")
    return ServerWords(
        iban_lengths=cast("dict[str, int]", bank.get("iban_lengths") or {}),
        bank_hint=any_of(_sources(bank, "hints"), "(?i)"),
        account_label=any_of(_sources(bank, "account_labels"), "(?i)"),
        bic=Pattern(rf"(?i:{label})[^A-Za-z0-9\n]{{0,10}}\n?[ \t]{{0,8}}\b{BIC}"),
        go_between=any_of(_sources(bank, "go_between"), "(?i)"),
        of_reader=any_of(_sources(bank, "of_reader"), "(?i)"),
        not_bank=any_of(_sources(bank, "not_bank"), "(?i)"),
        founding=any_of(tuple(cast("list[str]", tables.get("founding") or [])), "(?im)"),
        given=_rows_of(cast("list[list[str]]", names.get("same") or [])),
        chinese=frozenset(cast("list[str]", names.get("chinese") or [])),
        timezones={code: (float(low), float(high)) for code, (low, high) in zones.items()},
        mail_hosts={host: (str(row["name"]), str(row["kind"])) for row in hosts for host in row["hosts"]},
        parking=frozenset(_sources(parked, "services")),
        for_sale=_sources(parked, "for_sale"),
        blank=_sources(parked, "blank"),
        forwarders=forwarder_words(tables),
        countries=frozenset(str(row["code"]) for row in cast("list[dict[str, Any]]", tables.get("countries") or [])),
    )


def _sources(table: dict[str, Any], name: str) -> tuple[str, ...]:
    given: Any = table.get(name) or ()
    return (given,) if isinstance(given, str) else tuple(cast("list[str]", given))


def _rows_of(rows: list[list[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for name in row:
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}
