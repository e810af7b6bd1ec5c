"""A closer look where a move may hide: the clauses of long sentences, and sentences written over many short lines.

The heads learn from whole sentences. Honest clauses around a move, or its words in a list, would blur it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from server.meaning.units import Sentence, sentence_at
from server.rulebook.meeting import Piece

LONG = 160
"""Code points from which a sentence is looked at clause by clause; a Chinese letter counts as WIDE."""
WIDE = 2.5
CLAUSE = 24
"""A shorter clause joins the next one."""
WINDOW = 260
"""What clauses that stand together, or lines of a run, may measure in all."""
LINE = 70
"""A line no longer than this may be a part of a sentence."""
MOST = 100
"""Places looked at in one mail: with MOST_UNITS it bounds the time."""
_MARK = re.compile(r"(?:[,:] |[,，、：](?=[\u3400-\u9fff])| [-(])")
_BULLET = re.compile(r"(?:[-*•·–>+o]|[0-9a-z]{1,2}[.)])\s+")
_LOOSE = " ,:，、-("
_ENDED = frozenset(".!?;。！？；")


class Place(NamedTuple):
    """Something to look at, and the sentences that it is made of."""

    sentence: Sentence
    of: tuple[int, ...]


def closer(piece: Piece, found: Sequence[Sentence], suspected: Set[int]) -> tuple[list[Place], list[tuple[int, ...]]]:
    """Places to look at beside the sentences themselves, and which of them (by index) to look at together.

    `suspected`: the sentences (by index) whose clauses are worth it. Lines are read in any case: no part of a sentence
    that is written over many of them need sound like anything.
    """
    places: list[Place] = []
    groups: list[tuple[int, ...]] = []
    for run in _runs(found):
        groups.append((len(places),))
        places.append(run)
    for row in _clauses(piece, found, suspected):
        first, last = len(places), len(places) + len(row)
        places += row
        for count in (1, 2, 3):
            groups += [tuple(range(at, at + count)) for at in range(first, last - count + 1) if count < len(row)]
    groups = [group for group in groups if group[-1] < MOST]
    return places[:MOST], [g for g in groups if sum(_width(places[i].sentence.text) for i in g) <= WINDOW]


def _width(text: str) -> float:
    return len(text) + (WIDE - 1) * sum(char >= "\u2e80" for char in text) if not text.isascii() else len(text)


def _clauses(piece: Piece, found: Sequence[Sentence], suspected: Set[int]) -> Iterator[list[Place]]:
    """The clauses of each long sentence, in one row even where it was too long for one unit."""
    for _, same in groupby(range(len(found)), key=lambda index: found[index].number):
        row = list(same)
        if suspected.isdisjoint(row) or sum(_width(found[index].text) for index in row) < LONG:
            continue
        places: list[Place] = []
        for index in row:
            sentence = found[index]
            cuts = _cuts(sentence.text)
            for first, last in pairwise(cuts):
                part = sentence.text[first:last].rstrip(_LOOSE)
                if part:
                    at = sentence.at + first
                    places.append(Place(sentence_at(piece, at, at + len(part)), (index,)))
        if len(places) > 1:
            yield places


def _cuts(text: str) -> list[int]:
    """Where the clauses begin, and the end of the last one."""
    cuts = [0]
    for match in _MARK.finditer(text):
        if _width(text[cuts[-1] : match.start()]) >= CLAUSE and _width(text[match.end() :]) >= CLAUSE:
            cuts.append(match.end())
    return [*cuts, len(text)]


def _runs(found: Sequence[Sentence]) -> Iterator[Place]:
    """Short lines without an end mark that follow each other, as one sentence without their bullets."""
    first = 0
    while first < len(found):
        last = first
        while last + 1 < len(found) and _goes_on(found[last]) and len(found[last + 1].text) <= LINE:
            last += 1
        if last > first:
            yield from _windows(found, first, last)
        first = last + 1


def _goes_on(sentence: Sentence) -> bool:
    return len(sentence.text) <= LINE and sentence.text[-1] not in _ENDED


def _windows(found: Sequence[Sentence], first: int, last: int) -> Iterator[Place]:
    """The run, or windows of it that overlap by half."""
    texts = [_BULLET.sub("", found[index].text, count=1) for index in range(first, last + 1)]
    sizes = list(accumulate((_width(text) + 1 for text in texts), initial=0.0))
    start = 0
    while start < len(texts):
        stop = start + 1
        while stop < len(texts) and sizes[stop + 1] - sizes[start] <= WINDOW:
            stop += 1
        if stop - start >= 2:
            whole = tuple(range(first + start, first + stop))
            glue = "" if texts[start][-1:] >= "\u2e80" else " "
            text = glue.join(texts[start:stop])
            yield Place(Sentence(text, found[whole[0]].start, found[whole[-1]].end, found[whole[0]].number), whole)
        if stop == len(texts):
            return
        start = max(start + 1, (start + stop) // 2)
