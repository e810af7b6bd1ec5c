"""Weights as text in a heads file: half precision, base64."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]


def packed(weights: Sequence[float]) -> str:
    """Weights as text."""
    import numpy as np

    return base64.b64encode(np.asarray(weights, dtype="<f2").tobytes()).decode()


def matrix(text: str, shape: tuple[int, int]) -> Matrix:
    """The weights of a text, row by row. Raises ValueError if there are more or fewer."""
    import numpy as np

    weights = np.frombuffer(base64.b64decode(text), dtype="<f2")
    if len(weights) != shape[0] * shape[1]:
        raise ValueError(f"weights of another size than {shape[0]} by {shape[1]}")
    return weights.astype(np.float32).reshape(shape)
