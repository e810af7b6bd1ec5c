"""Claims to be a well-known brand: in the signature or in a self-introduction, not by mere mention.

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
"""What is claimed ("" for nothing) and the place that shows it."""
BEFORE, AFTER = 140, 80
STOPS = ".!?。！？\n"
"""Ends of a sentence, roughly."""
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
            if _introduces(mail, folded, low, high, brand):
                return brand.name, mail.quote(start + max(0, low - 40), start + high)
    for start, end in closing:
        folded = fold(mail.text[start:end])[:200]
        for low, high, brand in brand_places(folded, mail.lexicon):
            same = official is not None and official.name == brand.name
            if not same and _signs(folded, low, high, brand, mail.lexicon):
                return brand.name, mail.quote(start, end)
    return "", None


def _introduces(mail: Mail, folded: str, low: int, high: int, brand: Brand) -> bool:
    lexicon = mail.lexicon
    before, after = folded[max(0, low - BEFORE) : low], folded[high : high + AFTER]
    follows = word_list(after)[:2]
    if after[:1] in ("@", "/", "-") or (follows and _deals(follows, lexicon)) or is_mention(before, after, lexicon):
        return False
    firm = lexicon.brand_after.holds(after)
    if lexicon.introduction.holds(before):
        if _is_mailbox(brand, mail):
            return firm or any(word in lexicon.name_words["roles"] for word in follows)
        return not brand.everyday or firm or _firm_follows(after, lexicon)
    # "Walmart Procurement Department" at the start of a line or sentence speaks for itself.
    return firm and trim(before[max((before.rfind(stop) for stop in STOPS), default=-1) + 1 :]) == ""


def is_mention(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether a name is only spoken of: where a paper comes from, what stands near by, whose supplier somebody is."""
    return lexicon.mentioned.holds(before) or lexicon.papers.search(after) is not None


def _is_mailbox(brand: Brand, mail: Mail) -> bool:
    """ "I am writing from Gmail" names a mailbox: the sender's provider, or a brand by which a provider is called."""
    boxes = [domain for domain in brand.domains if is_free(domain, mail.lexicon)]
    return mail.host in boxes or any(domain.partition(".")[0] in brand.aliases for domain in boxes)


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
    if (folded[max(0, low - 1) : low] in ("@", "/", ".", "_") and low > 0) or is_mention(folded[:low], "", lexicon):
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
