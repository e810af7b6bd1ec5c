# pyright: reportUnknownMemberType=false
"""The trained heads: for each move a direction among sentence vectors, a threshold, and examples to explain a hit."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

SCHEMA = 1
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
    thresholds: Matrix = field(repr=False)
    sure: Matrix = field(repr=False)
    """The score at which a hit has full strength."""
    examples: tuple[tuple[Mapping[str, str], ...], ...] = field(repr=False, default=())
    """For each move one example a scenario, by locale (`en`, `zh_CN`)."""
    sets: tuple[str, ...] = ()
    """Phrase sets that stand beside the encoder's numbers: they know who pays and what is denied, which it does not."""
    flag: float = 0.0
    """What a phrase found in the unit counts as, on the scale of the encoder's numbers."""
    near: float = 0.5
    """The least cosine at which an example is shown beside a hit."""

    def scores(self, vectors: Matrix, flags: Sequence[frozenset[int]]) -> Matrix:
        """How far each unit (row) lies above the threshold of each move (column); from 0 on it is a hit.

        `flags`: for each unit the places in `sets` of the phrase sets that were found in it.
        """
        size = vectors.shape[1]
        found = vectors @ self.weights[:, :size].T + self.biases - self.thresholds
        for row, places in enumerate(flags):
            for place in sorted(places):
                found[row] += self.flag * self.weights[:, size + place]
        return found

    def strength(self, move: int, score: float) -> float:
        """0.5 at the threshold, 1 where honest sentences of the training never came."""
        room = float(self.sure[move] - self.thresholds[move])
        return round(min(1.0, 0.5 + 0.5 * score / room) if room > 0 else 1.0, 2)


def read_heads(folder: Path) -> Heads | None:
    """The heads of a rule folder's moves/; None if nothing was trained yet. Raises HeadsError."""
    path = folder / "moves" / FILE
    if not path.is_file():
        return None
    data = path.read_bytes()
    try:
        return _heads(json.loads(data), hashlib.sha256(data).hexdigest()[:16])
    except (KeyError, TypeError, ValueError) as error:
        raise HeadsError(f"{path}: not usable ({error}); run `make moves`") from error


def _heads(data: dict[str, Any], version: str) -> Heads:
    import numpy as np

    if data["schema"] != SCHEMA:
        raise ValueError(f"schema {data['schema']}, this server reads {SCHEMA}")
    rows: dict[str, dict[str, Any]] = data["moves"]
    weights = [np.frombuffer(base64.b64decode(row["weights"]), dtype="<f2") for row in rows.values()]
    size = data["dim"] + len(data["sets"])
    if any(len(row) != size for row in weights):
        raise ValueError(f"weights of another size than {size}")

    def column(name: str) -> Matrix:
        return np.array([row[name] for row in rows.values()], dtype=np.float32)

    return Heads(
        moves=tuple(rows),
        encoder=data["encoder"],
        version=version,
        weights=np.array(weights, dtype=np.float32).reshape(len(rows), size),
        biases=column("bias"),
        thresholds=column("threshold"),
        sure=column("sure"),
        examples=tuple(tuple(row["examples"]) for row in rows.values()),
        sets=tuple(data["sets"]),
        flag=data["flag"],
        near=data["near"],
    )


def packed(weights: Sequence[float]) -> str:
    """Weights as text: half precision, base64."""
    import numpy as np

    return base64.b64encode(np.asarray(weights, dtype="<f2").tobytes()).decode()
