"""Status codes of a registration, in the words of RDAP whatever the registry writes."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_CODES = 20
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ACTIONS = ("delete", "renew", "transfer", "update")
KNOWN = frozenset(
    {"active", "inactive", "locked", "obscured", "private", "proxy", "removed", "validated", "associated"}
    | {"add period", "auto renew period", "renew period", "transfer period", "redemption period"}
    | {"client hold", "server hold", "pending restore", "pending create"}
    | {f"pending {action}" for action in _ACTIONS}
    | {f"{side} {action} prohibited" for side in ("client", "server") for action in _ACTIONS}
)
"""RFC 9083 §10.2.2 and RFC 8056 §2, which maps EPP's codes to them. What is not here is left out."""
LABELS = ("domain status:", "status:", "state:")


def status_codes(given: Iterable[str]) -> tuple[str, ...]:
    """The known codes among these, sorted: `clientHold https://icann.org/epp#clientHold` is `client hold`."""
    found: set[str] = set()
    for text in given:
        whole = " ".join(text[:100].split())
        for one in (whole, whole.partition(" ")[0]):
            words = _CAPITAL.sub(" ", one).lower()
            words = "active" if words == "ok" else words
            if words in KNOWN:
                found.add(words)
                break
    return tuple(sorted(found)[:MAX_CODES])


def whois_status(text: str) -> tuple[str, ...]:
    """The codes of a WHOIS text."""
    lines = (line.strip() for line in text.split("\n"))
    values = (line.partition(":")[2] for line in lines if line.lower().startswith(LABELS))
    return status_codes(value for line in values for value in line.split(","))
