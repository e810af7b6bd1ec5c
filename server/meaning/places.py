# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
"""Where the tokens of a batch stand for a convolution: sentence after sentence, with places for no token between."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from server.meaning.convolve import TILE
from server.meaning.store import KERNELS

if TYPE_CHECKING:
    import numpy.typing as npt

    Indices = npt.NDArray[np.int64]

GAPS = tuple(max(left, width - 1 - left) for width, left in KERNELS)
"""Of each convolution: so many places for no token around a sentence, and no window reaches into the next one."""


class Places(NamedTuple):
    """Of each token: the layer and the tile of the place where the window begins that it is the middle of."""

    tiles: int
    layer: Indices
    tile: Indices
    rows: Indices
    """Which row of the store stands at each place, from a gap before the first one on."""


def placed(index: int, rows: Indices, sentence: Indices, sentences: int, gap_row: int) -> Places:
    """The places for a convolution. `rows` and `sentence`: of each token its row of the store and its sentence."""
    gap, left = GAPS[index], KERNELS[index][1]
    at = np.arange(len(rows)) + gap * (sentence + 1)
    tiles = -(-(len(rows) + gap * (sentences + 1)) // TILE)
    around = np.full(TILE * (tiles + 1) + 2 * gap, gap_row, dtype=np.int64)
    around[at + gap] = rows
    tile, layer = np.divmod(at - left, TILE)
    return Places(tiles, layer, tile, around)
