"""A mail as units: its sentences, neighbours, and the closer look at long sentences and runs of short lines."""

from __future__ import annotations

from typing import NamedTuple

from server.meaning.closer import closer
from server.meaning.units import Sentence, sentence_at, spoken, units
from server.rulebook.meeting import Piece


class Cut(NamedTuple):
    """What there is to listen to."""

    found: list[Sentence]
    """Sentences, then the places that the closer look adds."""
    groups: list[tuple[int, ...]]
    """Units: indices of `found`."""
    usual: int
    """How many units come before those of the closer look."""
    made_of: list[tuple[int, ...]]
    """For each of `found` the sentences that it is made of."""
    is_whole: bool
    """Whether all sentences are there."""


def cut(piece: Piece) -> Cut:
    """The units of a text."""
    ranges, is_whole = spoken(piece)
    found = [sentence_at(piece, start, end) for start, end in ranges]
    groups = units(found)
    usual = len(groups)
    made_of = [(index,) for index in range(len(found))]
    places, more = closer(piece, found)
    groups += [tuple(len(found) + place for place in group) for group in more]
    found += [place.sentence for place in places]
    made_of += [place.of for place in places]
    return Cut(found, groups, usual, made_of, is_whole)
