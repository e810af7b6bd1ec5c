"""The header block of a mail or of a part: unfolded, decoded, capped."""

from __future__ import annotations

import re
from email.message import Message as Part
from email.utils import getaddresses

from server.message.charset import decoded, header_text
from server.model import Address

MAX_BLOCK = 256 * 1024
MAX_PART_BLOCK = 16 * 1024
MAX_HEADERS = 200
MAX_VALUE = 4000
_MAX_PARAMETERS = 2000
_MAX_ADDRESSES = 100
_MAX_COMMENTS = 20
_NAME = re.compile(r"[!-9;-~]{1,76}[ \t]{0,4}\Z")

Fields = list[tuple[str, str]]


def end_of_block(raw: bytes, start: int, end: int, most: int = MAX_BLOCK) -> tuple[int, int]:
    """Where the header block that starts at `start` ends, and where the body starts; `most` bytes are looked at."""
    if raw.startswith((b"\n", b"\r\n"), start):
        return start, start + (1 if raw[start : start + 1] == b"\n" else 2)
    stop = min(end, start + most)
    found = [
        (at, at + len(mark)) for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n") if (at := raw.find(mark, start, stop)) >= 0
    ]
    return min(found) if found else (stop, stop)


def read_fields(block: bytes) -> Fields:
    """Name and raw value of each header, unfolded, the first 200; lines that are no header are left out."""
    fields: Fields = []
    name, pieces, size = "", list[str](), 0
    for line in decoded(block, None).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            if name and size < MAX_VALUE:
                pieces.append(" " + line.strip())
                size += len(line)
            continue
        if name:
            fields.append((name, "".join(pieces)[:MAX_VALUE].strip()))
        if len(fields) >= MAX_HEADERS:
            return fields
        head, colon, value = line.partition(":")
        name = head.strip() if colon and _NAME.match(head) else ""
        pieces, size = [value.strip()], len(value)
    if name:
        fields.append((name, "".join(pieces)[:MAX_VALUE].strip()))
    return fields


def first(fields: Fields, name: str) -> str | None:
    """The topmost value of a header, None if it is not there."""
    return next((value for key, value in fields if key.lower() == name), None)


def part_headers(fields: Fields) -> Part:
    """The headers that describe a part, in the standard library's reader of their parameters (RFC 2045, 2231)."""
    part = Part()
    for name in ("Content-Type", "Content-Disposition", "Content-Transfer-Encoding"):
        value = first(fields, name.lower())
        if value is not None:
            # Its parameter reader is quadratic in the value's length.
            part[name] = value.replace("\n", " ")[:_MAX_PARAMETERS]
    return part


def read_addresses(fields: Fields, *names: str) -> tuple[Address, ...] | None:
    """All addresses of these headers with their display names; None if none of the headers is there."""
    values = [value for key, value in fields if key.lower() in names]
    if not values:
        return None
    found = [pair for value in values for pair in addresses_in(_plain(value))][:_MAX_ADDRESSES]
    return tuple(
        Address(address.strip().lower(), header_text(name).strip()) for name, address in found if "@" in address
    )


def addresses_in(value: str) -> list[tuple[str, str]]:
    """Names and addresses of a header; one that is not in order, but holds one address in brackets, as it is shown.

    By the letter `Parcels,(<a@b.example>)` names nobody, and `Doe, Jane <a@b.example>` two people, one without address.
    """
    found = getaddresses([value])
    is_quoted = value.lstrip().startswith('"')  # `"info@brand.example", <a@b.example>` is one sender, and not the brand
    if value.count("<") != 1 or len(found) == 1 or (not is_quoted and all("@" in address for _, address in found)):
        return found
    name, _, rest = value.partition("<")
    address, _, after = rest.partition(">")
    if "@" not in address or "@" in after:
        return found
    return [(name.strip().removeprefix('"').removesuffix('"').strip(), address.strip())]


def _plain(value: str) -> str:
    """Comments are read by recursion in the standard library: absurdly many are no comments."""
    if value.count("(") > _MAX_COMMENTS:
        value = value.replace("(", " ").replace(")", " ")
    return value[:MAX_VALUE]
