"""Which of a mail's text parts is what the reader sees, and its text and links."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass

from server.message.charset import decoded
from server.message.html import HtmlText, html_to_text
from server.message.parts import TextPart
from server.model import Link

MAX_TEXT = 1 << 20
_MAX_RAW = 4 << 20
_MAX_TEXT_PARTS = 50
_STUB = 40
"""Letters. A plain part with fewer stands for "this mail needs an HTML reader"."""
_WORD = re.compile(r"[^\W\d_]{2,40}")
_WORDS = 5000
_NEW_WORDS = 0.4
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")


@dataclass(frozen=True, slots=True)
class Body:
    """`text` is None where the mail has no text part at all; `links` then is empty. At most 1 MiB of characters."""

    text: str | None
    links: tuple[Link, ...]
    truncated: bool


def chosen_body(raw: bytes, parts: list[TextPart]) -> Body:
    """The text of all text parts in order; of alternatives the plain one, unless it hides what the HTML says."""
    pieces: list[str] = []
    links: list[Link] = []
    cut = len(parts) > _MAX_TEXT_PARTS
    done: set[int] = set()
    for part in parts[:_MAX_TEXT_PARTS]:
        if part.group in done:
            continue
        same = [part] if part.group == 0 else [other for other in parts[:_MAX_TEXT_PARTS] if other.group == part.group]
        done |= {part.group} - {0}
        text, found, short = _alternative(raw, same)
        pieces.append(text)
        links += found
        cut = cut or short
    whole = "\n\n".join(piece for piece in pieces if piece.strip())
    return Body(whole[:MAX_TEXT] if parts else None, tuple(links), cut or len(whole) > MAX_TEXT)


def _alternative(raw: bytes, parts: list[TextPart]) -> tuple[str, list[Link], bool]:
    plain = "\n\n".join(_text(raw, part) for part in parts if part.kind == "text/plain")
    rich = [html_to_text(_text(raw, part)) for part in parts if part.kind == "text/html"]
    cut = any(part.end - part.start > _MAX_RAW for part in parts) or any(page.truncated for page in rich)
    links = [link for page in rich for link in page.links]
    if not rich or (plain.strip() and not _says_more(plain, rich)):
        return plain, links, cut
    return "\n\n".join(page.text for page in rich), links, cut


def _says_more(plain: str, rich: list[HtmlText]) -> bool:
    """Whether the HTML holds another mail than the plain part: readers see the HTML, filters are shown the other."""
    seen = set(_WORD.findall(plain[:200_000].lower())[:_WORDS])
    shown = {word for page in rich for word in _WORD.findall(page.text[:200_000].lower())[:_WORDS]}
    if len("".join(seen)) < _STUB <= len("".join(shown)):
        return True
    return len(shown - seen) > max(10, _NEW_WORDS * len(shown))


def _text(raw: bytes, part: TextPart) -> str:
    data = raw[part.start : min(part.end, part.start + _MAX_RAW)]
    if part.encoding == "base64":
        data = _base64(data)
    elif part.encoding == "quoted-printable":
        data = quopri.decodestring(data)
    text = decoded(data, part.charset)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _base64(data: bytes) -> bytes:
    """As much as can be decoded: strange bytes skipped, a cut end dropped."""
    plain = _NOT_BASE64.sub(b"", data).split(b"=", 1)[0]
    plain = plain[: len(plain) - (1 if len(plain) % 4 == 1 else 0)]
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""
