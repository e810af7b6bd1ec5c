"""Claims to be a ministry, university, hospital or the like. Twin: extension/src/evidence/institutions.js.

"We supply hospitals" and "opposite the University" claim nothing: the name must stand in the sender's name, in the
signature, or in a self-introduction.
"""

from __future__ import annotations

from server.evidence.claims import BEFORE, STOPS, Claim
from server.evidence.lexicon import Lexicon
from server.evidence.mail import Mail
from server.evidence.names import is_free
from server.evidence.plain import Span, fold, is_han, trim, word_list, words

_MAX_NAME = 80
_MAX_HITS = 40
_AFTER = 160
_WORDS_BEFORE, _WORDS_BEHIND = 5, 7
_GAPS = ("", "&", "-", "'", "’", ".")


def institution_claim(mail: Mail, closing: list[Span]) -> Claim:
    """The institution's name as written, if sender's name, signature or self-introduction claims to be it."""
    lexicon = mail.lexicon
    shown = mail.message.sender.name[:200] if mail.message.sender else ""
    for low, high in _places(shown, lexicon, 3):
        return shown[low:high], None
    if mail.host and is_free(mail.host, lexicon):
        # dmp.ministere.equipement@ says who he is just as a display name would.
        local = " ".join(word_list(mail.address.rpartition("@")[0]))
        for low, high in _places(local, lexicon, 1):
            return local[low:high], None
    for start, end in closing:
        line = mail.text[start : min(end, start + 200)]
        for low, high in _places(line, lexicon, 3):
            return line[low:high], mail.quote(start, end)
    for start, end in mail.read:
        found = _introduced(mail, start, end)
        if found[0]:
            return found
    return "", None


def _places(text: str, lexicon: Lexicon, limit: int) -> list[Span]:
    """Ranges of whole names of institutions in a text."""
    folded = fold(text)
    found = (_whole_name(text, low, high, lexicon) for low, high in lexicon.institution.places(folded, limit))
    return [place for place in found if _is_body(folded, place, lexicon)]


def _introduced(mail: Mail, start: int, end: int) -> Claim:
    text = mail.text[start:end]
    folded = fold(text)
    for low, high in _places(text, mail.lexicon, _MAX_HITS):
        before, after = text[max(0, low - BEFORE) : low], folded[high : high + _AFTER]
        if is_han(text[low]):
            spoken = any(word in text[max(0, low - 12) : high] for word in mail.lexicon.name_words["han_self"])
        else:
            opening = trim(before[max((before.rfind(stop) for stop in STOPS), default=-1) + 1 :]).lower()
            speaks = opening in ("", "the") and mail.lexicon.claim_after.search(after) is not None
            spoken = speaks or mail.lexicon.introduction.search(folded[max(0, low - BEFORE) : low]) is not None
        if spoken:
            return text[low:high], mail.quote(start + low, start + high)
    return "", None


def _whole_name(text: str, low: int, high: int, lexicon: Lexicon) -> Span:
    """The name around the telling word: the capitalised words beside it; Chinese up to the next mark or blank."""
    if is_han(text[low]) or text[low].lower() == text[low].upper():
        return _unspaced_name(text, low, high)
    first = max(0, low - _MAX_NAME)
    tokens = [(first + match.start(), first + match.end()) for match in words(text[first : high + _MAX_NAME])]
    connectors = lexicon.name_words["connectors"]
    start = low
    for begin, stop in reversed([token for token in tokens if token[1] <= low][-_WORDS_BEFORE:]):
        word = text[begin:stop]
        proper = word[0] != word[0].lower() and word.lower() not in lexicon.name_words["not_first"]
        if text[stop:start].strip(" ") not in _GAPS or not (proper or word in connectors):
            break
        start = begin if proper else start
        if not proper and start == low and word not in ("of", "and", "&"):
            break
    end = high
    for begin, stop in [token for token in tokens if token[0] >= high][:_WORDS_BEHIND]:
        word = text[begin:stop]
        if text[end:begin].strip(" ") not in (*_GAPS, *connectors) and word not in connectors:
            break
        if word[0] != word[0].lower():
            end = stop
        elif word not in connectors:
            break
    return start, min(end, start + _MAX_NAME)


def _unspaced_name(text: str, low: int, high: int) -> Span:
    start, end = low, high
    while start > 0 and low - start < 12 and is_han(text[start - 1]):
        start -= 1
    while end < len(text) and end - high < 12 and is_han(text[end]) and is_han(text[low]):
        end += 1
    return start, end


def _is_body(folded: str, place: Span, lexicon: Lexicon) -> bool:
    """Not a street, a product or a firm that only carries the word: "University Road", "Hospital Supplies Ltd"."""
    tokens = word_list(folded[place[0] : place[1]])
    follows = word_list(folded[place[1] : place[1] + 40])[:2]
    if any(word in lexicon.name_words["not_bodies"] for word in (*follows[:1], *tokens)):
        return False
    return not any((word,) in lexicon.legal.get("after", ()) for word in (*tokens[1:], *follows))
