"""What certainly contradicts itself in one line of figures: standards, the load of a container, light, fabrics.

A line counts only where nothing in it could mean something else: a list, a range or a second figure ends the check.
Twin: extension/src/evidence/spec_checks.js.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from server.evidence.spec_words import SpecWords
from server.evidence.tokens import Token
from server.evidence.totals import products, shown, total_of

_RANGE = frozenset(("-", "/", "~", "to", "x", "*", "、", "至", "到", "through"))
_INCH = frozenset(('"', "inch", "inches"))
_LINKS = frozenset(("in", "into", "inside", "one", "a", "an", "per", "each", "every", "x", "*", "(", ")", "=", ":", "/",
    "fcl", "of", "with", "container", "containers", "loaded", "load", "loading", "net", "weight", "gross", "holds",
    "装", "一", "个", "每", "在", "到", "重", "共", "货", "柜", "箱", "集"))  # fmt: skip
_FEET = frozenset(("'", "ft", "feet", "foot", "gp", "hq", "hc", "fcl", "dc", "dv", "尺", "英", "footer"))
_TONNES = dict.fromkeys(("t", "mt", "mts", "ton", "tons", "tonne", "tonnes", "吨"), 1.0) | {"kg": 0.001, "kgs": 0.001}
_MOST_TONNES = 1000
"""More is `28,500` written for 28.5."""
_ONE = frozenset(("one", "a", "per", "each", "every", "一", "个", "每", "single"))


@dataclass(frozen=True, slots=True)
class Clash:
    """Two figures that cannot both be right, as `DN50 ≠ 4"`, and where they stand in the line."""

    words: str
    start: int
    end: int


Check = Callable[[Sequence[Token], SpecWords], Iterator[Clash]]


def sizes(line: Sequence[Token], words: SpecWords) -> Iterator[Clash]:
    """DN beside inches of one item that are more than one size apart, as `DN50 (4")`."""
    if any(token.text == '"' and not (at and line[at - 1].number) for at, token in enumerate(line)):
        return  # marks of a quotation, not inches
    for at in range(len(line) - 2):
        if line[at].text == "dn" and line[at + 1].number:
            dn, (inches, end) = line[at + 1], _inches(line, _after_link(line, at + 2))
            first = at
        elif (pair := _inches(line, at))[1] and _at(line, (mid := _after_link(line, pair[1]))) == "dn":
            inches, dn, end, first = pair[0], line[min(mid + 1, len(line) - 1)], mid + 2, at
        else:
            continue
        if not end or not dn.number or (first and line[first - 1].number):
            continue
        if _at(line, first - 1) in _RANGE | _INCH or _at(line, end) in _RANGE | {"dn"}:
            continue  # a range, or in a row of pairs the one half of another pair
        one, other = words.sizes.get(dn.value or 0), words.inches.get(inches)
        if one is not None and other is not None and abs(one - other) > 1:
            yield Clash(f'DN{dn.text} ≠ {shown(inches)}"', line[first].start, line[end - 1].end)


def ratings(line: Sequence[Token], words: SpecWords) -> Iterator[Clash]:
    """PN beside a pressure class of one item that are far apart, as `PN16/Class 900`."""
    for at in range(len(line) - 3):
        if line[at].text != "pn" or not line[at + 1].number or _at(line, at - 1) in _RANGE:
            continue
        mid = _after_link(line, at + 2)
        if _at(line, mid) == "class" and mid + 1 < len(line):
            end, rated = mid + 2, line[mid + 1]
        elif _at(line, mid + 1) in ("lb", "lbs", "#"):
            end, rated = mid + 2, line[mid]
        else:
            continue
        span = words.classes.get(rated.value or 0)
        value = line[at + 1].value
        if span is None or value is None or _at(line, end) in _RANGE:
            continue
        if not span[0] <= value <= span[1]:
            yield Clash(f"PN{line[at + 1].text} ≠ Class {rated.text}", line[at].start, line[end - 1].end)


def loads(line: Sequence[Token], words: SpecWords) -> Iterator[Clash]:
    """More tonnes in a container than any of its length carries, as `40 t in one 20' container`."""
    boxes = [at for at, token in enumerate(line) if token.value in words.containers and _at(line, at + 1) in _FEET]
    weights = [at for at, token in enumerate(line) if token.number and _at(line, at + 1) in _TONNES]
    if len(boxes) != 1 or len(weights) != 1:
        return
    box, weight = boxes[0], weights[0]
    low, high = min(box, weight) + 2, max(box, weight)
    between = line[low:high]
    count = _count(line, box)
    if high - low > 8 or count is None or not all(_is_link(token) for token in between):
        return
    if _at(line, weight - 1) in _RANGE or _at(line, weight + 2) in _RANGE:
        return
    tonnes = (line[weight].value or 0.0) * _TONNES[_at(line, weight + 1)]
    most = words.containers[line[box].value or 0]
    if most * count < tonnes < _MOST_TONNES * count:
        text = f"{shown(tonnes)} t ≠ {shown(count)} x {line[box].text}'"
        yield Clash(text, line[min(box, weight)].start, line[max(box, weight) + 1].end)


def lumens(line: Sequence[Token], words: SpecWords) -> Iterator[Clash]:
    """More light than the watts can give, as `5000 lm` beside `12 W`, where the line has one of each."""
    watts = _lone(line, frozenset(("w", "watt", "watts", "瓦")))
    light = _lone(line, frozenset(("lm", "lumen", "lumens", "流")))
    if watts is None or light is None:
        return
    if watts.value and light.value and light.value > words.lumens * watts.value:
        first, last = sorted((watts, light), key=lambda token: token.start)
        yield Clash(f"{light.text} lm ≠ {watts.text} W", first.start, last.end)


def fibres(line: Sequence[Token], words: SpecWords) -> Iterator[Clash]:
    """Parts of one fabric that are more than the whole, as `65% cotton 45% polyester`."""
    at = 0
    while at < len(line):
        run: list[tuple[float, str, int]] = []
        first = at
        while (part := _part(line, at, words)) is not None:
            run.append(part)
            at = _after_link(line, part[2], ("/", "+", "and", "&"))
        at = max(at, first + 1)
        total = total_of([share for share, _, _ in run])
        if len(run) < 2 or len({name for _, name, _ in run}) < len(run) or total <= 101:
            continue
        if not any(share >= 100 for share, _, _ in run) and not _has_whole(run):
            text = " + ".join(f"{shown(share)}%" for share, _, _ in run)
            yield Clash(f"{text} = {shown(total)}% ≠ 100%", line[first].start, line[run[-1][2] - 1].end)


CHECKS: tuple[Check, ...] = (sizes, ratings, loads, lumens, fibres, lambda line, words: _products(line, words))


def _products(line: Sequence[Token], words: SpecWords) -> Iterator[Clash]:
    for text, first, last in products(line, words.units):
        yield Clash(text, line[first].start, line[last].end)


def _at(line: Sequence[Token], at: int) -> str:
    """The token at a place, "" outside the line. A number is its digits."""
    return line[at].text if 0 <= at < len(line) else ""


def _after_link(line: Sequence[Token], at: int, links: Sequence[str] = ("(", "/", "=")) -> int:
    return at + 1 if _at(line, at) in links else at


def _inches(line: Sequence[Token], at: int) -> tuple[float, int]:
    """The inches from a place on and where they end, as `2"`, `1/2"`, `1 1/2 inch`; (0, 0) if there are none."""
    if not 0 <= at < len(line) or not line[at].number or line[at].value is None:
        return 0.0, 0
    value, end = line[at].value or 0.0, at + 1
    if _at(line, end) == "/" and end + 1 < len(line) and line[end + 1].value:
        value, end = value / (line[end + 1].value or 1), end + 2
    else:
        start = end + 1 if _at(line, end) == "-" else end
        if _at(line, start + 1) == "/" and start + 2 < len(line) and line[start].value and line[start + 2].value:
            value, end = value + (line[start].value or 0) / (line[start + 2].value or 1), start + 3
    if _at(line, end) in _INCH:
        return value, end + 1
    return (value, end + 2) if _at(line, end) == "英" and _at(line, end + 1) == "寸" else (0.0, 0)


def _count(line: Sequence[Token], box: int) -> float | None:
    """How many containers `2 x 20'`, `one 20'` are; None where nothing says it."""
    before = _at(line, box - 1)
    if before in ("x", "*") and box >= 2:
        return line[box - 2].value
    return 1.0 if before in _ONE else None


def _is_link(token: Token) -> bool:
    return token.number or token.text in _LINKS or token.text in _FEET


def _lone(line: Sequence[Token], units: frozenset[str]) -> Token | None:
    """The number of the only figure with this unit, where it is no range, product or rate; None otherwise."""
    there = [at for at in range(len(line) - 1) if line[at + 1].text in units]
    if len(there) != 1 or not line[there[0]].number:
        return None
    at = there[0]
    after = at + 3 if _at(line, at + 1) == "流" else at + 2
    stops = _RANGE | {"per", "each", "+"}
    return None if _at(line, at - 1) in stops or _at(line, after) in stops else line[at]


def _part(line: Sequence[Token], at: int, words: SpecWords) -> tuple[float, str, int] | None:
    """A share of a fabric from a place on: percent, fibre, where it ends."""
    if at + 2 >= len(line) or not line[at].number or line[at].value is None or line[at + 1].text != "%":
        return None
    rest = "".join(token.text for token in line[at + 2 : at + 5]) if not line[at + 2].text.isascii() else ""
    for fibre in words.fibres:
        if line[at + 2].text == fibre:
            return line[at].value or 0.0, fibre, at + 3
        if rest and rest.startswith(fibre):
            return line[at].value or 0.0, fibre, at + 2 + len(fibre)
    return None


def _has_whole(run: list[tuple[float, str, int]]) -> bool:
    """The first of the shares are a whole fabric, the rest belong to another one."""
    total = 0.0
    for share, _, _ in run:
        total += share
        if 99 <= total <= 101:
            return True
    return False
