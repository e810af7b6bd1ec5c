"""What the display name and the local part pretend: another address, a brand.

Twin: extension/src/evidence/sender_name.js.
"""

from __future__ import annotations

from functools import lru_cache

from server.evidence.brands import brand_and_words, brand_places
from server.evidence.contacts import find_addresses
from server.evidence.lexicon import Brand, Lexicon
from server.evidence.mail import Mail, host_of
from server.evidence.names import is_free, official_brand, org_domain
from server.evidence.plain import fold, is_han, word_list

_MAX_NAME = 300


def name_address(name: str, mail: Mail) -> str:
    """A mail address inside the display name whose organisational domain differs from the sender's, "" if none.

    `someone@x.example via List` is how lists and ticket systems rewrite the sender, so it does not count.
    """
    if " via " in f" {fold(name)} ":
        return ""
    for _, _, found in find_addresses(name[:_MAX_NAME]):
        if org_domain(host_of(found), mail.lexicon) != mail.org and not mail.is_own(found):
            return found
    return ""


def name_brand(name: str, mail: Mail) -> str:
    """The brand that the display name shows while the sender's domain is not one of that brand's, "" if none.

    Silent for dealers ("Bosch dealer Nairobi"), and for people who are called like a brand ("Mercedes Ruiz").
    """
    folded = fold(name[:_MAX_NAME])
    for start, end, brand in brand_places(folded, mail.lexicon):
        official = None if is_free(mail.host, mail.lexicon) else official_brand(mail.host, mail.lexicon)
        if official is not None and official.name == brand.name:
            continue
        if _names_the_brand(folded, start, end, brand, mail.lexicon):
            return brand.name
    return ""


def _names_the_brand(folded: str, start: int, end: int, brand: Brand, lexicon: Lexicon) -> bool:
    around = word_list(folded[:start]) + word_list(folded[end:])
    if any(word in lexicon.name_words["reseller"] for word in around):
        return False
    if "@" in folded[end : end + 1]:
        return False
    known = [word for word in around if _speaks_for_a_firm(word, lexicon)]
    if known:
        return True
    # One word beside the brand and no firm's word: a person's name. An everyday word alone says nothing either.
    others = [word for word in around if word.isalpha()]
    return not brand.everyday and (not others or (len(others) > 1 and start == 0))


def _speaks_for_a_firm(word: str, lexicon: Lexicon) -> bool:
    words = lexicon.name_words
    if is_han(word[0]):
        return any(role in word for role in (*words["roles"], *words["han_firms"]) if is_han(role[0]))
    return word == "com" or word in words["domain_words"] or word in words["roles"] or (word,) in lexicon.legal["after"]


def local_brand(local: str, lexicon: Lexicon) -> str:
    """The brand in the local part of a freemail address: alone, or beside procurement or place words; "" if none."""
    name = local.split("+", 1)[0]
    joined = "".join(word_list(fold(name)))
    exact = _joined_names(lexicon).get(joined.rstrip("0123456789")) if len(joined) >= 4 else None
    found = exact or brand_and_words(name, lexicon)
    return found.name if found else ""


@lru_cache(maxsize=4)
def _joined_names(lexicon: Lexicon) -> dict[str, Brand]:
    """Each name in one word with the first brand that has it; everyday words say nothing when alone."""
    telling = [brand for brand in reversed(lexicon.brands) if not brand.everyday]
    return {"".join(word_list(alias)): brand for brand in telling for alias in brand.aliases}
