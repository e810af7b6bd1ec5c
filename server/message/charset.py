"""Bytes of a mail as text: declared charsets, wrong ones, none, and RFC 2047 words in headers."""

from __future__ import annotations

import binascii
import codecs
from email.errors import HeaderParseError
from email.header import decode_header

_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "cp-850": "cp850",
    "utf8mb4": "utf-8",
}
_FAMILIES = (
    "utf",
    "iso",
    "latin",
    "windows",
    "cp",
    "koi8",
    "gb",
    "big5",
    "euc",
    "shift",
    "sjis",
    "hz",
    "tis",
    "mac",
    "viscii",
)
"""Python has text codecs that are slow or no charset at all (punycode, idna, unicode_escape): only these are used."""
_MAX_HEADER = 4000


def decoded(raw: bytes, charset: str | None) -> str:
    """The text. A charset that is unknown or does not fit is replaced by UTF-8, then GB 18030, then Windows-1252."""
    name = (charset or "").strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if name and name.startswith(_FAMILIES) and name.isascii() and len(name) < 40:
        try:
            codecs.lookup(name)
            return raw.decode(name)
        except (LookupError, ValueError):  # ValueError: a name with a NUL in it, or bytes that do not fit
            pass
    for guess in ("utf-8", "gb18030"):
        try:
            return raw.decode(guess)
        except UnicodeDecodeError as error:
            # One broken byte in a long text is a cut or an accident, not another charset.
            if guess == "utf-8" and (name == "utf-8" or error.start > 200):
                return raw.decode("utf-8", "replace")
    return raw.decode("cp1252", "replace")


def header_text(value: str) -> str:
    """A header's value with its encoded words decoded; as it stands where they are broken."""
    given = value[:_MAX_HEADER]
    if "=?" not in given:
        return given
    try:
        pieces = decode_header(given)
    except (HeaderParseError, binascii.Error, ValueError):
        return given
    return "".join(piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces)
