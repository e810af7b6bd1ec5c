"""Tells a line of the letter from a line of contact data. Twin: extension/src/evidence/prose.js."""

from __future__ import annotations

from server.evidence.plain import has_han, trim, word_list

_LEAST_HAN = 14
_LEAST_WORDS = 7
_LEAST_SMALL = 5
_HAN_STOPS = "。！？!?；;"
_STOPS = (".", "!", "?", "؟", "…", ":")


def is_prose(line: str) -> bool:
    """A sentence: Chinese up to a full stop that is most of the line, else seven words or more, most of them small."""
    plain = trim(line)
    if has_han(plain):
        last = max(plain.rfind(stop) for stop in _HAN_STOPS) + 1
        return last >= _LEAST_HAN and last * 2 >= len(plain)
    if not plain.endswith(_STOPS):
        return False
    words = word_list(plain)
    small = sum(word[0] == word[0].lower() and word[0].isalpha() for word in words)
    return len(words) >= _LEAST_WORDS and small >= _LEAST_SMALL
