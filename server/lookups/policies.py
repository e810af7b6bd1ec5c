"""SPF and DMARC records as text: which one counts, and what it says. No network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

DMARC_POLICIES = ("none", "quarantine", "reject")
SHOWN = 2048  # characters of a record that are kept for the reader; all of it is read


def shown(record: str) -> str:
    """A record short enough for a verdict: control characters as spaces, cut at `SHOWN`."""
    text = "".join(char if char.isprintable() else " " for char in record[:SHOWN])
    return text if len(record) <= SHOWN else text[:-1] + "…"


def spf_records(texts: Iterable[str]) -> list[str]:
    """The SPF records among TXT records (RFC 7208 §4.5): `v=spf1`, then a space or nothing."""
    return [text for text in texts if text[:6].lower() == "v=spf1" and text[6:7] in ("", " ")]


def spf_ending(record: str) -> tuple[str | None, str | None]:
    """(qualifier of `all`, target of `redirect=`), each None if absent.

    RFC 7208 §5.1, §6.1: terms after `all` are never reached and `redirect=` counts only without `all`.
    """
    redirect: str | None = None
    for term in record.split()[1:]:
        low = term.lower()
        if low.lstrip("+-~?") == "all" and len(low) <= 4:
            return (low[0] if low[0] in "+-~?" else "+"), None
        if low.startswith("redirect=") and redirect is None:
            redirect = low.removeprefix("redirect=").rstrip(".")
    return None, redirect


def spf_costs(record: str) -> list[str | None]:
    """The terms for which a receiver asks DNS, in order: the name of a record to be read as well, None for others.

    Terms after `all` are never reached; `redirect=` comes last and only without `all` (RFC 7208 §4.6.4, §5.1, §6.1).
    """
    costs: list[str | None] = []
    for term in record.split()[1:]:
        low = term.lower().lstrip("+-~?")
        if low == "all":
            return costs
        if low.startswith("include:"):
            costs.append(low.removeprefix("include:"))
        elif low.startswith("exists:") or low.partition("/")[0].partition(":")[0] in ("a", "mx", "ptr"):
            costs.append(None)
    redirect = spf_ending(record)[1]
    return costs if redirect is None else [*costs, redirect]


@dataclass(frozen=True, slots=True)
class DmarcTags:
    """A DMARC record's tags that decide its policy; None where absent or unreadable."""

    record: str
    policy: str
    sub_policy: str | None
    absent_policy: str | None
    in_test: bool

    def policy_for(self, *, subdomain: bool, exists: bool) -> str:
        """The policy for the domain itself, or for one below it (`sp`), or below it and absent (`np`, RFC 9091)."""
        if not subdomain:
            return self.policy
        if not exists and self.absent_policy is not None:
            return self.absent_policy
        return self.sub_policy or self.policy


def dmarc_tags(texts: Iterable[str]) -> DmarcTags | None:
    """The one DMARC record among TXT records; None if there is none that counts.

    RFC 7489 §6.6.3: several records count as none; without a valid `p` the record counts as `p=none` if it has `rua`.
    """
    records = [text for text in texts if text.replace(" ", "").replace("\t", "").startswith("v=DMARC1")]
    if len(records) != 1:
        return None
    tags: dict[str, str] = {}
    for part in records[0].split(";"):
        name, equals, value = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip())
    if tags.get("v") != "DMARC1":
        return None
    policy = _policy(tags.get("p"))
    sub_policy_broken = "sp" in tags and _policy(tags["sp"]) is None
    if policy is None or sub_policy_broken:
        if "mailto:" not in tags.get("rua", "").lower():
            return None
        return DmarcTags(records[0], "none", None, None, in_test=False)
    in_test = tags.get("pct", "100") == "0" or tags.get("t", "n").lower() == "y"
    return DmarcTags(records[0], policy, _policy(tags.get("sp")), _policy(tags.get("np")), in_test)


def _policy(value: str | None) -> str | None:
    low = (value or "").lower()
    return low if low in DMARC_POLICIES else None
