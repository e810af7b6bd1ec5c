"""Compiles check_depth.yaml, payment_terms.yaml and tables/country_risk.yaml. Their forms were checked before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from math import inf
from typing import Any

from server.rulebook.documents import Document
from server.rulebook.policy_checks import (
    CheckRow,
    CountryRisk,
    CountryRow,
    DepthPolicy,
    DepthReason,
    Limit,
    PaymentPolicy,
    Size,
    Term,
)
from server.rulebook.read_policy import PolicyReader


def read_depth(document: Document, reader: PolicyReader, templates: frozenset[str]) -> DepthPolicy:
    """check_depth.yaml. `templates`: the searches that checks may name."""
    data = document.data
    reasons = [
        DepthReason(row["id"], row["depth"], reader.condition(document, row["when"], "reasons", at, "when"), row["why"])
        for at, row in enumerate(data["reasons"])
    ]
    items: dict[str, CheckRow] = {}
    for at, row in enumerate(data["items"]):
        for name in (name for name in row.get("links", ()) if not named(name, templates)):
            reader.problem(document, f"unknown search {name}", "items", at, "links")
        if row["id"] in items:
            reader.problem(document, f"the id {row['id']} stands twice", "items", at, "id")
        also = reader.condition(document, row["also"], "items", at, "also") if "also" in row else None
        items[row["id"]] = _item(row, also)
    sizes = [Size(row["id"], row.get("below", inf), row["text"]) for row in data["sizes"]]
    if any(one.below >= other.below for one, other in pairwise(sizes)):
        reader.problem(document, "sizes must grow, and only the last one may be open", "sizes")
    return DepthPolicy(data["usd"], tuple(sizes), tuple(reasons), items, data["texts"])


def named(link: str, ids: Iterable[str]) -> str | None:
    """The first id that a link of a check means: its own, or one that begins as it does before the `*`."""
    head, star, _ = link.partition("*")
    return next((one for one in ids if one == link or (star and one.startswith(head))), None)


def _item(row: dict[str, Any], also: Any) -> CheckRow:
    return CheckRow(
        id=row["id"],
        depth=row["depth"],
        label=row["label"],
        why=row["why"],
        links=tuple(row.get("links", ())),
        url=row.get("url"),
        consent=row.get("consent", False),
        good=row.get("good", "found"),
        bad=row.get("bad", "contradicts"),
        notes=row.get("notes", {}),
        also=also,
    )


def read_payment(document: Document, reader: PolicyReader) -> PaymentPolicy:
    """payment_terms.yaml."""
    data = document.data
    terms = [_term(document, reader, row, "terms", at) for at, row in enumerate(data["terms"])]
    never = [_term(document, reader, row, "never", at) for at, row in enumerate(data.get("never", ()))]
    names = [row.id for row in (*terms, *never)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        reader.problem(document, f"the id {name} stands twice", "terms")
    limits: list[Limit] = []
    for at, row in enumerate(data["limits"]):
        up_to = row.get("up_to")
        if up_to is not None and up_to not in [term.id for term in terms]:
            reader.problem(document, f"unknown term {up_to}", "limits", at, "up_to")
        when = reader.condition(document, row["when"], "limits", at, "when")
        limits.append(Limit(row["id"], when, up_to, row["why"]))
    return PaymentPolicy(tuple(terms), tuple(never), tuple(limits), data["texts"])


def _term(document: Document, reader: PolicyReader, row: dict[str, Any], *path: str | int) -> Term:
    phrases = row.get("phrases", "")
    if phrases and phrases not in reader.sets:
        reader.problem(document, f"unknown phrase set {phrases}", *path, "phrases")
    return Term(row["id"], row["text"], row["why"], phrases)


def read_countries(document: Document, reader: PolicyReader, known: frozenset[str]) -> CountryRisk:
    """tables/country_risk.yaml. `known`: the codes of the countries that there are."""
    data = document.data
    rows: dict[str, list[CountryRow]] = {}
    for at, given in enumerate(data["lists"]):
        try:
            date.fromisoformat(given["as_of"])
        except ValueError:
            reader.problem(document, f"{given['as_of']} is no date", "lists", at, "as_of")
        for code in given["countries"]:
            if code not in known:
                reader.problem(document, f"{code} is the code of no country", "lists", at, "countries")
            row = CountryRow(
                code,
                given["list"],
                given["severity"],
                given["as_of"],
                given["source"],
                given["verified"],
                given["text"],
            )
            rows.setdefault(code, []).append(row)
    oldest = min((given["as_of"] for given in data["lists"]), default="")
    return CountryRisk(oldest, data["max_age_days"], {code: tuple(found) for code, found in rows.items()})
