"""Which language a text is in: by script, then by everyday words. Twin: extension/src/evidence/language.js."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import normalize

from server.evidence.lexicon import Lexicon, Tables, lexicon_of
from server.evidence.plain import fold, word_list
from server.rulebook.rule import PHRASE_LANGUAGES

_MAX = 8000
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_ASCII = re.compile("[\x00-\x7f]+")
_FEW_LETTERS = 12
_SCRIPTS = (
    ("latin", 0x41, 0x24F),
    ("cyrillic", 0x400, 0x52F),
    ("arabic", 0x600, 0x6FF),
    ("arabic", 0x750, 0x77F),
    ("latin", 0x1E00, 0x1EFF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7AF),
    ("han", 0xF900, 0xFAFF),
)
_NOT_ARABIC = frozenset("پچژگکیٹڈےہ")
_NOT_RUSSIAN = frozenset("іїєґўқғңөұһәј")


def language(text: str, tables: Tables) -> str:
    """One of en zh es pt fr ru ar tr de; `other` for a language not covered; `none` if too little is there to tell."""
    return language_with(text, lexicon_of(tables))


def language_with(text: str, lexicon: Lexicon) -> str:
    """The same, with the lexicon at hand. Reads the first 8,000 code points; full-width letters are letters too."""
    head = text[:_MAX]
    folded = fold(head if head.isascii() else normalize("NFKC", head))
    counts = _scripts(folded)
    total = sum(counts.values())
    if not total or (total < _FEW_LETTERS and counts.get("han", 0) < 4):
        return "none"
    # A Chinese letter says in one character what takes a Latin one three, so mixed mails lean to Chinese.
    if counts.get("kana", 0) > total * 0.1 or counts.get("hangul", 0) > total * 0.3:
        return "other"
    if counts.get("han", 0) >= total * 0.15:
        return "zh"
    if counts.get("cyrillic", 0) > total * 0.4:
        return "other" if _share(folded, _NOT_RUSSIAN) > 0.02 else "ru"
    if counts.get("arabic", 0) > total * 0.4:
        return "other" if _share(folded, _NOT_ARABIC) > 0.04 else "ar"
    if counts.get("other", 0) > total * 0.4:
        return "other"
    return _by_words(folded, lexicon)


def _scripts(folded: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    if letters := len(folded.encode("ascii", "ignore").translate(None, _NO_LETTERS)):
        counts["latin"] = letters
    if folded.isascii():
        return counts
    for char, times in Counter(_ASCII.sub("", folded)).items():
        if char.isalpha():
            code = ord(char)
            name = "latin" if code < 0x250 else next((n for n, low, high in _SCRIPTS if low <= code <= high), "other")
            counts[name] = counts.get(name, 0) + times
    return counts


def _share(folded: str, chars: frozenset[str]) -> float:
    letters = [char for char in folded if char.isalpha()]
    return sum(char in chars for char in letters) / max(len(letters), 1)


def _by_words(folded: str, lexicon: Lexicon) -> str:
    scores = dict.fromkeys(lexicon.stopwords, 0)
    languages_of = lexicon.languages_of
    words = word_list(folded)
    total = sum(map(str.isalpha, words))
    counts = Counter(words)
    for word in counts.keys() & languages_of.keys():
        if word.isalpha():
            for code in languages_of[word]:
                scores[code] += counts[word]
    best = max(scores, key=lambda code: (scores[code], code == "en"), default="none")
    # Order lists ("LED bulb E27, 5000 lm, 220 V") hold hardly any everyday word: too little to tell.
    if not scores or scores[best] < max(1, total * 0.06):
        return "none" if total < 15 else "other"
    if scores[best] == 1 and total > 3 and best != "en":
        return "none"
    return best if best in PHRASE_LANGUAGES else "other"
