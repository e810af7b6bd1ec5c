"""Reads web addresses as a browser would, without a library: scheme, user data, host, path, query, fragment.

Twin: extension/src/evidence/urls.js.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from server.evidence.lexicon import Lexicon
from server.evidence.names import clean_host
from server.evidence.plain import WHITE

MAX_URL = 4096
_START = re.compile(
    # Both cases spelt out: so it is found ten times faster.
    r"[hHwW](?<![A-Za-z0-9@./-].)(?:(?<=[hH])[tT][tT][pP][sSſ]?://|(?<=[wW])[wW][wW]\.)"
)
_MAX_TOKENS = 40
_HEX = frozenset("0123456789abcdefABCDEF")


@dataclass(frozen=True, slots=True)
class Url:
    """A web address in its parts; all as given but the host, which is cleaned."""

    scheme: str
    user: str
    host: str
    path: str
    query: str
    fragment: str


def parse_url(href: str) -> Url | None:
    """The parts of an http, https or ftp address (`//host` and `www.host` too); None for anything else."""
    text = "".join(char for char in href[:MAX_URL].strip(WHITE) if char not in "\t\n\r")
    lower = text.lower().replace("\\", "/")
    text = text.replace("\\", "/") if "\\" in text.split("?", 1)[0] else text
    if lower.startswith("//") or lower.startswith("www."):
        scheme, rest = "http", text.lstrip("/")
    else:
        scheme, colon, rest = text.partition(":")
        if not colon or scheme.lower() not in ("http", "https", "ftp"):
            return None
        rest = rest.lstrip("/")
    end = min((at for mark in "/?#" if (at := rest.find(mark)) >= 0), default=len(rest))
    user, at_sign, host = rest[:end].rpartition("@")
    tail, _, fragment = rest[end:].partition("#")
    path, _, query = tail.partition("?")
    cleaned = clean_host(percent_decoded(host))
    if not cleaned or " " in cleaned:
        return None
    return Url(scheme.lower(), user if at_sign else "", cleaned, path, query, fragment)


def find_urls(text: str, limit: int = 200) -> list[str]:
    """Web addresses written in plain text, from `http://`, `https://` or `www.` to the next blank or bracket."""
    found: list[str] = []
    for match in _START.finditer(text):
        if len(found) >= limit:
            break
        end = match.end()
        while (
            end < len(text) and end - match.start() < MAX_URL and "!" <= text[end] <= "~" and text[end] not in "<>\"'"
        ):
            end += 1
        address = text[match.start() : end].rstrip(".,;:!?)]}*_|")
        if len(address) > match.end() - match.start() + 2:
            found.append(address)
    return found


def percent_decoded(text: str) -> str:
    """%41 as A, bytes that are no UTF-8 as U+FFFD, a lone % left alone."""
    if "%" not in text:
        return text
    raw = text.encode("utf-8", "surrogatepass")
    out = bytearray()
    at = 0
    while at < len(raw):
        pair = raw[at + 1 : at + 3].decode("latin-1")
        if raw[at] == 0x25 and len(pair) == 2 and pair[0] in _HEX and pair[1] in _HEX:
            out.append(int(pair, 16))
            at += 3
        else:
            out.append(raw[at])
            at += 1
    return out.decode("utf-8", "replace")


def parameters(query: str) -> list[tuple[str, str]]:
    """Names and decoded values of a query string, the first forty."""
    pairs = query.split("&", _MAX_TOKENS)[:_MAX_TOKENS]
    split = (pair.partition("=") for pair in pairs)
    return [(name.lower(), percent_decoded(value.replace("+", " "))) for name, _, value in split]


def unwrap(href: str, lexicon: Lexicon) -> str:
    """The target of a search engine's or safe-link service's wrapper, up to three deep; else the link itself."""
    for _ in range(3):
        url = parse_url(href)
        if url is None:
            return href
        inner = _wrapped(url, lexicon)
        if not inner:
            return href
        href = inner
    return href


def _wrapped(url: Url, lexicon: Lexicon) -> str:
    for host, path, names in lexicon.wrappers:
        known = url.host == host or url.host.endswith("." + host) or (host[-1] == "." and _is_google(url.host))
        if known and url.path.startswith(path):
            for name, value in parameters(url.query):
                if name in names and value.lower().startswith(("http://", "https://", "//")):
                    return value
    return ""


def _is_google(host: str) -> bool:
    labels = host.removeprefix("www.").split(".")
    return labels[0] == "google" and 2 <= len(labels) <= 3 and all(2 <= len(label) <= 3 for label in labels[1:])


def prefilled_address(url: Url, ours: list[str]) -> str:
    """Which of our addresses the path, query or fragment carries: plain, percent-encoded or as base64; "" if none."""
    if not ours:
        return ""
    rest = f"{url.path} {url.query} {url.fragment}"[:MAX_URL]
    plain = percent_decoded(percent_decoded(rest)).lower()
    for address in ours:
        if address in plain:
            return address
    decoded = " ".join(_base64_text(token) for token in _tokens(rest)).lower()
    return next((address for address in ours if address in decoded), "")


def _tokens(text: str) -> list[str]:
    marked = "".join(char if char.isalnum() or char in "+-_=" else " " for char in percent_decoded(text))
    words = [part for word in marked.split(" ") for part in (word, *word.split("=", 1)[1:])]
    return [word for word in words if len(word) >= 8][:_MAX_TOKENS]


def _base64_text(token: str) -> str:
    plain = token.rstrip("=").replace("-", "+").replace("_", "/")
    if not plain.isascii() or len(plain) % 4 == 1:
        return ""
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
