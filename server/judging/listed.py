"""Several things named in one line, as the reader's language writes it."""

from __future__ import annotations

from collections.abc import Iterable

from server.model import Lang

_COMMA = {"en": ", ", "zh_CN": "、"}


def listed(texts: Iterable[str], lang: Lang) -> str:
    """The texts with commas between them."""
    return _COMMA[lang].join(texts)
