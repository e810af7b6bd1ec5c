"""Makes a value of the mail harmless in a search: nothing is left that a search engine reads as a command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, cast

MOST_CHARS = 120
MOST_WORDS = 12
_COMMANDS = frozenset(("OR", "AND", "NOT", "NEAR", "AROUND"))
_ALLOWED = frozenset("_.@&'/·-")
"""Beside letters, digits and marks: what company names and addresses are written with."""
_OTHER_ASCII = re.compile("[^A-Za-z0-9_.@&'/-]")
_EDGE = "-/'.·@&_"
_DOUBLED = re.compile(r"/{2,}|\.{2,}|&{2,}|-{2,}|'{2,}")
_HOST = re.compile(r"[^\W_](?:[\w-]|\.(?=[^\W_]))*\.[^\W_]{2,}\Z")


def clean(value: str) -> str:
    """A value that adds no operator, quote, host or scheme to a query: NFKC, at most 12 words and 120 code points."""
    text = value[: MOST_CHARS * 4]
    if text.isascii():
        text = _OTHER_ASCII.sub(" ", text)
    else:
        text = unicodedata.normalize("NFKC", text)
        text = "".join(char if char in _ALLOWED or unicodedata.category(char)[0] in "LMN" else " " for char in text)
    words = [word.strip(_EDGE) for word in _DOUBLED.sub(" ", text).split()]
    kept = [word for word in words if word and word not in _COMMANDS][:MOST_WORDS]
    while len(kept) > 1 and len(" ".join(kept)) > MOST_CHARS:
        kept.pop()
    return " ".join(kept)[:MOST_CHARS].strip(_EDGE)


def host(value: str) -> str:
    """A host name that may stand unquoted in a search, or ""."""
    return value if len(value) <= MOST_CHARS and _HOST.match(value) else ""


def narrow(value: str, width: int) -> str:
    """The first words of a value that are at most `width` wide, code points from U+1100 on counting two."""
    if len(value) * 2 <= width:
        return value
    taken = 0
    for at, char in enumerate(value):
        taken += 2 if char >= "\u1100" else 1
        if taken > width:
            cut = value.rfind(" ", 0, at)
            return value[: cut if cut > 0 else at]
    return value


def endings(forms: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Legal forms in lower case, the longest first: joined to the name; behind it, with the sign before; before it."""

    def longest_first(key: str) -> list[str]:
        return sorted(cast("Sequence[str]", forms.get(key) or ()), key=len, reverse=True)

    behind = [sign + form.rstrip(".") for form in longest_first("after") for sign in " ,"]
    return tuple(longest_first("joined")), tuple(behind), tuple(f"{form} " for form in longest_first("before"))


def without_legal_form(company: str, forms: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]) -> str:
    """A company's name without Ltd, GmbH, 有限公司 and the like; the name itself if nothing else would be left."""
    name = company.strip(" .,")
    while name:
        shorter = _one_form_less(name, *forms)
        if shorter == name or len(shorter) < 2:
            return name
        name = shorter
    return name


def _one_form_less(name: str, joined: tuple[str, ...], behind: tuple[str, ...], before: tuple[str, ...]) -> str:
    low = name.lower()
    if len(low) != len(name):  # a letter whose lower case is longer: offsets would not fit
        return name
    if low.endswith(joined):
        form = next(form for form in joined if low.endswith(form))
        return name[: -len(form)].rstrip(" .,()（）")
    bare = low.rstrip(".")
    if bare.endswith(behind):
        form = next(form for form in behind if bare.endswith(form))
        return name.rstrip(".")[: -len(form)].rstrip(" .,&(")
    if low.startswith(before):
        form = next(form for form in before if low.startswith(form))
        return name[len(form) - 1 :].strip(' .,"«»“”')
    return name
