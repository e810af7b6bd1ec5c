"""Mails made to be slow: each kind as a function of its size in bytes, about, and the door that it comes through."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

TOP = b"From: Ann <ann@acme.example>\r\nTo: sales01@163.com\r\nSubject: order\r\nMIME-Version: 1.0\r\n"


def repeated(piece: str, size: int) -> bytes:
    """The piece so often that it makes up the size."""
    data = piece.encode()
    return data * (size // len(data) + 1) if data else b""


def text(piece: str, start: str = "Dear Sir,\n") -> tuple[str, Callable[[int], bytes]]:
    """A letter that goes on and on."""
    return "text", lambda size: b"order\n" + start.encode() + repeated(piece, size)


def page(piece: str, end: str = "") -> tuple[str, Callable[[int], bytes]]:
    """An HTML body that goes on and on."""
    return "html", lambda size: repeated(piece, size) + repeated(end, size if end else 0)


def header(line: str) -> tuple[str, Callable[[int], bytes]]:
    """One header line again and again."""
    return "headers", lambda size: repeated(line, size)


def long_header(name: str, piece: str) -> tuple[str, Callable[[int], bytes]]:
    """One header that goes on and on."""
    return "headers", lambda size: f"{name}: ".encode() + repeated(piece, size)


def mail(lines: str, piece: Callable[[int], bytes]) -> tuple[str, Callable[[int], bytes]]:
    """A mail file with a body of its own making."""
    return "eml", lambda size: TOP + lines.encode() + b"\r\n\r\n" + piece(size)


def nested(size: int) -> bytes:
    """A multipart in a multipart in a multipart."""
    levels = size // 80
    opened = (f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n'.encode() for n in range(levels))
    return b"".join(opened) + b"end"


KINDS: Mapping[str, tuple[str, Callable[[int], bytes]]] = {
    "deep tags": page("<div>"),
    "deep tags, closed": page("<b><i>", "</i></b>"),
    "links": page('<a href="http://x.example/?q=%61">www.apple.com</a> '),
    "links of many hosts": ("html", lambda size: "".join(f'<a href="http://h{n}.ex{n}.com">g{n}.com</a>' for n in range(size // 40)).encode()),
    "open brackets": page("<"),
    "open comments": page("<!--"),
    "entities": page("&#120;&amp;"),
    "attributes": page('<p style="display:none" style="color:#fff" hidden>x'),
    "table cells": page("<table><tr><td>x"),
    "quote marks": text("> on monday he wrote:\n"),
    "deep quote marks": text(">"),
    "quote headings": text("On Mon, 1 Jan 2026, Ann Lee wrote:\n> x\n\nyes\n"),
    "one long word": text("a"),
    "one long line": text("we pay the freight agent "),
    "digits": text("7"),
    "blanks": text(" "),
    "empty lines": text("\n"),
    "blanks and lines": text(" \n\t"),
    "full stops": text("."),
    "at signs": text("a@"),
    "addresses": text("ann@acme.example "),
    "hosts": text("www.acme-valves.example "),
    "dotted names": text("a."),
    "web addresses": text("http://a.example/b?c=d "),
    "slashes": text("http://"),
    "phones": text("+49 40 123456 / 0086 20 8888 8888 "),
    "phones on lines": text("Tel: +1 (212) 555-0100\n"),
    "account numbers": text("IBAN DE89 3704 0044 0532 0130 00, SWIFT: DEUTDEFF, account no. 12345678\n"),
    "sums of money": text("USD 1,200.50 per pcs, 12万美金 "),
    "two scripts": text("pаy"),
    "two scripts, apart": text("а b "),
    "zero width": text("\u200b"),
    "zero width between": text("p\u200ba\u200by "),
    "marks": text("e\u0301"),
    "marks on one letter": text("\u0316\u0301"),
    "Chinese": text("我们公司付运费给货代，"),
    "Chinese firms": text("深圳某某有限公司"),
    "firms": text("Acme Trading Co., Ltd. "),
    "firm words": text("co ltd "),
    "brands": text("we are walmart, bosch and apple procurement department "),
    "institutions": text("Ministry of Health of the "),
    "countries": text("united states of new united kingdom "),
    "sign-offs": text("Best regards\n"),
    "founding years": text("founded in 1999 "),
    "phrases": text("urgent payment to our freight agent by credit card, refund the difference, "),
    "everything folded": text("İſΣ"),
    "emoji": text("🎁"),
    "headers": header("X-A: b\r\n"),
    "received": header("Received: from a (b [1.2.3.4]) by c; Thu, 1 Jan 2026 00:00:00 +0000\r\n"),
    "folded header": long_header("Subject", "a\r\n "),
    "encoded words": long_header("Subject", "=?utf-8?B?w6Q=?= "),
    "encoded words, joined": long_header("Subject", "=?utf-8?Q?=C3?=\r\n "),
    "recipients": long_header("To", '"a, b" <c@d.example>, '),
    "open quotes": long_header("Reply-To", '"<\\'),
    "comments": long_header("Authentication-Results", "(("),
    "results": long_header("Authentication-Results", "mx; spf=pass (x) smtp.mailfrom=a; "),
    "nested parts": mail('Content-Type: multipart/mixed; boundary="b0"', nested),
    "parts": mail('Content-Type: multipart/mixed; boundary="b"', lambda size: repeated("--b\r\n\r\nx\r\n", size)),
    "attachments": mail(
        'Content-Type: multipart/mixed; boundary="b"',
        lambda size: repeated('--b\r\nContent-Type: application/pdf; name="a.pdf.exe"\r\n\r\nx\r\n', size),
    ),
    "boundaries, almost": mail('Content-Type: multipart/mixed; boundary="b"', lambda size: repeated("\n--", size)),
    "base64": mail(
        "Content-Type: text/html\r\nContent-Transfer-Encoding: base64",
        lambda size: base64.encodebytes(repeated("<p>x", size)),
    ),
    "quoted-printable": mail("Content-Transfer-Encoding: quoted-printable", lambda size: repeated("=E4=\r\n", size)),
}  # fmt: skip
