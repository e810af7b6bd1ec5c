"""How often words stand in mails: a pattern is looked at where its rarest words stand."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from server.rulebook.forms import edged, is_edged, unwrapped
from server.rulebook.words import FAST, Words


def rates(words: Iterable[str], sample: bytes, options: Any) -> Sequence[float]:
    """Places of each word in a kilobyte of text like the sample. The longer one that is not in it, the rarer."""
    found: Counter[str] = Counter()
    for form, of_form in ((edged, True), (unwrapped, False)):
        looked_for = [word for word in words if is_edged(word) is of_form]
        if sample and FAST:
            automaton = Words(looked_for, options)
            for line in sample.splitlines():  # in all of it at once they stand in a hundred thousand places
                found.update(looked_for[number] for number, _, _ in automaton.find(form(line)))
    size = max(1.0, len(sample) / 1024)
    return array("d", (found[word] / size + 0.3 / 2 ** len(word) for word in words))
