"""What the deal is about: amount, country, kind of goods, term of payment. The caller's word counts first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from server.evidence.mail import Mail
from server.evidence.pattern import Pattern
from server.model import Evidence, Quote, Value
from server.rulebook.book import Rulebook

_SYMBOLS: Mapping[str, str] = {
    "us$": "USD",
    "$": "USD",
    "usd": "USD",
    "dollar": "USD",
    "dólar": "USD",
    "dolar": "USD",
    "доллар": "USD",
    "دولار": "USD",
    "美": "USD",
    "eur": "EUR",
    "€": "EUR",
    "евро": "EUR",
    "يورو": "EUR",
    "欧": "EUR",
    "gbp": "GBP",
    "£": "GBP",
    "rmb": "CNY",
    "cny": "CNY",
    "yuan": "CNY",
    "юан": "CNY",
    "¥": "CNY",
    "人民币": "CNY",
    "hkd": "HKD",
    "港": "HKD",
}
"""What a currency is written as, in lower case, by how it starts. The longer ones come first where two fit."""
_CURRENCY = (
    r"US ?\$|USD|U\.S\. ?dollars?|dollars?|d[oó]lares|dolares|dolar[iı]?|долларов|доллара|долл\.?|دولار|美金|美元|\$"
    r"|euros?|EUR|€|евро|يورو|欧元|GBP|£|RMB|CNY|yuan|юаней|¥|人民币|HKD|港币|港元"
)
_NUMBER = r"[0-9]{1,3}(?:[ ,.'\x{A0}\x{202F}][0-9]{3}){1,4}(?:[.,][0-9]{1,2})?|[0-9]{1,12}(?:[.,][0-9]{1,3})?"
_TIMES: Mapping[str, float] = {
    "million": 1e6,
    "mio": 1e6,
    "mln": 1e6,
    "млн": 1e6,
    "مليون": 1e6,
    "百万": 1e6,
    "m": 1e6,
    "thousand": 1e3,
    "mil": 1e3,
    "тыс": 1e3,
    "ألف": 1e3,
    "k": 1e3,
    "万": 1e4,
    "亿": 1e8,
}
_FACTOR = r"(?: ?(?:millions?|millones|milh[oõ]es|milyon|mio|mln|млн|مليون|百万|thousand|тыс|ألف|万|亿)|k\b)"
_SHORT = r"(?:m\b)"
"""Million, only behind a currency: `3000 m $0.50` are metres."""
_MONEY = Pattern(
    rf"(?i)(?:\b|[^A-Za-z])(?:{_CURRENCY}) ?\.?(?:{_NUMBER})(?:{_FACTOR}|{_SHORT})?"
    rf"|(?:{_NUMBER}){_FACTOR}? ?(?:{_CURRENCY})"
)
_UNIT = Pattern(
    r"(?i)^ ?(?:/|per\b|each\b|a (?:piece|pc|unit|ton|metre|meter|set|kg)\b|one\b|(?:la|por|par|pro|je|за|le|l[ae]) "
    r"(?:pieza|unidad|pi[eè]ce|st[uü]ck|шт|tonne?|kg|metro|m[eè]tre)|apiece|pcs?\b|[一每]|CIF|FOB|CFR)"
)
_BEFORE = " \t\r\n(:;,=-共计约为总额是"
_DIGITS = Pattern(_NUMBER)
_MOST = 40
LEAST_AMOUNT = 100.0
"""US dollars; less is the price of a piece."""
MOST_AMOUNT = 1e10
"""A larger sum is a tale or a telephone number."""

_CLASSES = (
    ("dual_use", "goods_dual_use"),
    ("high_value", "goods_high_value"),
    ("perishable", "goods_perishable"),
)
"""The classes that words of the text show, the gravest first."""


def order_facts(mail: Mail, evidence: Evidence, rulebook: Rulebook, phrases: Mapping[str, list[str]]) -> None:
    """The facts `deal.amount`, `.currency`, `.amount_usd`, `.country`, `.product_class` and `.payment_term`."""
    _amount(mail, evidence, rulebook)
    country = evidence.get("context.country") or _country_of_mail(evidence)
    if country is not None:
        evidence.put("deal.country", country)
    given = evidence.get("context.product_class")
    shown = next(((name, word) for name, word in _CLASSES if phrases.get(word)), None)
    if given is not None:
        evidence.put("deal.product_class", given)
    elif shown is not None:
        evidence.put("deal.product_class", shown[0], *evidence.quotes.get(f"phrases.{shown[1]}", ())[:1])
    elif any(word in phrases for _, word in _CLASSES):
        evidence.put("deal.product_class", "ordinary")
    _term(evidence, rulebook, phrases)


def _amount(mail: Mail, evidence: Evidence, rulebook: Rulebook) -> None:
    given = evidence.get("context.order_amount")
    quotes: tuple[Quote, ...] = ()
    if given is not None:
        amount, currency = float(cast(float, given)), str(evidence.get("context.currency") or "")
    else:
        largest = max(_sums(mail, rulebook.check_depth.usd), default=None, key=lambda row: row[2])
        if largest is None:
            return
        amount, currency, _, quote = largest
        quotes = (quote,)
    evidence.put("deal.amount", amount, *quotes)
    if not currency:  # nobody knows what it is worth: dollars and yen differ a hundred times
        evidence.miss("deal.currency", "not_given")
        evidence.miss("deal.amount_usd", "not_given")
        return
    evidence.put("deal.currency", currency)
    rate = rulebook.check_depth.usd.get(currency)
    if rate is None:
        evidence.miss("deal.amount_usd", "not_applicable")
    else:
        evidence.put("deal.amount_usd", round(amount * rate, 2), *quotes)


def _sums(mail: Mail, rates: Mapping[str, float]) -> Iterator[tuple[float, str, float, Quote]]:
    """The sums of money in the newest part that are no unit prices: amount, currency, worth in US dollars, place."""
    for low, high in mail.newest:
        piece = mail.text[low:high]
        for start, end in _MONEY.places(piece, _MOST):
            if _UNIT.search(piece[end : end + 16]) is not None:
                continue
            start += len(piece[start:end]) - len(piece[start:end].lstrip(_BEFORE))
            words = piece[start:end]
            amount, currency = number_in(words), _currency(words)
            if currency in rates and amount <= MOST_AMOUNT and amount * rates[currency] >= LEAST_AMOUNT:
                yield amount, currency, amount * rates[currency], mail.quote(low + start, low + end)


def number_in(words: str) -> float:
    """The number of `USD 45,000.00`, `1.200,50 €`, `1.2 million`, `12万美金`; 0 if there is none."""
    place = _DIGITS.search(words)
    if place is None:
        return 0.0
    text = words[place[0] : place[1]]
    rest = words[place[1] :].strip().lower()
    marks = [char for char in text if not char.isdigit()]
    last = max(text.rfind("."), text.rfind(","))
    tail = len(text) - last - 1
    is_decimal = last >= 0 and (tail != 3 or (len(marks) == 1 and text.startswith("0"))) and text[last + 1 :].isdigit()
    if is_decimal and len(marks) > 1 and marks.count(text[last]) > 1:
        is_decimal = False
    whole = "".join(char for char in (text[:last] if is_decimal else text) if char.isdigit())
    value = float(f"{whole or 0}.{text[last + 1 :] if is_decimal else 0}")
    factor = next((times for word, times in _TIMES.items() if rest.startswith(word)), 1.0)
    if rest.startswith(("mil ", "milh", "mily", "millo", "mill")):
        factor = 1e6 if rest.startswith(("milh", "mily", "mill")) else 1e3
    return value * factor


def _currency(words: str) -> str:
    low = words.lower().replace(" ", "")
    return next((code for sign, code in _SYMBOLS.items() if sign in low), "")


def _country_of_mail(evidence: Evidence) -> Value | None:
    """The country that the buyer claims, else of his domain, else of his phones; "" if looked and none is clear."""
    claimed, domain = evidence.get("identity.claimed_country"), evidence.get("identity.tld_country")
    phones = cast("list[str] | None", evidence.get("identity.phone_countries"))
    if claimed is None and domain is None and phones is None:
        return None
    return claimed or domain or (phones[0] if phones and len(set(phones)) == 1 else "")


def _term(evidence: Evidence, rulebook: Rulebook, phrases: Mapping[str, list[str]]) -> None:
    """The term that is riskiest for us of those that the text speaks of."""
    given = evidence.get("context.payment_term")
    if given is not None:
        evidence.put("deal.payment_term", given)
        return
    terms = [term for term in rulebook.payment_terms.terms if term.phrases]
    if not any(term.phrases in phrases for term in terms):
        return
    asked = next((term for term in reversed(terms) if phrases.get(term.phrases)), None)
    quotes = evidence.quotes.get(f"phrases.{asked.phrases}", ())[:1] if asked else ()
    evidence.put("deal.payment_term", asked.id if asked else "", *quotes)
