"""A few hundred nasty strings from a fixed seed: both normalisers must agree on each, offsets included."""

from __future__ import annotations

import random
import unicodedata

_SEED = 20261122
_PIECES = (
    "Dear Sir", "pay the freight", "我们需要五十个货柜", "貴公司您好", "请先替我付运费", "ＡＢＣ１２３", "ﬁne ﬂow", "İstanbul", "ΣΟΦΟΣ", "straße",
    "cafe\u0301", "e\u0301\u0323\u0302", "a" + "\u0301\u0316" * 40, "👨‍👩‍👧‍👦", "🙏🏽", "𝓟𝓵𝓮𝓪𝓼𝓮", "①②③", "½ ℃ ㎏ ㏒", "﷽", "ﷺ", "한국어", "ｶﾞｷﾞ",
    "“quotes” ‘single’", "«a» ´x` … — – ‐", "- item", "• item", "1. item", "·点", "نحن شركة", "שלום", "नमस्ते", "ไทย", "Ελλάδα",
    "x" * 50, "长" * 30, "w " * 30, "\ud7a3", "\ufffd", "\ue000", "\u0378", "ſ K Å", "ǅ ŉ ẞ", "\u0345\u0300", "\u3099か",
)  # fmt: skip
_BLANKS = (" ", "  ", "\t", "\u00a0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000", " \u00a0 ")
_BREAKS = (
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\n\r",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\u2029",
    " \n ",
    "\n \t\n",
    "\n\u200b\n",
)
_DROPPED = ("\u00ad", "\u034f", "\u061c", "\u180e", "\u200b", "\u200d", "\u200e", "\u202e", "\u2060", "\u2064", "\u2066", "\u2069", "\ufeff", "\x00", "\x07", "\x1b", "\x7f", "\x9f", "\u2065")  # fmt: skip


def nasty_strings(amount: int = 600) -> list[str]:
    """Always the same list: pieces of many scripts, joined by odd spaces, breaks and invisible characters."""
    rng = random.Random(_SEED)
    kinds = (_PIECES, _PIECES, _BLANKS, _BREAKS, _DROPPED)
    texts = [
        "",
        " ",
        "\n",
        "\u200b",
        "\u0301",
        " \u0301",
        "a\u0301",
        "\n\u0301a",
        *_PIECES,
        *_BLANKS,
        *_BREAKS,
        *_DROPPED,
    ]
    while len(texts) < amount:
        parts = [rng.choice(rng.choice(kinds)) for _ in range(rng.randint(2, 14))]
        if rng.random() < 0.4:
            parts.insert(rng.randrange(len(parts)), "".join(_any_char(rng) for _ in range(rng.randint(1, 30))))
        texts.append("".join(parts))
    return texts


def _any_char(rng: random.Random) -> str:
    """A character that Unicode 13 already had, so that older and newer tables agree about it."""
    while True:
        top = rng.choice((0x250, 0x600, 0x3100, 0xA000, 0x10000, 0x1FA00))
        char = chr(rng.randrange(0x20, top))
        category = unicodedata.category(char)
        if category not in ("Cn", "Cs"):
            return char
