# pyright: reportUnknownMemberType=false
"""The trained heads: for each move a direction among sentence vectors, a border, and examples to explain a hit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from server.meaning.packing import matrix
from server.meaning.suspicion import Suspicion, read_suspicion

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

T = TypeVar("T")
SCHEMA = 3
LOCALES = ("en", "zh_CN")
"""Languages of the examples that are shown; the others learn from theirs all the same."""
FILE = "heads.json"


class HeadsError(ValueError):
    """A heads file that cannot be used; the message says why."""


@dataclass(frozen=True)
class Heads:
    """All heads of a training. Row i of `weights` and the i-th of the others belong to `moves[i]`."""

    moves: tuple[str, ...]
    encoder: str
    """Name and version of the encoder they were trained with."""
    version: str
    weights: Matrix = field(repr=False)
    biases: Matrix = field(repr=False)
    examples: tuple[tuple[Mapping[str, str], ...], ...] = field(repr=False, default=())
    """For each move one example a scenario, by LOCALES; where one is missing, the other stands in."""
    sets: tuple[str, ...] = ()
    """Phrase sets that stand beside the encoder's numbers: they know who pays and what is denied, which it does not."""
    flag: float = 0.0
    """What a phrase found in the unit counts as, on the scale of the encoder's numbers."""
    hint: float = 0.5
    clear: float = 1.25
    sure: float = 2.0
    """Scores from which a unit is a hint of a move, is the move, and is it beyond reasonable doubt."""
    suspicion: Suspicion | None = field(repr=False, default=None)
    """What all heads share."""
    near: float = 0.5
    """The least cosine at which an example is shown beside a hit."""

    def scores(self, vectors: Matrix, flags: Sequence[frozenset[int]]) -> Matrix:
        """How far each unit (row) lies above the border of each move (column), in spreads of honest sentences.

        `flags`: for each unit the places in `sets` of the phrase sets that were found in it.
        """
        import numpy as np

        size = vectors.shape[1]
        found = vectors @ self.weights[:, :size].T + self.biases
        beside = np.zeros((len(flags), self.weights.shape[1] - size), dtype=np.float32)
        for row, places in enumerate(flags):
            beside[row, list(places)] = self.flag
        found += beside @ self.weights[:, size:].T
        if self.suspicion is not None:
            found += self.suspicion.added(vectors, beside)
        return found

    def strength(self, score: float) -> float:
        """0 at the border, 0.5 where a hint becomes a move, towards 1 far above."""
        return round(score / (score + self.clear), 2)


def read_heads(folder: Path) -> Heads | None:
    """The heads of a rule folder's moves/; None if nothing was trained yet. Raises HeadsError."""
    return read_trained(folder / "moves" / FILE, SCHEMA, _heads)


def read_trained(path: Path, schema: int, make: Callable[[dict[str, Any], str], T]) -> T | None:
    """What `make` gives of a heads file and its version; None if nothing was trained yet. Raises HeadsError."""
    if not path.is_file():
        return None
    content = path.read_bytes()
    try:
        data: dict[str, Any] = json.loads(content)
        if data["schema"] != schema:
            raise ValueError(f"schema {data['schema']}, this server reads {schema}")
        return make(data, hashlib.sha256(content).hexdigest()[:16])
    except (KeyError, TypeError, ValueError) as error:
        raise HeadsError(f"{path}: not usable ({error}); run `make moves`") from error


def unpacked(rows: Mapping[str, Mapping[str, Any]], size: int) -> tuple[Matrix, Matrix]:
    """Weights and biases of the heads, a row each. Raises ValueError for weights of another size."""
    import numpy as np

    weights = [np.zeros((0, size), dtype=np.float32), *(matrix(row["weights"], (1, size)) for row in rows.values())]
    biases = np.array([row["bias"] for row in rows.values()], dtype=np.float32)
    return np.concatenate(weights), biases


def _in_all(example: Mapping[str, str]) -> Mapping[str, str]:
    any_of_them = next(iter(example.values()))
    return {locale: example.get(locale, any_of_them) for locale in LOCALES}


def _heads(data: dict[str, Any], version: str) -> Heads:
    import numpy as np

    rows: dict[str, dict[str, Any]] = data["moves"]
    size = data["dim"] + len(data["sets"])
    weights, biases = unpacked(rows, size)
    gains = np.array([row["gain"] for row in rows.values()], dtype=np.float32)
    return Heads(
        moves=tuple(rows),
        encoder=data["encoder"],
        version=version,
        weights=weights,
        biases=biases,
        examples=tuple(tuple(map(_in_all, row["examples"])) for row in rows.values()),
        sets=tuple(data["sets"]),
        flag=data["flag"],
        hint=data["hint"],
        clear=data["clear"],
        sure=data["sure"],
        suspicion=read_suspicion(data["suspicion"], gains, size),
        near=data["near"],
    )
