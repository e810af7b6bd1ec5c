"""Cuts the newest part of a mail into sentences, and these into units: one sentence, or neighbours together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.model import Quote
from server.rulebook.meeting import Piece

MOST_SENTENCES = 80
MOST_UNITS = 200
MOST_CHARS = 400
"""Code points of a unit's normal form. With the other two figures it bounds the time a mail can take."""
_FROM_THE_END = 20
"""Of too many sentences, so many are the last ones."""
_QUOTE = 200
_SHORT = 12
"""A shorter piece says nothing by itself: it joins its neighbour in a pair only."""
_THREE = 140
"""Three neighbours are a unit if they are no longer than this: a sentence written over several lines."""
_END = re.compile(r"[!?;。\n]|\.(?=[ \n]|\Z)")
_ABBREVIATIONS = (
    "mr mrs ms dr st no nos art ref tel fax ext co ltd inc corp attn approx est dept e.g i.e etc vs fig qty"
    " sr sra srs sras núm nº bzw z.b ca d.h inkl exkl nr str gmbh ул г стр тел ing lic cia cía s.a m.v"
)
_SHORTENED = frozenset(_ABBREVIATIONS.split())
_ENDS_LINE = frozenset(".!?;:。,")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its normal form as the encoder reads it, its range in the original text, and its number there."""

    text: str
    start: int
    end: int
    number: int
    at: int = 0
    """Where its normal form begins in that of the piece."""


def sentences(piece: Piece) -> list[Sentence]:
    """The sentences of a piece, the first 60 and the last 20 if there are more. Without letters nothing is said."""
    return [sentence_at(piece, start, end) for start, end in spoken(piece)[0]]


def spoken(piece: Piece) -> tuple[list[tuple[int, int]], bool]:
    """The ranges of `sentences` in the normal form, and whether they are all that there are."""
    text = piece.normal.text
    found: list[tuple[int, int]] = []
    for start, end in _ranges(piece):
        found += _cut(text, start, end)
    found = [(start, end) for start, end in found if any(char.isalpha() for char in text[start:end])]
    if len(found) <= MOST_SENTENCES:
        return found, True
    return found[: MOST_SENTENCES - _FROM_THE_END] + found[-_FROM_THE_END:], False


def sentence_at(piece: Piece, start: int, end: int) -> Sentence:
    """A range of the normal form as a sentence."""
    normal = piece.normal
    first, last = piece.original(normal.start(start)), piece.original(normal.end(end - 1) - 1) + 1
    return Sentence(normal.text[start:end].replace("\n", " "), first, last, piece.sentence(start), start)


def _ranges(piece: Piece) -> Iterator[tuple[int, int]]:
    text, start = piece.normal.text, 0
    for match in _END.finditer(text):
        end = match.end()
        if match[0] == "\n" and _runs_on(piece, match.start()):
            continue
        if match[0] == "." and _is_shortened(text, match.start()):
            continue
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _runs_on(piece: Piece, at: int) -> bool:
    """A line without an end mark, and a small letter after it: the sentence goes on."""
    text, normal = piece.text, piece.normal
    if at == 0 or at + 1 >= len(normal.text) or normal.text[at - 1] in _ENDS_LINE:
        return False
    return text[piece.original(normal.start(at + 1))].islower()


def _is_shortened(text: str, at: int) -> bool:
    """A full stop behind `mr`, `no`, an initial or a list's number ends no sentence."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    word = text[start:at].lstrip("(\"'")
    return word in _SHORTENED or (len(word) == 1 and word.isalpha()) or (len(word) <= 2 and word.isdigit())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n":
        end -= 1
    if end > start:
        yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence that is too long, cut at its last comma or space."""
    while end - start > MOST_CHARS:
        stop = start + MOST_CHARS
        at = max(text.rfind(mark, start + MOST_CHARS // 2, stop) for mark in (", ", ",", " "))
        at = at + 1 if at > 0 else stop
        yield from _trimmed(text, start, at)
        start = at
    yield from _trimmed(text, start, end)


def quoted(piece: Piece, first: Sentence, last: Sentence) -> Quote:
    """The place from one sentence to another, cut at 200 code points."""
    end = min(last.end, first.start + _QUOTE)
    return Quote("body", piece.text[first.start : end], first.start, end, first.number)


def units(found: Sequence[Sentence]) -> list[tuple[int, ...]]:
    """Sentences, neighbouring pairs, and threes of short ones, as indices; at most MOST_UNITS."""
    sizes = [len(sentence.text) for sentence in found]
    singles: list[tuple[int, ...]] = [(index,) for index, size in enumerate(sizes) if _is_enough(found[index], size)]
    pairs: list[tuple[int, ...]] = []
    threes: list[tuple[int, ...]] = []
    for index in range(len(found) - 1):
        if found[index + 1].number - found[index].number > 2:
            continue  # something was left out between them
        if sizes[index] + sizes[index + 1] <= MOST_CHARS:
            pairs.append((index, index + 1))
        if index + 2 < len(found) and sum(sizes[index : index + 3]) <= _THREE:
            threes.append((index, index + 1, index + 2))
    return [*singles, *pairs, *threes][:MOST_UNITS]


def _is_enough(sentence: Sentence, size: int) -> bool:
    return size >= _SHORT or (not sentence.text.isascii() and size >= _SHORT // 2)


def phrases_of(
    found: Sequence[Sentence], groups: Sequence[tuple[int, ...]], phrases: Mapping[str, Sequence[int]]
) -> list[frozenset[str]]:
    """For each unit the phrase sets with a hit that starts in it. `phrases`: where the hits of each set start."""
    places = sorted((start, name) for name, starts in phrases.items() for start in starts)
    starts = [start for start, _ in places]
    by_unit: list[frozenset[str]] = []
    for group in groups:
        low = bisect_left(starts, found[group[0]].start)
        high = bisect_left(starts, found[group[-1]].end)
        by_unit.append(frozenset(name for _, name in places[low:high]))
    return by_unit
