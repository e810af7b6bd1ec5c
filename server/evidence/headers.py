"""Facts of the transport headers. Only what the receiving server added is believed: its topmost result."""

from __future__ import annotations

from server.evidence.auth_results import parse_results
from server.evidence.mail import Mail, host_of
from server.evidence.names import are_twins, org_domain
from server.model import Evidence

Headers = tuple[tuple[str, str], ...] | None
_FORWARDING = frozenset(
    [
        "x-forwarded-to",
        "x-forwarded-for",
        "x-forwarded-encrypted",
        "resent-from",
        "resent-sender",
        "resent-to",
        "resent-date",
        "x-original-to-forwarded",
        "x-auto-forward",
        "x-qq-forward",
    ]
)
_BULK = frozenset(["list", "bulk", "junk"])
_METHODS = ("spf", "dkim", "dmarc")


def values(headers: Headers, name: str) -> list[str]:
    """The values of a header, topmost first, names compared without case."""
    return [value for key, value in headers or () if key.lower() == name]


def is_mailing_list(headers: Headers) -> bool:
    """A list or a mailing: List-Id, List-Post, or List-Unsubscribe with a bulk precedence or a feedback id."""
    names = {key.lower() for key, _ in headers or ()}
    if names & {"list-id", "list-post", "mailing-list"}:
        return True
    bulk = any(value.strip().lower() in _BULK for value in values(headers, "precedence"))
    return "list-unsubscribe" in names and (bulk or "feedback-id" in names or "list-unsubscribe-post" in names)


def names_list_host(headers: Headers, org: str) -> bool:
    """Whether the list's own headers name this domain. A sender can write any List-Id, but not a foreign one for free:
    only a Reply-To at the list itself is excused by it."""
    return any(org in value.lower() for name in ("list-id", "list-post") for value in values(headers, name))


def header_facts(mail: Mail, evidence: Evidence) -> None:
    """The facts `auth.*`. Without headers all are unknown; a result that the server did not write is not published."""
    headers = mail.message.headers
    if headers is None:
        return
    evidence.put("auth.mailing_list", is_mailing_list(headers))
    evidence.put("auth.forwarded", _is_forwarded(headers))
    _results(headers, evidence)
    _return_path(mail, headers, evidence)


def _results(headers: Headers, evidence: Evidence) -> None:
    top = values(headers, "authentication-results")[:1]
    found = parse_results(top[0]) if top else {}
    if "spf" not in found:
        received = values(headers, "received-spf")[:1]
        verdict = received[0].strip().split(" ", 1)[0].split("(", 1)[0].strip(" :;").lower() if received else ""
        if verdict.isalpha() and len(verdict) <= 10:
            found = {**found, "spf": verdict}
    for method in _METHODS:
        if method in found:
            evidence.put(f"auth.{method}", found[method])
        else:
            evidence.miss(f"auth.{method}", "not_published")


def _is_forwarded(headers: Headers) -> bool:
    """The innocent explanation of a failure: forwarded by a person or server, or through a list."""
    names = {key.lower() for key, _ in headers or ()}
    if names & _FORWARDING or is_mailing_list(headers):
        return True
    seals = values(headers, "arc-seal")[:1] + values(headers, "arc-authentication-results")[:1]
    top = values(headers, "authentication-results")[:1]
    results = parse_results(top[0]) if top else {}
    return results.get("arc") == "pass" and bool(seals)


def _return_path(mail: Mail, headers: Headers, evidence: Evidence) -> None:
    given = values(headers, "return-path")[:1]
    if not given:
        evidence.miss("auth.return_path_domain", "not_published")
        evidence.miss("auth.return_path_differs", "not_published")
        return
    host = host_of(given[0].strip().strip("<>").strip().lower())
    if not host:
        # A bounce carries the empty path: no envelope sender to compare.
        evidence.put("auth.return_path_domain", "")
        evidence.miss("auth.return_path_differs", "not_applicable")
        return
    evidence.put("auth.return_path_domain", org_domain(host, mail.lexicon))
    if mail.host:
        evidence.put("auth.return_path_differs", not are_twins(host, mail.host, mail.lexicon))
