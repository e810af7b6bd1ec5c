"""The two forms of a text in which the words that patterns need are looked for; offsets are the same in both.

Words of ASCII letters and digits are looked for where every other byte is a space, so that a word edge in a pattern
asks for a space; the others where only line ends are spaces. Both have 0 for every digit.
"""

from __future__ import annotations

_WORD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_DIGIT = frozenset(b"0123456789")
_TO_BLANKS = bytes(48 if byte in _DIGIT else byte if byte in _WORD else 32 for byte in range(256))
_UNWRAPPED = bytes(48 if byte in _DIGIT else 32 if byte == 10 else byte for byte in range(256))


def edged(text: bytes) -> bytes:
    """The text with 0 for digits, a space for every byte but ASCII letters, digits and _, and one more at both ends."""
    return b" " + text.translate(_TO_BLANKS) + b" "


def unwrapped(text: bytes) -> bytes:
    """The text with 0 for digits, a space for line ends, and one in front so that places are as in the edged form."""
    return b" " + text.translate(_UNWRAPPED)


def is_edged(word: str) -> bool:
    """Whether a word is looked for in the edged form."""
    return word.isascii() and word.replace(" ", "a").replace("_", "a").isalnum()
