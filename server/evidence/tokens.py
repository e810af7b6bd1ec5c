"""A line of goods and figures taken apart: numbers with their value, words in lower case, single signs.

Twin: extension/src/evidence/tokens.js.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_LINE = 300
MAX_DIGITS = 15
_SAME = str.maketrans("×✕＊″”“′’‘：（），／＝～–—−＋％＠", "***\"\"\"''':(),/=~---+%@")
_TOKEN = re.compile(r"(?P<digits>[0-9](?:[0-9]|[.,](?=[0-9]))*)|(?P<word>[A-Za-z\u212a]+)|[^ \t\xa0\u202f\u3000]")
"""The sign of kelvin is a k in lower case."""


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is a word, a sign, or the digits of a number, whose `value` is None where it may be two things."""

    text: str
    start: int
    end: int
    number: bool = False
    value: float | None = None


def tokens(line: str) -> list[Token]:
    """The tokens of a line, none where it is longer than 300 characters. Linear; a digit ends a word."""
    if len(line) > MAX_LINE:
        return []
    found: list[Token] = []
    for match in _TOKEN.finditer(line.translate(_SAME)):
        text, (start, end) = match[0], match.span()
        if match.lastgroup == "digits":
            found.append(Token(text, start, end, True, value_of(text)))
        else:
            found.append(Token(text.lower() if match.lastgroup else text, start, end))
    return found


def value_of(digits: str) -> float | None:
    """The value of `1,200.50`, `1.200.000`, `12,5`; None for `1.200`, one or a thousand, for dates and long rows."""
    if len(digits) > MAX_DIGITS:
        return None
    commas, dots = digits.count(","), digits.count(".")
    if commas + dots == 0:
        return float(digits)
    mark = max(",", ".", key=digits.rfind)
    other = "." if mark == "," else ","
    if commas and dots:
        whole, _, rest = digits.rpartition(mark)
        good = digits.count(mark) == 1 and _is_grouped(whole, other)
        return float(whole.replace(other, "") + "." + rest) if good else None
    if commas + dots > 1:
        return float(digits.replace(mark, "")) if _is_grouped(digits, mark) else None
    whole, rest = digits.split(mark)
    if len(rest) == 3 and whole != "0":
        return float(whole + rest) if mark == "," and len(whole) <= 3 else None
    return float(f"{whole}.{rest}")


def _is_grouped(digits: str, mark: str) -> bool:
    first, *rest = digits.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in rest)
