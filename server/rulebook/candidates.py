"""Which patterns may match a text at all, and where, by the words that they cannot do without."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
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
_FAR = 2560
"""Bytes beyond which it is not worth asking whether two words stand together."""
_WORTH = 4.0
"""To ask for one more word saves a run of its pattern, which takes as long as finding so many words."""


class _Way(NamedTuple):
    """One way of a pattern: its clauses but the one that starts the look at it, and how far from that they may be.

    In pieces, less than 0 for those that come before it; 0 if it is too far to be worth asking.
    """

    pattern: int
    others: tuple[tuple[int, int], ...]


class _Need(NamedTuple):
    """One way of a pattern with its clauses as numbers of words: as sets of words they are many times as large."""

    clauses: tuple[tuple[int, ...], ...]
    offsets: tuple[int, ...]
    longest: int


class Candidates:
    """The words of all patterns, found all at once."""

    def __init__(self, sources: Sequence[str], sample: bytes, options: Any) -> None:
        """`sample`: text that shows how often words stand in mails, normalised; it only makes searching faster."""
        self.always: list[int] = []
        """Patterns of which nothing is known: they must be run."""
        self.reach: list[tuple[int, int]] = []
        """Bytes from a word that is found to the start and to the end of a pattern's match, at most."""
        words: dict[str, int] = {}
        needed = [[_numbered(need, words) for need in needs_of(source)] for source in sources]
        self._ways: list[_Way] = []
        self._started: list[tuple[int, ...]] = [()] * len(words)
        """The ways that each word starts the look at. Words of one clause share theirs: there are 45,000 words."""
        self._clauses: list[frozenset[int]] = []
        rate = rates(words, sample, options)
        asked = bytearray(len(words))
        clauses: dict[tuple[int, ...], int] = {}
        for index, needs in enumerate(needed):
            if not needs:
                self.always.append(index)
            reach = [self._add_way(index, need, rate, asked, clauses) for need in needs]
            self.reach.append((max((low for low, _ in reach), default=0), max((high for _, high in reach), default=0)))
        self._forms: list[tuple[Words, array[int]]] = []
        for of_form in (True, False):
            chosen = {word: number for word, number in words.items() if asked[number] and is_edged(word) is of_form}
            self._forms.append((Words(list(chosen), options), array("I", chosen.values())))

    def _add_way(
        self,
        index: int,
        need: _Need,
        rate: Sequence[float],
        asked: bytearray,
        clauses: dict[tuple[int, ...], int],
    ) -> tuple[int, int]:
        """Bytes from the word that starts the look to the start and to the end of a match, at most."""
        rates = [sum(rate[word] for word in clause) for clause in need.clauses]
        first = rates.index(min(rates))
        here = (len(self._ways),)
        others: list[tuple[int, int]] = []
        for place, clause in enumerate(need.clauses):
            if place != first and rates[place] > _WORTH * min(1.0, 3 * rates[first]):
                continue  # to look for it costs more than it spares
            for word in clause:
                asked[word] = True
            if place == first:
                for word in clause:
                    before = self._started[word]
                    self._started[word] = before + here if before else here
                continue
            if clause not in clauses:
                clauses[clause] = len(self._clauses)
                self._clauses.append(frozenset(clause))
            far = abs(need.offsets[place] - need.offsets[first]) + _EDGES
            pieces = (far >> _SHIFT) + 1 if far < _FAR else 0
            others.append((clauses[clause], pieces if place > first else -pieces))
        self._ways.append(_Way(index, tuple(others)))
        return need.offsets[first] + _EDGES, need.longest - need.offsets[first] + _EDGES

    def find(self, text: bytes) -> dict[int, int]:
        """The patterns whose words stand together, with the pieces of text (as bits) where the rarest of them do."""
        forms = edged(text), unwrapped(text)
        places = self._places(forms)
        near: dict[int, int] = {}
        started = self._started
        for number, pieces in places.items():
            for way in started[number]:
                near[way] = near.get(way, 0) | pieces
        candidates: dict[int, int] = {}
        of_clause: dict[int, int] = {}
        ways = self._ways
        for way, pieces in near.items():
            pattern, others = ways[way]
            for clause, reach in others:
                there = of_clause.get(clause)
                if there is None:
                    there = of_clause[clause] = self._pieces(clause, places)
                if not there:
                    break
                if reach:
                    pieces &= _within(there, reach)
                    if not pieces:
                        break
            else:
                candidates[pattern] = candidates.get(pattern, 0) | pieces
        return candidates

    def _places(self, forms: tuple[bytes, bytes]) -> dict[int, int]:
        """The words of a text, with the pieces of it that they start in."""
        places: dict[int, int] = {}
        known = places.get
        for form, (words, numbers) in zip(forms, self._forms, strict=True):
            bits = (1 << max(1, words.blur >> _SHIFT)) - 1
            for word, start, _ in words.find(form):
                number = numbers[word]
                places[number] = known(number, 0) | bits << (start >> _SHIFT)
        return places

    def _pieces(self, clause: int, places: dict[int, int]) -> int:
        """The pieces of text that hold a word of a clause."""
        pieces = 0
        for number in places.keys() & self._clauses[clause]:
            pieces |= places[number]
        return pieces


def _within(pieces: int, reach: int) -> int:
    """The pieces that are at most `reach` before one of these (behind it, if less than 0), or one to its other side."""
    wide = pieces | (pieces << 1 if reach > 0 else pieces >> 1)
    for _ in range(reach):
        pieces >>= 1
        wide |= pieces
    for _ in range(-reach):
        pieces <<= 1
        wide |= pieces
    return wide


def _numbered(need: Need, words: dict[str, int]) -> _Need:
    """A way with its words as numbers; new words are added to those that are known."""
    clauses = (sorted(words.setdefault(word, len(words)) for word in clause) for clause in need.clauses)
    return _Need(tuple(map(tuple, clauses)), need.offsets, need.longest)
