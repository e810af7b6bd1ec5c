"""The meaning stage as the vetting sees it: off, loading, or at work. Loading needs two seconds, so it has a thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from time import monotonic

from server.meaning.encoder import Encoder, load_encoder
from server.meaning.heads import Heads, HeadsError, read_heads
from server.meaning.reading import Hit, Reader
from server.model import Evidence, Sounds, Why
from server.rulebook.book import Rulebook
from server.rulebook.load import SHIPPED
from server.rulebook.match import capped

log = logging.getLogger("backtone.meaning")


class Loading:
    """The encoder, loaded once a process in the background."""

    def __init__(self, load: Callable[[], Encoder | None] = load_encoder) -> None:
        self._load = load
        self._encoder: Encoder | None = None
        self._thread = Thread(target=self._run, name="meaning", daemon=True)

    def start(self, *, wait: bool = False) -> Loading:
        """Begin to load. `wait`: return when it is done."""
        self._thread.start()
        if wait:
            self._thread.join()
        return self

    def _run(self) -> None:
        self._encoder = self._load()

    def encoder(self, wait_s: float = 0.0) -> Encoder | None:
        """The encoder; None if it is not installed, or not ready within `wait_s` seconds."""
        if self.pending and wait_s > 0:
            self._thread.join(wait_s)
        return self._encoder

    @property
    def pending(self) -> bool:
        """Whether it still loads."""
        return self._thread.is_alive()


class Meaning:
    """Adds the moves of a mail to its evidence."""

    def __init__(self, rulebook: Rulebook, loading: Loading, folder: Path = SHIPPED) -> None:
        self._book = rulebook
        self._loading = loading
        self._heads = _usable(folder, rulebook)
        self._vetoes = {move.id: move.unless for move in rulebook.moves if move.unless}
        self._reader: Reader | None = None

    def add(self, text: str | None, evidence: Evidence, *, until: float) -> bool:
        """Put every fact `moves.*` and `hints.*` into the evidence, or why it is not there.

        False while the encoder still loads.        `until` (monotonic clock): how long to wait for it.
        """
        why = self._why_not(text, evidence)
        reader = None if why else self._ready(until - monotonic())
        if text is None or reader is None or self._heads is None:
            self._miss(evidence, why or ("pending" if self._loading.pending else "not_built"))
            return why is not None or not self._loading.pending
        piece = self._book.scanner.piece("body", text, capped(evidence.newest))
        hits = reader.read(piece, _starts(evidence), self._vetoes)
        for move in self._book.moves:
            if move.id not in self._heads.moves:
                _unknown(evidence, move.id, "not_built")
                continue
            found = hits.get(move.id, ())
            clear = tuple(hit for hit in found if hit.is_clear)
            _put(evidence, f"moves.{move.id}", clear)
            _put(evidence, f"hints.{move.id}", () if clear else found)
        return True

    def _why_not(self, text: str | None, evidence: Evidence) -> Why | None:
        if text is None:
            return evidence.unknown.get("content.chars", "not_given")
        if self._heads is None:
            return "not_built"
        return "not_covered" if evidence.get("content.language_covered") is False else None

    def _ready(self, wait_s: float) -> Reader | None:
        if self._reader is None and self._heads is not None:
            encoder = self._loading.encoder(wait_s)
            if encoder is not None and encoder.name == self._heads.encoder:
                self._reader = Reader(self._heads, encoder)
            elif encoder is not None:
                log.warning("meaning is off: heads were made with %s, not %s", self._heads.encoder, encoder.name)
                self._heads = None
        return self._reader

    def _miss(self, evidence: Evidence, why: Why) -> None:
        for move in self._book.moves:
            _unknown(evidence, move.id, why)


def _put(evidence: Evidence, fact: str, hits: tuple[Hit, ...]) -> None:
    evidence.put(fact, [hit.quote.text for hit in hits], *(hit.quote for hit in hits))
    if hits:
        evidence.sounds[fact] = Sounds(hits[0].strength, hits[0].like)


def _unknown(evidence: Evidence, move: str, why: Why) -> None:
    evidence.unknown[f"moves.{move}"] = evidence.unknown[f"hints.{move}"] = why


def _starts(evidence: Evidence) -> dict[str, list[int]]:
    """Where in the body the hits of each phrase set start."""
    return {
        name.removeprefix("phrases."): [quote.start for quote in quotes if quote.part == "body"]
        for name, quotes in evidence.quotes.items()
        if name.startswith("phrases.")
    }


def _usable(folder: Path, rulebook: Rulebook) -> Heads | None:
    try:
        return read_heads(folder) if rulebook.moves else None
    except HeadsError as error:
        log.warning("meaning is off: %s", error)
        return None
