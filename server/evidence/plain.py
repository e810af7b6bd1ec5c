"""Plain string reading shared by the extractors: lines, words, case and accents, always with offsets that stay true.

Everything here has a twin in extension/src/evidence/plain.js; both must give the same answer for the same text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

Span = tuple[int, int]
"""Half-open range of code points."""

WHITE = (
    " \t\n\r\x0b\x0c\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d"
    "\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u3000\ufeff"
)
"""What counts as white space around a word. Written out because Python's strip() and JavaScript's trim() differ."""

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_\u3400-\u9fff\uf900-\ufaff]+|[\u3400-\u9fff\uf900-\ufaff]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SPACES = {ord(char): " " for char in WHITE}
_GAPS = {code: " " for code in range(128) if not chr(code).isalnum()}
_ODD_WHITE = WHITE.replace(" ", "")
_SIGNS = "’‘“”„«»‚–—‐‑…•·●▪→©®™°€£¥§¿¡、。，：；！？（）《》【】「」" + "".join(
    char for char in _ODD_WHITE if char > "\x7f"
)
"""Signs that letters in Latin and Chinese script commonly stand beside, none of which belongs to a word."""


def trim(text: str) -> str:
    """The text without white space and invisible marks around it."""
    return text.strip(WHITE)


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The lines of text[start:end], without their line ends."""
    stop = len(text) if end is None else end
    at = start
    for match in _LINE_END.finditer(text, start, stop):
        yield at, match.start()
        at = match.end()
    yield at, stop


def fold(text: str) -> str:
    """Lower case with every white-space character as a space, exactly as long as the text."""
    lower = text.lower()
    if text.isascii():
        return lower.translate(_SPACES)
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return _without(lower, _ODD_WHITE)


def blanks(text: str) -> str:
    """The text with every white-space character as a space."""
    return text.translate(_SPACES) if text.isascii() else _without(text, _ODD_WHITE)


def _without(text: str, signs: str) -> str:
    """The text with blanks for these signs. Beyond ASCII translate() asks its table for every character."""
    for sign in signs:
        if sign in text:
            text = text.replace(sign, " ")
    return text


def words(text: str) -> Iterator[re.Match[str]]:
    """Runs of letters and digits (Unicode categories L and N); Chinese characters run apart from other letters."""
    return _WORD.finditer(text)


def word_list(text: str) -> list[str]:
    """The words alone."""
    if not text.isascii():
        text = _without(text, _SIGNS)
    return text.translate(_GAPS).split() if text.isascii() else _WORD.findall(text)


def is_word(text: str, start: int, end: int) -> bool:
    """Whether these letters and digits, none of them Chinese, are a whole word of the text."""
    around = text[start - 1 : start] + text[end : end + 1] if start else text[end : end + 1]
    return not any(char.isalnum() and not is_han(char) for char in around)


def bare(text: str) -> str:
    """Lower case without accents: `Hidráulica` as `hidraulica`. For comparing, never for offsets."""
    if text.isascii():
        return text[:1000].lower()
    plain = unicodedata.normalize("NFD", text[:1000].lower())
    return "".join(char for char in plain if not unicodedata.category(char).startswith("M"))


def letters_only(text: str) -> str:
    """The letters and digits of a text, lower case, without accents: for comparing names with domains."""
    return "".join(_WORD.findall(bare(text)))


def is_han(char: str) -> bool:
    """A Chinese character."""
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def has_han(text: str) -> bool:
    """Whether a Chinese character stands in the text."""
    return _HAN.search(text) is not None


def inside(spans: Iterable[Span], at: int) -> bool:
    """Whether a place lies in one of the spans."""
    return any(start <= at < end for start, end in spans)


def head_and_tail(spans: list[Span], head: int = 32_768, tail: int = 16_384) -> list[Span]:
    """The spans cut to their first `head` and last `tail` code points: the most that text rules ever read."""
    total = sum(end - start for start, end in spans)
    if total <= head + tail:
        return spans
    kept: list[Span] = []
    passed = 0
    for start, end in spans:
        length = end - start
        for low, high in ((0, head), (total - tail, total)):
            first, last = max(low - passed, 0), min(high - passed, length)
            if first < last:
                kept.append((start + first, start + last))
        passed += length
    return kept


def subtract(spans: list[Span], taken: list[Span]) -> list[Span]:
    """The spans without those taken away. Both are sorted and free of overlap; so is the result."""
    left: list[Span] = []
    index = 0
    for start, end in spans:
        at = start
        while index < len(taken) and taken[index][1] <= at:
            index += 1
        ahead = index
        while ahead < len(taken) and taken[ahead][0] < end:
            if taken[ahead][0] > at:
                left.append((at, taken[ahead][0]))
            at = max(at, taken[ahead][1])
            ahead += 1
        if at < end:
            left.append((at, end))
    return left
