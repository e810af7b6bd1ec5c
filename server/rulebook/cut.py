"""Where a text may be cut short for a reader: between words, and in Chinese or Japanese between any two characters.

Twin: extension/src/rulebook/cut.js.
"""

from __future__ import annotations

import re
from unicodedata import category

LONGEST_WORD = 40
"""Code points that are given up at most to end with a whole word; a longer one, as of an address, is cut."""

MOST_ADDED = 24
"""Code points by which a wording that begins or ends inside a word grows at most on that side."""

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with the rest of the words that it begins and ends in: patterns may stop after a word's stem."""
    low, high = max(start - MOST_ADDED, 0), min(end + MOST_ADDED, len(text))
    while start > low and _in_word(text[start - 1]) and _in_word(text[start]):
        start -= 1
    while end < high and _in_word(text[end - 1]) and _in_word(text[end]):
        end += 1
    return start, end


def _in_word(char: str) -> bool:
    """A letter, a digit or a mark upon one, in a script that sets words apart."""
    return category(char)[0] in "LNM" and not _WIDE.match(char)


def fit(text: str, most: int) -> int:
    """How many code points of the text's beginning to show, `most` at most, so that no word is cut if it can be."""
    end = min(len(text), most)
    if len(text) > most:
        whole = (place for place in range(most, max(most - LONGEST_WORD, 0), -1) if _is_border(text, place))
        end = next(whole, most)
    while end < len(text) and end > 1 and text[end - 1].isspace():
        end -= 1
    return end


def shortened(text: str, most: int) -> str:
    """The text, or its beginning with `…` behind it: `most` code points at most."""
    return text if len(text) <= most else text[: fit(text, most - 1)] + "…"


def _is_border(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    return before.isspace() or after.isspace() or bool(_WIDE.match(before)) or bool(_WIDE.match(after))
