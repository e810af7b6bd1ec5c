"""Which sentences of a mail made its tenor."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from server.meaning.tenor import Shares
from server.meaning.units import Sentence, quoted
from server.model import Quote
from server.rulebook.meeting import Piece

TELLING = 2
"""Sentences that are named."""
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_FEW_WORDS = 5


def telling_of(
    piece: Piece, alone: Sequence[tuple[Shares, Sentence]], part_of: Callable[[Shares], float]
) -> tuple[Quote, ...]:
    """The sentences that speak most for a tenor, the greatest part first; greetings where there is nothing else."""
    parts = [(-part_of(share), place) for place, (share, _) in enumerate(alone)]
    ranked = [alone[place][1] for part, place in sorted(parts) if part < 0]
    told = list(islice((sentence for sentence in ranked if not _is_short(sentence.text)), TELLING))
    told += [sentence for sentence in ranked[:TELLING] if sentence not in told][: TELLING - len(told)]
    return tuple(quoted(piece, sentence, sentence) for sentence in told)


def _is_short(text: str) -> bool:
    """ "Hello Kevin," or "Kevin 你好": fewer than five words, a Chinese letter counted as one."""
    return len(_WORD.findall(text)) < _FEW_WORDS
