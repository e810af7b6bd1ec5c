"""Words that mix Latin with Cyrillic or Greek letters of the same look, put into one script: а in "pаyment" is an a.

Twin: extension/src/rulebook/onescript.js.
"""

from __future__ import annotations

import re

_TWINS = (
    ("аеорсухіѕјԁһԛԝАВЕКМНОРСТУХІЅЈԌԚԜ", "aeopcyxisjdhqwABEKMHOPCTYXISJGQW"),
    ("αονρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aovpABEZHIKMNOPTYX"),
)
"""Letters that look alike in most typefaces: Cyrillic and Latin, Greek and Latin. Source: UTS 39, chosen by eye."""
_TO_LATIN = {ord(char): latin for other, same in _TWINS for char, latin in zip(other, same, strict=True)}
_TO_CYRILLIC = {ord(latin): char for char, latin in zip(*_TWINS[0], strict=True)}
_OTHER = "\u0370-\u03ff\u0400-\u052f"
_mixed = re.compile(f"[A-Za-z][{_OTHER}]|[{_OTHER}][A-Za-z]")
_word = re.compile(f"[A-Za-z{_OTHER}]+")


def one_script(text: str) -> str:
    """The text with each mixed word in one script, character for character.

    Latin where all its other letters have a Latin twin, else Cyrillic where all its Latin letters have a Cyrillic
    twin, else as it was ("LEDлампа" mixes for a reason).
    """
    if _is_western(text) or not _mixed.search(text):
        return text
    return _word.sub(lambda found: _unmixed(found[0]), text)


def _is_western(text: str) -> bool:
    """Whether the text holds no letter of the other scripts, told faster than by looking at each letter."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _unmixed(word: str) -> str:
    latin = [char for char in word if char < "\x80"]
    if not latin or len(latin) == len(word):
        return word
    if all(ord(char) in _TO_LATIN for char in word if char >= "\x80"):
        return word.translate(_TO_LATIN)
    if all(ord(char) in _TO_CYRILLIC for char in latin):
        return word.translate(_TO_CYRILLIC)
    return word
