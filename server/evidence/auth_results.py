"""A tolerant reader of Authentication-Results (RFC 8601): with or without server name, comments, folding, any order.

Own parser, because the authres package refuses Microsoft's form, which leaves out the server's name.
"""

from __future__ import annotations

from server.evidence.plain import WHITE

_RESULTS = frozenset(
    [
        "pass",
        "fail",
        "softfail",
        "neutral",
        "none",
        "policy",
        "temperror",
        "permerror",
        "hardfail",
        "bestguesspass",
        "nxdomain",
        "discard",
        "unknown",
    ]
)
_METHODS = frozenset(["spf", "dkim", "dmarc", "arc", "compauth", "iprev"])
_MAX = 4000


def parse_results(value: str) -> dict[str, str]:
    """Result of each method. Several DKIM signatures: pass if any passes, else the first."""
    found: dict[str, str] = {}
    for entry in _without_comments(value[:_MAX]).split(";"):
        method, equals, rest = entry.strip(WHITE).partition("=")
        # "dkim/1=pass" names the method's version; "mx.example; spf = pass" allows blanks around the sign.
        name = method.split("/", 1)[0].strip(WHITE).lower()
        if " " in name:
            name = name.rsplit(" ", 1)[-1]  # no ";" after the server's name
        words = rest.strip(WHITE).split(None, 1)
        if not equals or name not in _METHODS or not words:
            continue
        result = words[0].strip('",').lower()
        if result in _RESULTS and (name not in found or (name == "dkim" and result == "pass")):
            found[name] = "fail" if result == "hardfail" else result
    return found


def _without_comments(value: str) -> str:
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for char in value:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
            continue
        elif char == '"' and depth == 0:
            quoted = not quoted
        elif char == "(" and not quoted:
            depth += 1
        elif char == ")" and not quoted and depth:
            depth -= 1
            continue
        if depth == 0:
            kept.append(char)
    return "".join(kept)
