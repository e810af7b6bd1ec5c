"""What a letter says of the customer, out of a verdict. A name that the mail gave counts only if it looks like one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, cast

from server.model import Lang
from server.rulebook.goods import goods_of

MOST_NAME = 60
MOST_COMPANY = 80
MOST_GOODS = 40
MOST_MISSING = 8
_LINK = re.compile(r"(?i)://|www\.|@|[^\W_]\.[^\W\d_]{3,}(?:[/:]|\Z|\s)|\.(?:com|net|org|cn|io|ru|de|uk|cc|top|xyz)\b")
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}\Z")
_HAN = re.compile("[\u4e00-\u9fff]")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,3}\\Z")
_UNCOUNTED = frozenset(
    {"garlic", "ginger", "tomato", "onion", "denim", "poplin", "furniture", "glass", "solar", "stationery", "packaging"}
    | {"rice", "sugar", "flour", "oil", "coffee", "tea", "machinery", "cookware", "knives", "batteries", "cloth"}
    | {"pongee", "twill", "satin", "canvas", "oxford", "polyester", "cotton", "lighting", "fabric"}
)
_KEPT_TITLES = ("dr.", "prof.")
_COMPANY = re.compile(r"[\w &.,'’()（）·/+-]+\Z")


def one_line(text: str, most: int) -> str:
    """A text without control and direction characters, on one line of at most `most` code points; "" if longer."""
    kept = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text[: 4 * most])
    line = " ".join(unicodedata.normalize("NFC", kept).split())
    return line if len(line) <= most else ""


def person_of(verdict: Mapping[str, Any]) -> str:
    """How to address the writer, or "". A single word counts only if the sender's display name holds it too."""
    words = one_line(_fact(verdict, "identity", "person"), MOST_NAME).split(" ")
    while len(words) > 1 and words[0].endswith(".") and words[0].lower() not in _KEPT_TITLES:
        del words[0]
    name = " ".join(words)
    if _HAN_NAME.match(name):
        return name
    if _HAN.search(name) or not _PERSON.match(name) or _LINK.search(name):
        return ""
    shown = one_line(_fact(verdict, "sender", "name"), MOST_NAME)
    return name if len(words) > 1 or name.lower() in shown.lower().split() else ""


def company_of(verdict: Mapping[str, Any]) -> str:
    """The customer's company, or "". Where the sender has a domain of his own, it must be the company's."""
    name = one_line(_fact(verdict, "identity", "company"), MOST_COMPANY)
    if not _COMPANY.match(name) or _LINK.search(name) or _facts(verdict, "identity").get("company_in_domain") is False:
        return ""
    return name


def products_of(verdict: Mapping[str, Any], lang: Lang) -> list[str]:
    """The goods that the mail names in the letter's language or in English, as a list of none or one."""
    quote = next((str(row.get("quote", "")) for row in _criteria(verdict) if row.get("id") == "product_named"), "")
    goods = one_line(goods_of(quote), MOST_GOODS)
    if len(goods) < 2 or not goods.replace(" ", "").isalpha():
        return []
    if _HAN.search(goods):
        return [goods] if lang == "zh_CN" else []
    if not goods.isascii() or _fact(verdict, "content", "language") != "en":
        return []
    if " " not in goods and not goods[0].islower():
        return []  # a part of a name, as Kumas of Kumasi
    return [plural(goods[0].lower() + goods[1:] if goods[1:].islower() else goods)]


def plural(goods: str) -> str:
    """English goods as many: `gate valve` as `gate valves`; what is not counted stays."""
    last = goods.rsplit(" ", 1)[-1].lower()
    if last.endswith("s") or last in _UNCOUNTED:
        return goods
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return goods[:-1] + "ies"
    return goods + ("es" if last.endswith(("x", "ch", "sh")) else "s")


def known_customer(verdict: Mapping[str, Any]) -> bool:
    """Whether there are orders with this customer already (level 1)."""
    return _customer(verdict).get("level") == 1


def writes_from_public_mailbox(verdict: Mapping[str, Any]) -> bool:
    """Whether anybody can get a mailbox at the sender's domain, or that is unknown."""
    return _facts(verdict, "sender").get("free_provider") is not False


def missing_of(verdict: Mapping[str, Any], unasked: frozenset[str], company_data: str) -> list[str]:
    """What to ask for: what the next level lacks, but for `unasked` words; at level 4 the company's data too.

    `unasked` are words as the rules have them, where `{parts}` stands for a list.
    """
    given = [str(text) for text in cast("list[Any]", _customer(verdict).get("missing_for_next_level") or [])]
    starts = tuple(text.partition("{parts}")[0] for text in unasked if "{parts}" in text)
    asked: list[str] = []
    for text in given:
        if text in unasked or (starts and text.startswith(starts)):
            continue
        if not any(_parts(known) and _parts(known) <= _parts(text) for known in asked):
            asked.append(text)
    unknown = any(row.get("id") == "customer_info_complete" and row.get("met") != "yes" for row in _criteria(verdict))
    if _customer(verdict).get("level") == 4 and unknown:
        asked.append(company_data)
    return asked[:MOST_MISSING]


def _parts(text: str) -> frozenset[str]:
    """What a wording such as `details: packing, quantity` lists; empty if it lists nothing."""
    listed = re.split("[:：]", text, maxsplit=1)[1:]
    return frozenset(part.strip() for part in re.split("[,、]", listed[0])) if listed else frozenset()


def _customer(verdict: Mapping[str, Any]) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", verdict.get("customer_level") or {})


def _criteria(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return cast("list[Mapping[str, Any]]", _customer(verdict).get("criteria") or [])


def _facts(verdict: Mapping[str, Any], group: str) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", cast("Mapping[str, Any]", verdict.get("facts") or {}).get(group) or {})


def _fact(verdict: Mapping[str, Any], group: str, name: str) -> str:
    value = _facts(verdict, group).get(name)
    return value if isinstance(value, str) else ""
