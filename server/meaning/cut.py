"""A mail as units: its sentences, neighbours, and the closer look at long sentences and runs of short lines."""

from __future__ import annotations

from collections.abc import Set
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
    """The units of a text, without the closer look."""
    ranges, is_whole = spoken(piece)
    found = [sentence_at(piece, start, end) for start, end in ranges]
    groups = units(found)
    return Cut(found, groups, len(groups), [(index,) for index in range(len(found))], is_whole)


def looked_at(piece: Piece, parts: Cut, suspected: Set[int]) -> Cut:
    """The same with a closer look: at lines that run on, and at the sentences (by index) that are suspected."""
    places, more = closer(piece, parts.found, suspected)
    return parts._replace(
        found=parts.found + [place.sentence for place in places],
        groups=parts.groups + [tuple(len(parts.found) + place for place in group) for group in more],
        made_of=parts.made_of + [place.of for place in places],
    )
