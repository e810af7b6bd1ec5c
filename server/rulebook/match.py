"""Finds the phrases of all sets in the newest part of a mail, and shows each in its original wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from server.model import Quote
from server.rulebook.cut import fit, whole_words
from server.rulebook.engine import Engine
from server.rulebook.meeting import Hit, Piece, meet
from server.rulebook.normalise import Normal
from server.rulebook.rule import Meeting, PhraseSet

HEAD, TAIL, SUBJECT = 32_768, 16_384, 1_024
"""Code points that are scanned: first and last of the newest part, first of the subject. They bound the worst case."""
HITS = 8
QUOTE = 200

_OTHER_SCRIPT = re.compile("[^\\W\\d_a-zA-Z\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CJK = re.compile("[\u3400-\u9fff]")
_ASCII = re.compile("[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the quotes of every set that was hit. `scripts` names the writing seen: latin, cjk, other."""

    quotes: dict[str, tuple[Quote, ...]] = field(default_factory=dict[str, "tuple[Quote, ...]"])
    scanned: bool = False
    """A body was there to be read. The subject alone can show a phrase, but not that there is none."""
    scripts: frozenset[str] = frozenset()


class HasScanner(Protocol):
    """What `find` needs of a rulebook."""

    @property
    def scanner(self) -> Scanner:
        """The compiled phrases."""
        ...


def find(rulebook: HasScanner, subject: str | None, text: str | None, spans: Sequence[tuple[int, int]]) -> Found:
    """The phrases in the subject and in `spans` (the newest part) of `text`. Offsets count code points of the original.

    Spans are joined as if a blank line stood between them. Meeting sets are evaluated too.
    """
    return rulebook.scanner.find(subject, text, spans)


class Scanner:
    """All phrase sets, compiled once."""

    def __init__(
        self,
        sets: Sequence[PhraseSet],
        meetings: Sequence[Meeting],
        normalise: Callable[[str], Normal],
        sample: Sequence[str] = (),
    ) -> None:
        """`meetings` stand in an order in which each comes after the sets that it is made of.

        `sample`: texts such as mails are made of; to know which words are common makes the search faster.
        """
        self._normalise = normalise
        self._meetings = [(meeting, frozenset(meeting.meets)) for meeting in meetings]
        rows = [(phrase_set.id, source) for phrase_set in sets for _, source in phrase_set.patterns]
        self._owner = [owner for owner, _ in rows]
        texts = "\n".join(normalise(text).text for text in sample)
        self._engine = Engine([source for _, source in rows], texts.encode())

    def find(self, subject: str | None, text: str | None, spans: Sequence[tuple[int, int]]) -> Found:
        """See `find` of this module."""
        pieces: list[Piece] = []
        if subject:
            pieces.append(self.piece("subject", subject, [(0, min(len(subject), SUBJECT))]))
        kept = capped(spans) if text else []
        if text and kept:
            pieces.append(self.piece("body", text, kept))
        hits: dict[str, list[Hit]] = {}
        for number, piece in enumerate(pieces):
            self._scan(number, piece, hits)
        hits = {name: _merged(found) for name, found in hits.items()}
        for meeting, parts in self._meetings:
            if not parts <= hits.keys():
                continue
            together = meet(meeting, hits, pieces)
            if together:
                hits[meeting.id] = _merged(together)[:HITS]
        quotes = {name: tuple(_quote(pieces[hit.piece], hit) for hit in found) for name, found in hits.items()}
        body = "".join(text[start:end] for start, end in kept) if text else ""
        return Found(quotes, text is not None, _scripts(body))

    def piece(self, part: Literal["subject", "body"], text: str, spans: Sequence[tuple[int, int]]) -> Piece:
        """Some ranges of a text in normal form, as if a blank line stood between them."""
        joined: list[str] = []
        places: list[int] = []
        shifts: list[int] = []
        size = 0
        for start, end in spans:
            places.append(size)
            shifts.append(start - size)
            joined.append(text[start:end])
            size += end - start + 2
        return Piece(part, text, self._normalise("\n\n".join(joined)), places, shifts)

    def _scan(self, number: int, piece: Piece, hits: dict[str, list[Hit]]) -> None:
        text = piece.normal.text
        data = text.encode()
        found = self._engine.search(data, HITS)
        place = _characters(text, data, found)
        for index, start, end in found:
            hits.setdefault(self._owner[index], []).append(Hit(number, place(start), place(end)))


def capped(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans' first HEAD and last TAIL code points, in order; all of them if they are no more than both."""
    kept = [(start, end) for start, end in spans if end > start]
    if sum(end - start for start, end in kept) <= HEAD + TAIL:
        return kept
    head: list[tuple[int, int]] = []
    room = HEAD
    for start, end in kept:
        if room <= 0:
            break
        head.append((start, min(end, start + room)))
        room -= end - start
    tail: list[tuple[int, int]] = []
    room = TAIL
    for start, end in reversed(kept):
        if room <= 0:
            break
        tail.append((max(start, end - room), end))
        room -= end - start
    return head + tail[::-1]


def _characters(text: str, data: bytes, found: Sequence[tuple[int, int, int]]) -> Callable[[int], int]:
    """From byte to character offsets, for the offsets that occur, in one pass."""
    if len(text) == len(data) or not found:
        return lambda offset: offset
    wanted = sorted({offset for _, *span in found for offset in span})
    table: dict[int, int] = {}
    before = count = 0
    for offset in wanted:
        count += len(data[before:offset].decode())
        table[offset] = count
        before = offset
    return table.__getitem__


def _merged(hits: list[Hit]) -> list[Hit]:
    """In order of place; of hits that overlap, the earliest (of two that start together, the longer)."""
    if len(hits) == 1:
        return hits
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.piece, hit.start, -hit.end)):
        if not kept or kept[-1].piece != hit.piece or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _quote(piece: Piece, hit: Hit) -> Quote:
    """A hit in its original wording, with whole words, cut between words to QUOTE code points."""
    start = piece.original(piece.normal.start(hit.start))
    end = piece.original(piece.normal.end(hit.end - 1) - 1) + 1
    start, end = whole_words(piece.text, start, end)
    if end - start > QUOTE:
        end = start + fit(piece.text[start : start + QUOTE + 1], QUOTE)
    return Quote(piece.part, piece.text[start:end], start, end, piece.sentence(hit.start))


def _scripts(text: str) -> frozenset[str]:
    """The writing that letters of the text belong to."""
    if text.isascii():
        return frozenset(("latin",)) if _ASCII.search(text) else frozenset()
    seen = "".join(set(text))
    found = {"cjk": _CJK, "latin": _ASCII, "other": _OTHER_SCRIPT}
    return frozenset(name for name, pattern in found.items() if pattern.search(seen))
