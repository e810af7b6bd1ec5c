"""The parts of a MIME mail as byte ranges, found without copying or recursion. Attachments yield name and size only."""

from __future__ import annotations

import ntpath
from dataclasses import dataclass, field
from email.message import Message as Headers

from server.message.charset import header_text
from server.message.headers import MAX_BLOCK, MAX_PART_BLOCK, end_of_block, part_headers, read_fields
from server.model import Attachment

MAX_PARTS = 300
MAX_DEPTH = 20
MAX_ATTACHMENTS = 200
_MAX_NAME = 300


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text part of the body: byte range, how it is encoded, and the innermost multipart/alternative it stands in."""

    kind: str
    start: int
    end: int
    encoding: str
    charset: str
    group: int


@dataclass(slots=True)
class Tree:
    """What was found. `truncated`: more parts, or deeper ones, than are read."""

    texts: list[TextPart] = field(default_factory=list[TextPart])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    truncated: bool = False


def walk(raw: bytes, start: int) -> Tree:
    """All parts of the mail that starts at `start`, in order. A mail inside a mail is an attachment, not body."""
    tree = Tree()
    stack: list[tuple[int, int, int, int, str]] = [(start, len(raw), 0, 0, "text/plain")]
    seen = groups = 0
    while stack:
        begin, end, depth, group, default = stack.pop()
        seen += 1
        if seen > MAX_PARTS:
            tree.truncated = True
            break
        block_end, body = end_of_block(raw, begin, end, MAX_BLOCK if seen == 1 else MAX_PART_BLOCK)
        headers = part_headers(read_fields(raw[begin : min(block_end, end)]))
        body = min(body, end)
        headers.set_default_type(default)
        kind = headers.get_content_type()
        boundary = headers.get_boundary() if kind.startswith("multipart/") else None
        if not boundary:
            _leaf(
                raw,
                tree,
                headers,
                "text/plain" if kind.startswith("multipart/") else kind,
                (body, end, group),
                seen == 1,
            )
            continue
        if depth >= MAX_DEPTH:
            tree.truncated = True
            continue
        if kind == "multipart/alternative":
            groups += 1
            group = groups
        inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        ranges = _between(raw, body, end, boundary.encode("utf-8", "replace"))
        stack += [(low, high, depth + 1, group, inner) for low, high in reversed(ranges)]
    return tree


def _between(raw: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """The ranges between a multipart's boundary lines; the last one may lack its end."""
    mark = b"--" + boundary
    ranges: list[tuple[int, int]] = []
    at = start if raw.startswith(mark, start) else _next(raw, b"\n" + mark, start, end)
    while 0 <= at < end and len(ranges) <= MAX_PARTS:
        if raw.startswith(b"--", at + len(mark)) and not raw.startswith(b"---", at + len(mark)):
            break
        line_end = raw.find(b"\n", at, end)
        if line_end < 0:
            break
        following = _next(raw, b"\n" + mark, line_end, end)
        # The line end before a boundary belongs to the boundary.
        stop = (following - 1 if following > 0 else end) if following >= 0 else end
        stop = stop - 1 if following >= 0 and raw[stop - 1 : stop] == b"\r" else stop
        ranges.append((line_end + 1, max(stop, line_end + 1)))
        at = following
    return ranges


def _next(raw: bytes, mark: bytes, start: int, end: int) -> int:
    """Place of a boundary's dashes from `start` on, -1 if there is none."""
    found = raw.find(mark, start, end)
    return found + 1 if found >= 0 else -1


def _leaf(raw: bytes, tree: Tree, headers: Headers, kind: str, place: tuple[int, int, int], only: bool) -> None:
    start, end, group = place
    encoding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()[:40]
    name = _name(headers)
    disposition = headers.get_content_disposition()
    is_text = kind in ("text/plain", "text/html")
    if is_text and disposition != "attachment" and not (name and not only and disposition is not None):
        charset = headers.get_content_charset() or ""
        tree.texts.append(TextPart(kind, start, end, encoding, charset[:60], group))
        return
    if len(tree.attachments) >= MAX_ATTACHMENTS:
        tree.truncated = True
        return
    inline_picture = kind.startswith("image/") and disposition != "attachment" and not name
    if inline_picture or (kind.startswith("text/") and disposition is None and not name):
        return
    tree.attachments.append(Attachment(name or _unnamed(kind), _size(raw, start, end, encoding)))


def _size(raw: bytes, start: int, end: int, encoding: str) -> int:
    """Bytes of the decoded attachment, reckoned without decoding it."""
    if encoding != "base64":
        return end - start
    padding = raw.count(b"=", max(start, end - 4), end)
    return max(0, (end - start - raw.count(b"\n", start, end) - raw.count(b"\r", start, end)) * 3 // 4 - padding)


def _name(headers: Headers) -> str:
    """The file name, decoded (RFC 2231 or RFC 2047), without a path."""
    try:
        given = headers.get_filename("")
    except (ValueError, TypeError, LookupError, AssertionError):
        return ""
    plain = header_text(str(given)).replace("\r", "").replace("\n", "").replace("\x00", "")
    return ntpath.basename(plain.strip())[:_MAX_NAME]


def _unnamed(kind: str) -> str:
    """A name for what has none, so that it is counted: `unnamed.eml` for a mail inside the mail."""
    ending = {"message/rfc822": "eml", "application/pdf": "pdf", "application/zip": "zip", "text/calendar": "ics"}
    return f"unnamed.{ending.get(kind, 'bin')}"
