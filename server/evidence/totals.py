"""Sums in a mail that do not add up: quantity times price against a total, listed quantities against their sum.

Twin: extension/src/evidence/totals.js.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from server.evidence.tokens import Token

TOLERANCE = 0.02
_MOST = 1e12
_NOTATIONS = (1.0, 1000.0, 0.001)
"""`12,500` is 12.5 to some: a thousand times more or less is a way of writing."""
_TIMES = frozenset(("x", "*", "@", "at"))
_MONEY = {
    "usd": "USD", "us": "USD", "$": "USD", "dollars": "USD", "eur": "EUR", "€": "EUR", "euro": "EUR", "euros": "EUR",
    "gbp": "GBP", "£": "GBP", "cny": "CNY", "rmb": "CNY", "¥": "CNY", "yuan": "CNY", "元": "CNY",
}  # fmt: skip
_TOTAL = frozenset(
    ("total", "=", ":", ",", "amount", "is", "value", "price", "sum", "of", "合", "总", "共", "计", "价", "额")
)
_NAMES_TOTAL = frozenset(("=", "total", "合", "总", "共"))
_SPOILS = frozenset(("+", "-", "%", "/", "*", "x", "k", "m", "million", "thousand", "万", "incl", "including",
    "inclusive", "with", "plus", "net", "less", "after", "minus", "discount", "deposit", "含", "优", "加"))  # fmt: skip
_SUM_WORDS = frozenset(("total", "totally", "sum", "合", "总", "共", "grand"))
_TOTAL_WORDS = frozenset((":", "=", ",", "qty", "quantity", "is", "of", "计", "数", "量", "-"))
_PER = frozenset(("/", "per", "each", "x", "*", "a", "@", "每", "-", "~", "to"))


def shown(value: float) -> str:
    """A number as short as it can be, three decimals at most: `6250`, `12.5`."""
    thousandths = math.floor(value * 1000 + 0.5)
    rest = f"{thousandths % 1000:03}".rstrip("0")
    return f"{thousandths // 1000}.{rest}" if rest else str(thousandths // 1000)


def total_of(values: Sequence[float]) -> float:
    """Their sum, added one by one, so that the browser gets the very same."""
    total = 0.0
    for value in values:
        total += value
    return total


def products(line: Sequence[Token], units: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """What is wrong in `500 pcs x USD 12.50 = USD 7,250`: words, first and last token. One such sum a line."""
    found = [row for at in range(len(line)) if (row := _product(line, at, units)) is not None]
    if len(found) == 1:
        yield found[0]


def _product(line: Sequence[Token], at: int, units: Mapping[str, str]) -> tuple[str, int, int] | None:
    if not line[at].number or _text(line, at - 1) in _SPOILS or (at and line[at - 1].number):
        return None
    counted = units.get(_text(line, at + 1), "")
    here = at + 2 if counted else at + 1
    if _text(line, here) not in _TIMES:
        return None
    price, here, money = _sum_at(line, here + 1)
    if price is None:
        return None
    if _text(line, here) in ("/", "per", "each") or units.get(_text(line, here)):
        here += _text(line, here) in ("/", "per", "each")
        unit = units.get(_text(line, here), "")
        if counted and unit and unit != counted:
            return None
        here += bool(unit)
    low = here
    while _text(line, here) in _TOTAL:
        here += 1
    if not _NAMES_TOTAL & {token.text for token in line[low:here]}:
        return None
    total, here, other = _sum_at(line, here)
    wrong = total is None or _text(line, here) in _SPOILS or (money and other and money != other)
    count, each = line[at].value, price.value
    if wrong or not (money or other) or count is None or each is None or total is None or not total.value:
        return None
    whole = count * each
    if not 0 < whole < _MOST or any(_is_near(whole * factor, total.value) for factor in _NOTATIONS):
        return None
    return f"{shown(count)} x {shown(each)} = {shown(whole)} ≠ {shown(total.value)}", at, here - 1


def _sum_at(line: Sequence[Token], at: int) -> tuple[Token | None, int, str]:
    """A number with or without its currency on either side, where it ends, and the currency."""
    money = ""
    while (code := _MONEY.get(_text(line, at))) is not None:
        money, at = code, at + 1
    if at >= len(line) or not line[at].number:
        return None, at, ""
    number = line[at]
    at += 1
    while (code := _MONEY.get(_text(line, at))) is not None:
        money, at = code, at + 1
    return number, at, money


def listed_totals(
    lines: Sequence[tuple[int, Sequence[Token]]], units: Mapping[str, str]
) -> Iterator[tuple[str, tuple[int, Sequence[Token]]]]:
    """Lines that state the sum of the quantities listed right above, where it is another one: words and the line."""
    for at, (_, line) in enumerate(lines):
        stated = _quantity(line, units)
        if stated is None or _text(line, 0) not in _SUM_WORDS or not _is_plain_total(line):
            continue
        parts: list[float] = []
        above = at - 1
        while above >= 0 and (part := _quantity(lines[above][1], units)) is not None and part[1] == stated[1]:
            parts.append(part[0])
            above -= 1
        if len(parts) < 2 or (above >= 0 and any(token.number for token in lines[above][1])):
            continue
        whole = total_of(parts)
        if whole < _MOST and not _is_near(whole, stated[0]):
            text = " + ".join(shown(part) for part in reversed(parts[-6:]))
            yield f"{text} = {shown(whole)} ≠ {shown(stated[0])} {stated[1]}", lines[at]


def _is_plain_total(line: Sequence[Token]) -> bool:
    """`Total quantity: 500 pcs`, and not `Total of the contract 500 pcs`."""
    words = takewhile(lambda token: not token.number, line)
    return all(token.text in _SUM_WORDS or token.text in _TOTAL_WORDS for token in words)


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(one, other)


def _quantity(line: Sequence[Token], units: Mapping[str, str]) -> tuple[float, str] | None:
    """The only quantity of a line with its unit; None where there is none, several, or a rate."""
    there = [at for at in range(len(line) - 1) if line[at].number and line[at + 1].text in units]
    if len(there) != 1:
        return None
    at = there[0]
    value = line[at].value
    if value is None or _text(line, at - 1) in _PER or _text(line, at + 2) in _PER:
        return None
    return value, units[line[at + 1].text]


def _text(line: Sequence[Token], at: int) -> str:
    return line[at].text if 0 <= at < len(line) else ""
