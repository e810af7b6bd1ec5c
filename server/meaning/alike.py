"""Texts that say nearly the same words: paraphrases teach next to nothing, so a build refuses them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

NEAR_DUPLICATE = 0.7
"""Trigram Jaccard above which two texts say the same words."""


class Text(NamedTuple):
    """`place` is where it stands; only texts of one kind are compared."""

    kind: Hashable
    place: str
    text: str


def near_duplicates(texts: Iterable[Text]) -> Iterator[tuple[str, str]]:
    """The place of each text that repeats an earlier one, and the place of the first that it repeats.

    Two sets that share more than 70 % share k of the rarest 30 % and k of each, so that only such pairs are compared
    (prefix filter: Bayardo, Ma and Srikant, Scaling up all pairs similarity search, WWW 2007). The longer a text the
    greater its k.
    """
    rows = [(text.kind, text.place, trigrams(text.text)) for text in texts]
    often = Counter(trigram for *_, own in rows for trigram in own)
    shown: defaultdict[tuple[Hashable, str], list[int]] = defaultdict(list)
    for number, (kind, place, own) in enumerate(rows):
        ranked = sorted(own, key=lambda trigram: (often[trigram], trigram))
        rarest = ranked[: int(len(own) * (1 - NEAR_DUPLICATE)) + _least(own)]
        shared = Counter(other for trigram in rarest for other in shown[kind, trigram])
        candidates = sorted(
            other for other, times in shared.items() if times >= min(_least(own), _least(rows[other][2]))
        )
        first = next((other for other in candidates if _is_alike(own, rows[other][2])), None)
        if first is not None:
            yield place, rows[first][1]
        for trigram in rarest:
            shown[kind, trigram].append(number)


def _least(own: frozenset[str]) -> int:
    """How many of its rarest trigrams another must share to be looked at (k)."""
    return 1 + len(own) // 12


def _is_alike(own: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(own), len(other)) <= NEAR_DUPLICATE * max(len(own), len(other)):
        return False
    return len(own & other) > NEAR_DUPLICATE * len(own | other)


def trigrams(text: str) -> frozenset[str]:
    """Runs of three letters, white space and case aside."""
    plain = " ".join(text.lower().split())
    return frozenset(plain[index : index + 3] for index in range(max(1, len(plain) - 2)))
