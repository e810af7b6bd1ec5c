"""The ways in which a pattern can match, as far as words show them: put together from those of its pieces."""

from __future__ import annotations

from typing import NamedTuple

Clause = frozenset[str]
"""Words of which a match holds at least one."""

UNBOUNDED = 1 << 30
MOST = 48
"""Most texts of one part that are spelled out."""
EDGE = "\0"
"""Stands for a word edge until its neighbours are known. No mail holds it: control characters are dropped."""
_WAYS = 16
"""Most ways of one pattern that are told apart. With more, the strongest clause of each is all that is looked for."""


class Way(NamedTuple):
    """One way to match a piece of a pattern: texts of each part in this order, anything between the parts.

    With one part the match is exactly one of its texts; else the first part starts the match and the last ends it, and
    either may be nothing. `gaps`: the most bytes between two parts.
    """

    parts: tuple[Clause, ...]
    gaps: tuple[int, ...] = ()

    @property
    def longest(self) -> int:
        """Bytes of the longest match."""
        return sum(map(longest_of, self.parts)) + sum(self.gaps)


def longest_of(part: Clause) -> int:
    """Bytes of the longest text of a part."""
    return max(len(text.replace(EDGE, "").encode()) for text in part)


def tells(part: Clause) -> bool:
    """Whether a part asks for anything."""
    return all(text.strip(EDGE) for text in part)


NOTHING = frozenset(("",))


def exactly(*texts: str) -> Way:
    """One of these texts."""
    return Way((frozenset(texts),))


def anything(longest: int) -> Way:
    """Text that nothing is known of."""
    return Way((NOTHING, NOTHING), (longest,))


EMPTY = exactly("")


def either(ways: list[Way]) -> list[Way]:
    """One of these. Those of exact texts become one, if they are few."""
    exact = [way for way in ways if len(way.parts) == 1]
    if len(exact) > 1:
        texts = frozenset[str]().union(*(way.parts[0] for way in exact))
        if len(texts) <= MOST:
            others = [way for way in ways if len(way.parts) > 1]
            ways = [Way((texts,)), *others]
    return ways if len(ways) <= _WAYS else [_strongest(ways)]


def _strongest(ways: list[Way]) -> Way:
    """What one way of all of them needs: the strongest part of each."""
    longest = max(way.longest for way in ways)
    best: set[str] = set()
    for way in ways:
        telling = [part for part in way.parts if tells(part)]
        if not telling:
            return anything(longest)
        best |= max(telling, key=_strength)
    return Way((NOTHING, frozenset(best), NOTHING), (longest, longest))


def joined(first: list[Way], then: list[Way]) -> list[Way]:
    """One of the first, and right behind it one of the others."""
    while len(first) * len(then) > _WAYS:
        first, then = ([_strongest(first)], then) if len(first) > len(then) else (first, [_strongest(then)])
    return [_followed(one, other) for one in first for other in then]


def _followed(one: Way, other: Way) -> Way:
    end, start = one.parts[-1], other.parts[0]
    if len(end) * len(start) > MOST:
        return Way(one.parts + other.parts, (*one.gaps, 0, *other.gaps))
    touching = frozenset(head + tail for head in end for tail in start)
    return Way((*one.parts[:-1], touching, *other.parts[1:]), one.gaps + other.gaps)


def _strength(clause: Clause) -> tuple[int, int]:
    """How telling a clause is: longer words are rarer; of equals, fewer."""
    return min(len(word.encode()) for word in clause), -len(clause)
