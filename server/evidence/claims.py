"""Claims to be a well-known brand or an institution: in the signature or in a self-introduction, not by mere mention.

"We supply Walmart", "like Bosch" and "Bosch valves" claim nothing. Twin: extension/src/evidence/claims.js.
"""

from __future__ import annotations

from server.evidence.brands import brand_places
from server.evidence.lexicon import Brand, Lexicon
from server.evidence.mail import Mail
from server.evidence.names import is_free, official_brand
from server.evidence.plain import Span, fold, is_han, trim, word_list
from server.model import Quote

Claim = tuple[str, Quote | None]
_BEFORE, _AFTER = 140, 80
_MAX_NAME = 80
_MAX_HITS = 40
_STOPS = ".!?。！？\n"
_SEPARATORS = ",;|()（），；：:\n\t。.!?"
_SOCIAL_KINDS = frozenset(["platform", "service", "tech"])


def brand_claim(mail: Mail, closing: list[Span]) -> Claim:
    """The brand claimed while the sender's domain is not that brand's, ("", None) if none."""
    official = None if is_free(mail.host, mail.lexicon) else official_brand(mail.host, mail.lexicon)
    if mail.is_own(mail.address):
        return "", None
    for start, end in mail.read:
        folded = fold(mail.text[start:end])
        for low, high, brand in brand_places(folded, mail.lexicon):
            if official is not None and official.name == brand.name:
                continue
            if _introduces(folded, low, high, brand, mail.lexicon):
                return brand.name, mail.quote(start + max(0, low - 40), start + high)
    for start, end in closing:
        folded = fold(mail.text[start:end])[:200]
        for low, high, brand in brand_places(folded, mail.lexicon):
            same = official is not None and official.name == brand.name
            if not same and _signs(folded, low, high, brand, mail.lexicon):
                return brand.name, mail.quote(start, end)
    return "", None


def _introduces(folded: str, low: int, high: int, brand: Brand, lexicon: Lexicon) -> bool:
    before, after = folded[max(0, low - _BEFORE) : low], folded[high : high + _AFTER]
    follows = word_list(after)[:2]
    if after[:1] in ("@", "/", "-") or (follows and _deals(follows, lexicon)):
        return False
    firm = lexicon.brand_after.search(after) is not None
    if lexicon.introduction.search(before) is not None:
        return not brand.everyday or firm or _firm_follows(after, lexicon)
    # "Walmart Procurement Department" at the start of a line or sentence speaks for itself.
    return firm and trim(before[max((before.rfind(stop) for stop in _STOPS), default=-1) + 1 :]) == ""


def _deals(follows: list[str], lexicon: Lexicon) -> bool:
    """ "Bosch distributor", "Bosch authorised dealer": the writer deals in the brand."""
    return any(word in lexicon.name_words["reseller"] for word in follows)


def _firm_follows(after: str, lexicon: Lexicon) -> bool:
    """After an everyday name: a legal form, a firm's word, or the end of the clause."""
    follows = word_list(after)
    if not follows or trim(after)[:1] in (",", ".", ";", "，", "。", ")", "（", "("):
        return True
    first = follows[0]
    return (
        first in lexicon.name_words["domain_words"] or (first,) in lexicon.legal.get("after", ()) or first[:2] == "公司"
    )


def _signs(folded: str, low: int, high: int, brand: Brand, lexicon: Lexicon) -> bool:
    """Whether a signature line names the brand as the writer's firm."""
    if folded[max(0, low - 1) : low] in ("@", "/", ".", "_") and low > 0:
        return False
    if folded[high : high + 1] in ("@", "/", "_"):
        return False
    around = [*word_list(folded[:low]), *word_list(folded[high:])]
    words = lexicon.name_words
    if any(word in words["reseller"] and word not in words["roles"] for word in around) or "sent" in around:
        return False
    if any(word in words["roles"] or _has_han_role(word, lexicon) for word in around):
        return True
    firm = all(word in words["domain_words"] or (word,) in lexicon.legal.get("after", ()) for word in around)
    # A line that is only "LinkedIn" or "Alibaba" is a link to a shop or profile.
    return firm and (bool(around) or not (brand.everyday or brand.kind in _SOCIAL_KINDS))


def _has_han_role(word: str, lexicon: Lexicon) -> bool:
    return is_han(word[0]) and any(is_han(role[0]) and role in word for role in lexicon.name_words["roles"])


def institution_claim(mail: Mail, closing: list[Span]) -> Claim:
    """The institution's name as written, if the sender's name, signature or self-introduction claims to be it."""
    lexicon = mail.lexicon
    shown = mail.message.sender.name[:200] if mail.message.sender else ""
    for low, high in lexicon.institution.places(fold(shown), 3):
        name = _full_name(shown, low, high)
        if _is_body(fold(shown), high, name, lexicon):
            return name, None
    for start, end in closing:
        line = mail.text[start : min(end, start + 200)]
        for low, high in lexicon.institution.places(fold(line), 3):
            name = _full_name(line, low, high)
            if _is_body(fold(line), high, name, lexicon):
                return name, mail.quote(start, end)
    for start, end in mail.read:
        found = _introduced_body(mail, start, end)
        if found[0]:
            return found
    return "", None


def _introduced_body(mail: Mail, start: int, end: int) -> Claim:
    text = mail.text[start:end]
    folded = fold(text)
    for low, high in mail.lexicon.institution.places(folded, _MAX_HITS):
        first = _name_start(text, low)
        name = _full_name(text, low, high)
        if not _is_body(folded, high, name, mail.lexicon):
            continue
        before, after = folded[max(0, first - _BEFORE) : first], folded[high : high + 120]
        if is_han(folded[low]):
            spoken = any(word in folded[max(0, low - 24) : high] for word in mail.lexicon.name_words["han_self"])
        else:
            rest = after[len(after) - len(after.lstrip()) :]
            opens = trim(before[max((before.rfind(stop) for stop in _STOPS), default=-1) + 1 :]) in ("", "the")
            speaks = mail.lexicon.claim_after.search(rest if rest == after else f" {rest}") is not None
            spoken = mail.lexicon.introduction.search(before) is not None or (opens and speaks)
        if spoken:
            return name, mail.quote(start + first, start + high)
    return "", None


def _name_start(text: str, low: int) -> int:
    """The start of the name: capitalised words right before the place belong to it, six at most."""
    first = low
    for _ in range(6):
        stop = (
            len(text[:first].rstrip(" "))
            if first - 12 < 0
            else first - (12 - len(text[first - 12 : first].rstrip(" ")))
        )
        begin = stop
        while begin > 0 and stop - begin < 30 and (text[begin - 1].isalpha() or text[begin - 1] in "&'’.-"):
            begin -= 1
        word = text[begin:stop]
        if (
            not word
            or (word == word.lower() and word not in ("of", "and", "for", "&"))
            or word.lower() in ("the", "from")
        ):
            break
        first = begin
    return first


def _full_name(text: str, low: int, high: int) -> str:
    """The name as written: from its first capitalised word to the next separator, at most 80 code points."""
    first = _name_start(text, low) if not is_han(text[low : low + 1] or " ") else low
    end = high
    while end < len(text) and end - first < _MAX_NAME and text[end] not in _SEPARATORS:
        end += 1
    segment = text[first : min(end, max(high, first + _MAX_NAME))]
    if end - high > 30:
        segment = text[first:high]
    return trim(segment)[:_MAX_NAME]


def _is_body(folded: str, high: int, name: str, lexicon: Lexicon) -> bool:
    """Not a street, a product or a firm that only carries the word: "University Road", "Hospital Supplies Ltd"."""
    follows = word_list(folded[high : high + 40])[:2]
    tokens = word_list(fold(name))
    if any(word in lexicon.name_words["not_bodies"] for word in (*follows[:1], *tokens)):
        return False
    return not any((word,) in lexicon.legal.get("after", ()) for word in (*tokens[1:], *follows))
