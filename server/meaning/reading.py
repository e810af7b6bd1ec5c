"""Reads a mail's sentences: the moves that they make, the signs of a deal, and what all of them together sound like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple

from server.meaning.customer import Customer, customer_of
from server.meaning.deal_heads import ENOUGH, OF_TRADE, DealHeads
from server.meaning.encoder import Encoder
from server.meaning.heads import Heads
from server.meaning.hearing import Hearing
from server.meaning.hits import Hit, Hits
from server.meaning.telling import telling_of
from server.meaning.tenor import Tenor, tenor_of
from server.model import Quote
from server.rulebook.meeting import Piece

_USUAL = 32
"""Units of an ordinary mail. The more sentences a text has, the more of them sound like something by chance."""
_CHANCE = 0.25
"""Spreads that each doubling beyond the usual length takes off a score: a newsletter of 200 units loses 0.66."""
_OTHER = 0.3
"""Spreads more that a move must have in a mail that is not about trade: the heads learned from trade letters. With this
and with what `nearness.py` takes off 2 of 723 mails of an energy company's staff were red instead of 5, and of
list_trade_fraud as many as before."""


class Read(NamedTuple):
    """The hits of every move that was found, whether all sentences were looked at, and signs of a deal."""

    hits: dict[str, tuple[Hit, ...]]
    is_whole: bool
    signs: dict[str, tuple[Quote, ...]]
    """For each sign that the deal heads know, the sentences that show it; none without such heads."""
    tenor: float | None
    """What the whole mail sounds like, as the moves were weighed with it; None without a trained tenor."""
    telling: tuple[Quote, ...]
    """The sentences that have the greatest share in it."""
    customer: Customer
    """How likely each customer level is; nothing without a trained tenor."""


class Reader:
    """Heads and encoder at work on sentences. Safe to share among threads."""

    def __init__(
        self, heads: Heads, encoder: Encoder, deals: DealHeads | None = None, tenor: Tenor | None = None
    ) -> None:
        self._deals = deals
        self._tenor = tenor
        hearing = Hearing(heads, encoder, deals, tenor)
        self._hearing = hearing
        self._hits = Hits(heads, hearing)
        self.moves = frozenset(heads.moves)
        """The moves that it knows."""

    def read(
        self,
        piece: Piece,
        phrases: Mapping[str, Sequence[int]],
        vetoes: Mapping[str, Sequence[str]],
        *,
        of_trade: int | None = ENOUGH,
    ) -> Read:
        """The hits of every move that was found.

        `phrases`: where in the text the hits of each phrase set start. `vetoes`: the sets that contradict each move.
        `of_trade`: how many patterns say that the mail is about goods or a deal; None where it is no inquiry and no
        talk of an order. With the signs found here there must be ENOUGH: the tenor was learned from such mails.
        """
        listened = self._hearing.listened(piece, phrases)
        parts, heard = listened.parts, listened.heard
        signs = self._deals.found(piece, parts.found, parts.groups, heard) if self._deals else {}
        is_trade = of_trade is not None and of_trade + sum(any(map(signs.get, row)) for row in OF_TRADE) >= ENOUGH
        shares = [one.share for one in heard if one.share]
        tenor = tenor_of(shares, is_whole=parts.is_whole, is_trade=is_trade) if self._tenor else None
        off = _CHANCE * log2(max(1.0, parts.usual / _USUAL)) - (tenor or 0.0) + (0.0 if is_trade else _OTHER)
        side = -1.0 if (tenor or 0.0) < 0 else 1.0
        alone = listened.alone()
        return Read(
            hits=self._hits.found(piece, self._hearing.closer(piece, listened, phrases), off, vetoes),
            is_whole=parts.is_whole,
            signs=signs,
            tenor=tenor,
            telling=telling_of(piece, alone, lambda share: side * share.fraud),
            customer=customer_of(piece, shares, alone),
        )
