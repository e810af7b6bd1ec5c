"""How near a unit is to the written examples of a move: they explain a hit, and what is like none counts less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from server.meaning.cache import Hint
from server.meaning.encoder import Encoder
from server.meaning.heads import LOCALES, Heads

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]
    Vector = npt.NDArray[np.float32]

_ALIKE, _UNLIKE = 0.4, 2.5
"""A unit whose nearest example of the move has a smaller cosine loses so many spreads for each 1 that it lacks: of a
text unlike all that it learned from a network may say anything."""
_AT_ONCE = 128
"""Examples that are read at a time: their whole vectors are 7 KB each, what is kept of them is 1 KB."""


class Nearness:
    """The vectors of all examples. Safe to share among threads."""

    def __init__(self, heads: Heads, encoder: Encoder) -> None:
        self._near = heads.near
        self._last = encoder.last
        texts = [_texts(scenarios) for scenarios in heads.examples]
        self._scenarios = [list(row.values()) for row in texts]
        """For each move the scenario of each of its rows."""
        self._rows = [_vectors(list(row), encoder) for row in texts]
        """In single precision: half as wide they would take 5 MB less, and turning them back for each hint a tenth of
        the stage's time."""

    def hint(self, move: int, score: float, vector: Vector) -> Hint:
        """What is left of a score where no example is like the unit, and the nearest scenario if it is near enough."""
        rows = self._rows[move]
        if not len(rows):
            return Hint(score, -1)
        cosines = 2 * (rows @ vector[-self._last :])
        best = int(cosines.argmax())
        cosine = float(cosines[best])
        scenario = self._scenarios[move][best] if cosine >= self._near else -1
        return Hint(score - _UNLIKE * max(0.0, _ALIKE - cosine), scenario)


def _texts(scenarios: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """The texts of a move's examples, each once, with the first scenario that has it."""
    found: dict[str, int] = {}
    for number, row in enumerate(scenarios):
        for locale in LOCALES:
            found.setdefault(row[locale].lower(), number)
    return found


def _vectors(texts: Sequence[str], encoder: Encoder) -> Matrix:
    """Only the columns that compare what is said are kept."""
    import numpy as np

    said: list[Matrix] = [np.empty((0, encoder.last), dtype=np.float32)]
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        vectors = encoder.encode(some, [(index,) for index in range(len(some))])
        said.append(vectors[:, -encoder.last :].copy())
    return np.concatenate(said)
