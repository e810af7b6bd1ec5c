"""The name of the goods in a wording that asks for them: `gate valves` out of `prices for forty gate valves`."""

from __future__ import annotations

_GENERAL = frozenset(
    {"a", "an", "and", "about", "are", "for", "from", "in", "is", "of", "on", "or", "our", "the", "this", "to", "with"}
    | {"your", "any", "all", "some", "price", "prices", "quote", "quotation", "offer", "rate", "rates", "need", "cost"}
    | {"require", "order", "orders", "supply", "buy", "purchase", "import", "interested", "looking", "inquiry"}
    | {"ten", "twenty", "thirty", "forty", "fifty", "sixty", "hundred", "thousand", "two", "three", "four", "five"}
    | {"pc", "pcs", "piece", "pieces", "set", "sets", "unit", "units", "pair", "pairs", "dozen", "carton", "cartons"}
    | {"kg", "kgs", "ton", "tons", "tonnes", "mt", "meters", "metres", "container", "containers", "fcl"}
)
"""Words after which the name of the goods begins, as after a number."""
_MOST_WORDS = 3


def goods_of(wording: str) -> str:
    """The last words (three at most) behind any general word or number. "" if nothing is left."""
    words = wording.split()
    start = max((at + 1 for at, word in enumerate(words) if word.lower() in _GENERAL or not word.isalpha()), default=0)
    return " ".join(words[start:][-_MOST_WORDS:])
