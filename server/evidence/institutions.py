"""Claims to be a ministry, university, hospital or the like. Twin: extension/src/evidence/institutions.js.

"We supply hospitals" and "opposite the University" claim nothing: the name must stand in the sender's name, in the
signature, or in a self-introduction.
"""

from __future__ import annotations

from server.evidence.claims import BEFORE, STOPS, Claim, is_mention
from server.evidence.lexicon import Lexicon
from server.evidence.mail import Mail
from server.evidence.names import is_free
from server.evidence.plain import Span, fold, is_han, trim, word_list, words

_MAX_NAME = 80
_MAX_HITS = 40
_AFTER = 160
_WORDS_BEFORE, _WORDS_BEHIND = 5, 7
_MAX_BEFORE, _MAX_UNITS, _NEAR = 12, 24, 8
_PARTICLES = frozenset("是的在向给由到与和跟被受让请送了过您你我们做供卖装把往找替帮为对有等")
_OPENERS = (*sorted(_PARTICLES), "代表", "来自", "这里", "这边", "本人")
"""A Chinese name does not go on before these."""
_ARTICLE = "ال"
_OURS = ("我校", "我院")
_BARE = ("我们", "我", "本")
_OUR_OWN = ("医院", "卫生院", "大学", "学院", "中学", "小学", "部队", "市", "省", "县", "区", "院")
_CHARGES = ("委托", "授权", "之托", "指派")
_OFFICES = ("处", "部", "科", "局", "办", "系", "室", "队")
_WORK = ("工作", "上班", "任职")
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
        folded = fold(line)
        for low, high in _places(line, lexicon, 3):
            if not is_mention(folded[:low], folded[high:], lexicon):
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
    text, lexicon = mail.text[start:end], mail.lexicon
    folded = fold(text)
    for low, high in _places(text, lexicon, _MAX_HITS):
        before, after = folded[max(0, low - BEFORE) : low], folded[high : high + _AFTER]
        if is_mention(before, after, lexicon):
            continue
        if is_han(text[low]):
            spoken = text[low:high].startswith(_OURS) or _is_han_claim(before, after, text[low:high], lexicon)
        else:
            written = text[low - len(before) : low]
            opening = trim(written[max((written.rfind(stop) for stop in STOPS), default=-1) + 1 :]).lower()
            speaks = opening in ("", "the") and lexicon.claim_after.search(after) is not None
            spoken = speaks or lexicon.introduction.holds(before)
        if spoken:
            return text[low:high], mail.quote(start + low, start + high)
    return "", None


def _is_han_claim(before: str, after: str, name: str, lexicon: Lexicon) -> bool:
    """ "I am of", "this is"; "we" right before the kind; "I am at" an office; "charged by" with a charge behind."""
    found = lexicon.han_claim.search(before)
    if found is None:
        return False
    opener = before[found[0] :]
    if opener == "受":
        return any(word in after[:_NEAR] for word in _CHARGES)
    if opener.endswith("在"):
        return name.endswith(_OFFICES) or any(word in after[:_NEAR] for word in _WORK)
    return opener not in _BARE or name.startswith(_OUR_OWN)


def _whole_name(text: str, low: int, high: int, lexicon: Lexicon) -> Span:
    """The name around the telling word: the capitalised words beside it; Chinese up to the next mark or blank."""
    if is_han(text[low]) or text[low].lower() == text[low].upper():
        return _unspaced_name(text, low, high, lexicon)
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
        if word[0] != word[0].lower() and word != "I":
            end = stop
        elif word not in connectors:
            break
    end = min(end, start + _MAX_NAME)
    return start, end - (1 if text[end - 1] == " " else 0)


def _unspaced_name(text: str, low: int, high: int, lexicon: Lexicon) -> Span:
    """Chinese: back to the last particle or opening word, on over names of offices. Arabic: a word more, or two."""
    if not is_han(text[low]):
        end = high
        for count, match in enumerate(list(words(text[high : high + _MAX_UNITS]))[:2]):
            if text[end : high + match.start()].strip(" ") != "" or (count and not match.group().startswith(_ARTICLE)):
                break
            end = high + match.end()
        return low, end
    while low < high - 2 and text[low] in _PARTICLES:
        low += 1
    start = low
    while start > max(low - _MAX_BEFORE, 0) and is_han(text[start - 1]) and not text[:start].endswith(_OPENERS):
        start -= 1
    found = lexicon.han_units.search(text[high : high + _MAX_UNITS])
    return start, high + found[1] if found else high


def _is_body(folded: str, place: Span, lexicon: Lexicon) -> bool:
    """Not a street, a product or a firm that only carries the word: "University Road", "Hospital Supplies Ltd"."""
    tokens = word_list(folded[place[0] : place[1]])
    follows = word_list(folded[place[1] : place[1] + 40])[:2]
    kinds = lexicon.name_words["not_bodies"]
    if any(word in kinds for word in (*follows[:1], *tokens)):
        return False
    if any(is_han(word[0]) and kind in word for word in tokens for kind in kinds if is_han(kind[0])):
        return False
    return not any((word,) in lexicon.legal.get("after", ()) for word in (*tokens[1:], *follows))
