"""Mail addresses and web sites named in text. Scanned by hand around each @ and dot: linear on any input.

Twin: extension/src/evidence/contacts.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.evidence.lexicon import Lexicon
from server.evidence.names import clean_host, is_ip, org_domain, suffix_labels

MAX_FOUND = 50
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-")
_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
_MAX_LOCAL = 64
_MAX_HOST = 253
_HOST_RUN = re.compile(r"[A-Za-z0-9.-]+")
_DOTTED = re.compile(r"\.[A-Za-z0-9.-]")
"""Without it no host stands in a text, only full stops."""


def find_addresses(text: str, limit: int = MAX_FOUND) -> Iterator[tuple[int, int, str]]:
    """Mail addresses with their places: (start, end, address in lower case). A full stop after one is left out."""
    found = 0
    at = text.find("@")
    while at >= 0 and found < limit:
        start, end = at, at + 1
        while start > 0 and at - start < _MAX_LOCAL and text[start - 1] in _LOCAL:
            start -= 1
        while end < len(text) and end - at < _MAX_HOST and text[end] in _HOST:
            end += 1
        local, host = text[start:at].lstrip(".'*=/`|"), text[at + 1 : end].rstrip(".-")
        if local and "." in host and not host.startswith((".", "-")) and ".." not in host and host[-1].isalpha():
            found += 1
            yield at - len(local), at + 1 + len(host), f"{local}@{host}".lower()
        at = text.find("@", max(end, at + 1))


def find_sites(text: str, lexicon: Lexicon, *, loose: bool) -> Iterator[tuple[int, int, str]]:
    """Web sites named in text: (start, end, host). `loose` also takes bare names under country domains (signatures).

    A bare name counts only under .com, .net, .org or a two-part suffix such as .com.cn: in running text, a missing
    space after a full stop makes hosts of ordinary words ("valves.in our").
    """
    found = 0
    if _DOTTED.search(text) is None:
        return
    for match in _HOST_RUN.finditer(text):
        raw = match.group()
        bare = raw.strip(".-")
        if "." not in bare or len(raw) > _MAX_HOST or found >= MAX_FOUND:
            continue
        start = match.start() + len(raw) - len(raw.lstrip(".-"))
        host = clean_host(bare)
        before, after = text[max(0, start - 8) : start], text[match.end() : match.end() + 1]
        if before.endswith("@") or after == "@" or not _is_site(host, before, lexicon, loose):
            continue
        found += 1
        yield start, start + len(host), host


def _is_site(host: str, before: str, lexicon: Lexicon, loose: bool) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or is_ip(host) or not labels[-1].isalpha() or ".." in host:
        return False
    if before.lower().endswith("://") or labels[0] == "www":
        return len(labels) > 1 and org_domain(host, lexicon).count(".") > 0
    if before.endswith("/") or len(org_domain(host, lexicon).split(".")[0]) < 3:
        return False
    if suffix_labels(host, lexicon) >= len(labels):
        return False
    national = labels[-1] in lexicon.cctlds and (loose or suffix_labels(host, lexicon) > 1)
    return labels[-1] in lexicon.sets["common_tlds"] or national
