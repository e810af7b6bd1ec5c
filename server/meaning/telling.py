"""Which sentences of a mail made its tenor."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from server.meaning.cache import Heard
from server.meaning.cut import Cut
from server.meaning.tenor import Shares
from server.meaning.units import quoted
from server.model import Quote
from server.rulebook.meeting import Piece

TELLING = 2
"""Sentences that are named."""
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_FEW_WORDS = 5


def telling_of(
    piece: Piece, parts: Cut, heard: Sequence[Heard], part_of: Callable[[Shares], float]
) -> tuple[Quote, ...]:
    """The sentences that speak most for a tenor, the greatest part first; greetings where there is nothing else."""
    alone = [
        (part_of(one.share), group[0])
        for one, group in zip(heard, parts.groups, strict=True)
        if one.share and len(group) == 1 and parts.made_of[group[0]] == group
    ]
    found = (row for row in alone if row[0] > 0)
    ranked = sorted(found, key=lambda row: (_is_short(parts.found[row[1]].text), -row[0], row[1]))[:TELLING]
    return tuple(quoted(piece, parts.found[index], parts.found[index]) for _, index in ranked)


def _is_short(text: str) -> bool:
    """ "Hello Kevin," or "Kevin 你好": fewer than five words, a Chinese letter counted as one."""
    return len(_WORD.findall(text)) < _FEW_WORDS
