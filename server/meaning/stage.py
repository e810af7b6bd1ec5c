"""The meaning stage as the vetting sees it: off, loading, or at work. Loading needs two seconds, so it has a thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TypeVar

from server.lean import settle
from server.meaning.customer import miss_customer, put_customer
from server.meaning.deal_facts import miss_deal_signs, put_deal_signs
from server.meaning.deal_heads import DealHeads, read_deal_heads
from server.meaning.encoder import Encoder, load_encoder
from server.meaning.heads import HeadsError, read_heads
from server.meaning.hits import Hit
from server.meaning.reading import Read, Reader
from server.meaning.tenor import Tenor, read_tenor
from server.model import Evidence, Sounds, Why
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED
from server.rulebook.match import capped

_FEW_WORDS = 20
_TENOR = ("tenor", "business_tenor", "telling")
_LETTER = 3_000
"""Code points up to which a text is a letter. Newsletters are longer, and the tenor was learned from letters."""

Beside = TypeVar("Beside", DealHeads, Tenor)
log = logging.getLogger("backtone.meaning")


class Loading:
    """Encoder and heads, loaded once a process in the background. New heads count from the next start on."""

    def __init__(self, load: Callable[[], Encoder | None] = load_encoder, folder: Path = SHIPPED) -> None:
        self._load = load
        self._folder = folder
        self._reader: Reader | None = None
        self._thread = Thread(target=self._run, name="meaning", daemon=True)

    def start(self, *, wait: bool = False) -> Loading:
        """Begin to load. `wait`: return when it is done."""
        self._thread.start()
        if wait:
            self._thread.join()
        return self

    def _run(self) -> None:
        try:
            heads = read_heads(self._folder)
        except HeadsError as error:
            log.warning("meaning is off: %s", error)
            return
        encoder = self._load() if heads else None
        if heads is None or encoder is None:
            log.info("meaning is off: %s", "no heads" if heads is None else "the encoder is not installed")
        elif encoder.name != heads.encoder:
            log.warning("meaning is off: heads were made with %s, not %s", heads.encoder, encoder.name)
        else:
            deals = self._beside("signs of a deal", read_deal_heads, encoder)
            self._reader = Reader(heads, encoder, deals, self._beside("tenor", read_tenor, encoder))
            settle()

    def _beside(self, name: str, read: Callable[[Path], Beside | None], encoder: Encoder) -> Beside | None:
        """What is learned beside the moves. Without it they are found all the same."""
        try:
            found = read(self._folder)
        except HeadsError as error:
            log.warning("%s: off: %s", name, error)
            return None
        if found is not None and found.encoder != encoder.name:
            log.warning("%s: off: made with %s, not %s", name, found.encoder, encoder.name)
            return None
        return found

    def reader(self, wait_s: float = 0.0) -> Reader | None:
        """The reader; None if it cannot be had, or not within `wait_s` seconds."""
        if self.pending and wait_s > 0:
            self._thread.join(wait_s)
        return self._reader

    @property
    def pending(self) -> bool:
        """Whether it still loads."""
        return self._thread.is_alive()


@cache
def shared_loading() -> Loading:
    """The one loading of this process, begun at the first call: rule books come and go, the encoder stays."""
    return Loading().start()


class Meaning:
    """Adds the moves of a mail to its evidence."""

    def __init__(self, rulebook: Rulebook, loading: Loading) -> None:
        self._book = rulebook
        self._loading = loading
        self._vetoes = {move.id: move.unless for move in rulebook.moves if move.unless}

    def add(self, text: str | None, evidence: Evidence, *, until: float) -> bool:
        """Put every fact `moves.*` and `hints.*` into the evidence, or why it is not there.

        False while the encoder still loads. `until` (monotonic clock): how long to wait for it.
        """
        why = _why_not(text, evidence)
        if text is None or why is not None:
            self._miss(evidence, why or "not_given")
            return True
        reader = self._loading.reader(until - monotonic())
        if reader is None:
            pending = self._loading.pending
            self._miss(evidence, "pending" if pending else "not_built")
            return not pending
        kept = capped(evidence.newest)
        piece = self._book.scanner.piece("body", text, kept)
        if _is_spelled_out(piece.normal.text):
            self._miss(evidence, "not_covered")
            return True
        read = reader.read(piece, _starts(evidence), self._vetoes, of_trade=self._of_trade(evidence))
        hits = read.hits
        is_whole = read.is_whole and kept == [span for span in evidence.newest if span[1] > span[0]]
        for move in self._book.moves:
            if move.id not in reader.moves:
                _unknown(evidence, move.id, "not_built")
                continue
            found = hits.get(move.id, ())
            if not found and not is_whole:
                _unknown(evidence, move.id, "not_all_read")
                continue
            clear = tuple(hit for hit in found if hit.is_clear) if found else ()
            _put(evidence, f"moves.{move.id}", clear)
            _put(evidence, f"hints.{move.id}", () if clear else found)
        put_deal_signs(evidence, read.signs, hits, is_whole=is_whole)
        put_customer(evidence, read.customer, is_whole=is_whole)
        _tenor(evidence, read)
        firsts = sorted((found[0] for found in hits.values()), key=lambda hit: -hit.strength)
        _state(evidence, "meaning.sentences", firsts, is_whole=is_whole)
        _state(evidence, "meaning.clear", [hit for hit in firsts if hit.is_clear], is_whole=is_whole)
        sure = [hit for hit in firsts if hit.is_sure]
        _state(evidence, "meaning.sure", sure, is_whole=is_whole)
        return True

    def _of_trade(self, evidence: Evidence) -> int | None:
        """How many patterns say that the mail is about goods or a deal; None of other mails and of no letters."""
        kinds, chars = self._book.customer_levels.applies_to, evidence.get("content.chars")
        if evidence.get("mail.kind") not in kinds or not isinstance(chars, int) or chars >= _LETTER:
            return None
        named = evidence.get("deal.named") or evidence.get("phrases.product_named")
        return sum(map(bool, (evidence.get("phrases.trade_words"), named, evidence.get("deal.details"))))

    def _miss(self, evidence: Evidence, why: Why) -> None:
        for move in self._book.moves:
            _unknown(evidence, move.id, why)
        for fact in ("sentences", "clear", "sure", *_TENOR):
            evidence.unknown[f"meaning.{fact}"] = why
        miss_deal_signs(evidence, why)
        miss_customer(evidence, why)


def _why_not(text: str | None, evidence: Evidence) -> Why | None:
    if text is None:
        return evidence.unknown.get("content.chars", "not_given")
    return "not_covered" if evidence.get("content.language_covered") is False else None


def _is_spelled_out(normal: str) -> bool:
    """Most of its words are single letters ("p a y  u s"): nothing that the encoder knows stands there."""
    words = normal.split()
    return len(words) >= _FEW_WORDS and sum(len(word) == 1 and word.isalpha() for word in words) * 2 > len(words)


def _put(evidence: Evidence, fact: str, hits: tuple[Hit, ...]) -> None:
    evidence.put(fact, [hit.quote.text for hit in hits], *(hit.quote for hit in hits))
    if hits:
        evidence.sounds[fact] = Sounds(hits[0].strength, hits[0].like)


def _state(evidence: Evidence, fact: str, hits: Sequence[Hit], *, is_whole: bool) -> None:
    """What was found; of a mail that was not read to its end nobody can say that there is nothing."""
    if not hits and not is_whole:
        evidence.unknown[fact] = "not_all_read"
        return
    evidence.put(fact, [hit.quote.text for hit in hits], *(hit.quote for hit in hits))


def _tenor(evidence: Evidence, read: Read) -> None:
    if read.tenor is None:
        for fact in _TENOR:
            evidence.unknown[f"meaning.{fact}"] = "not_built"
        return
    evidence.put("meaning.tenor", round(max(0.0, read.tenor), 2))
    evidence.put("meaning.business_tenor", round(max(0.0, -read.tenor), 2))
    evidence.put("meaning.telling", [quote.text for quote in read.telling], *read.telling)


def _unknown(evidence: Evidence, move: str, why: Why) -> None:
    evidence.unknown[f"moves.{move}"] = evidence.unknown[f"hints.{move}"] = why


def _starts(evidence: Evidence) -> dict[str, list[int]]:
    """Where in the body the hits of each phrase set start."""
    return {
        name.removeprefix("phrases."): [quote.start for quote in quotes if quote.part == "body"]
        for name, quotes in evidence.quotes.items()
        if name.startswith("phrases.")
    }
