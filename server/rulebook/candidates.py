"""Which patterns may match a text at all, and where, by the words that they cannot do without."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from server.rulebook.forms import edged, is_edged, unwrapped
from server.rulebook.needs import Need, needs_of
from server.rulebook.rarity import rates
from server.rulebook.words import Words

_SHIFT = 5
PIECE = 1 << _SHIFT
"""Bytes. The places of words are kept by pieces of the text, as the bits of a number."""
_EDGES = 4
"""Bytes by which a word with its edges may reach beyond a match, and by which places in both forms are shifted."""
_FAR = 80
"""Pieces beyond which it is not worth asking whether two words stand together."""
_WORTH = 4.0
"""To ask for one more word saves a run of its pattern, which takes as long as finding so many words."""


class _Way(NamedTuple):
    """One way of a pattern: its other clauses, with whether they come behind the one that starts the look at it."""

    pattern: int
    longest: int
    others: tuple[tuple[int, bool], ...]


class Candidates:
    """The words of all patterns, found all at once."""

    def __init__(self, sources: Sequence[str], sample: bytes, options: Any) -> None:
        """`sample`: text that shows how often words stand in mails, normalised; it only makes searching faster."""
        self.always: list[int] = []
        """Patterns of which nothing is known: they must be run."""
        self.longest: list[int] = []
        """Bytes from any word of a pattern to the ends of its match, at most."""
        self._ways: list[_Way] = []
        self._started: list[list[int]] = []
        """The ways that each word starts the look at."""
        self._clauses: list[frozenset[int]] = []
        numbers: dict[str, int] = {}
        clauses: dict[frozenset[str], int] = {}
        needed = [needs_of(source) for source in sources]
        words = {word for needs in needed for need in needs for clause in need.clauses for word in clause}
        rate = rates(sorted(words), sample, options)
        for index, needs in enumerate(needed):
            self.longest.append(max((need.longest for need in needs), default=0) + _EDGES)
            if not needs:
                self.always.append(index)
            for need in needs:
                self._add_way(index, need, rate, numbers, clauses)
        self._forms: list[tuple[Callable[[bytes], bytes], Words, list[int]]] = []
        for form, of_form in ((edged, True), (unwrapped, False)):
            chosen = [word for word in numbers if is_edged(word) is of_form]
            self._forms.append((form, Words(chosen, options), [numbers[word] for word in chosen]))

    def _add_way(
        self,
        index: int,
        need: Need,
        rate: Mapping[str, float],
        numbers: dict[str, int],
        clauses: dict[frozenset[str], int],
    ) -> None:
        rates = [sum(rate[word] for word in clause) for clause in need.clauses]
        first = rates.index(min(rates))
        others: list[tuple[int, bool]] = []
        for place, clause in enumerate(need.clauses):
            if place != first and rates[place] > _WORTH * min(1.0, 3 * rates[first]):
                continue  # to look for it costs more than it spares
            for word in clause:
                if numbers.setdefault(word, len(self._started)) == len(self._started):
                    self._started.append([])
            if place == first:
                for word in clause:
                    self._started[numbers[word]].append(len(self._ways))
                continue
            if clause not in clauses:
                clauses[clause] = len(self._clauses)
                self._clauses.append(frozenset(numbers[word] for word in clause))
            others.append((clauses[clause], place > first))
        self._ways.append(_Way(index, need.longest + _EDGES, tuple(others)))

    def find(self, text: bytes) -> dict[int, int]:
        """The patterns whose words stand together, with the pieces of text (as bits) where the rarest of them do."""
        places: dict[int, int] = {}
        known = places.get
        for form, words, numbers in self._forms:
            bits = (1 << max(1, words.blur >> _SHIFT)) - 1
            for word, start, _ in words.find(form(text)):
                number = numbers[word]
                places[number] = known(number, 0) | bits << (start >> _SHIFT)
        near: dict[int, int] = {}
        started = self._started
        for number, pieces in places.items():
            for way in started[number]:
                near[way] = near.get(way, 0) | pieces
        candidates: dict[int, int] = {}
        of_clause: dict[int, int] = {}
        ways = self._ways
        for way, pieces in near.items():
            pattern, longest, others = ways[way]
            for clause, behind in others:
                there = of_clause.get(clause)
                if there is None:
                    there = of_clause[clause] = self._pieces(clause, places)
                if not there:
                    break
                reach = (longest >> _SHIFT) + 1
                if reach < _FAR:
                    pieces &= _reached(there, reach, behind)
                    if not pieces:
                        break
            else:
                candidates[pattern] = candidates.get(pattern, 0) | pieces
        return candidates

    def _pieces(self, clause: int, places: dict[int, int]) -> int:
        """The pieces of text that hold a word of a clause."""
        pieces = 0
        for number in places.keys() & self._clauses[clause]:
            pieces |= places[number]
        return pieces


def _reached(pieces: int, reach: int, behind: bool) -> int:
    """The pieces that are at most `reach` before one of these, or behind it, and one to its other side."""
    if behind:
        wide = pieces | pieces << 1
        for _ in range(reach):
            pieces >>= 1
            wide |= pieces
    else:
        wide = pieces | pieces >> 1
        for _ in range(reach):
            pieces <<= 1
            wide |= pieces
    return wide
