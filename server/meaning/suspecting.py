# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportMissingImports=false, reportMissingModuleSource=false
"""Trains the network that all heads share: is a unit a move of any kind, or honest talk of the same matter?"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from server.meaning.packing import packed

if TYPE_CHECKING:
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

FOLDS = 5
NETS, HIDDEN = 4, 32
"""So many networks of so many hidden numbers, their mean taken: they run as one of 128. With 64 hidden numbers in all
mails of unseen hands are ranked .885, with 128 .897, with 256 .903; a direction ranks them .856."""
ROUNDS = 8
"""Times that each unit is seen. With 14 nothing is ranked better."""
DECAY = 0.2
BATCH = 128
SCALE = 10.0
"""Brings vectors of length 1 to numbers that the network learns from at once."""


@dataclass(frozen=True)
class Network:
    """The trained network, and the scores of all units by networks that had not seen their mail."""

    inner: Matrix = field(repr=False)
    inner_bias: Matrix = field(repr=False)
    outer: Matrix = field(repr=False)
    bias: float
    scores: Matrix = field(repr=False)

    def written(self) -> dict[str, Any]:
        """As heads.json holds it. Its bias is a part of each head's."""
        return {
            "hidden": len(self.outer),
            "inner": packed(self.inner.ravel().tolist()),
            "inner_bias": [round(float(value), 5) for value in self.inner_bias],
            "outer": [round(float(value), 5) for value in self.outer],
        }


def fit_network(vectors: Matrix, truth: Mask, mails: Sequence[str]) -> Network:
    """Train on all units. `mails`: what is never split between folds. Deterministic on the same machine."""
    scores = np.zeros(len(truth))
    for train, test in GroupKFold(FOLDS).split(vectors, groups=list(mails)):
        inner, inner_bias, outer, bias = _fitted(vectors[train], truth[train])
        scores[test] = np.maximum(vectors[test] @ inner + inner_bias, 0) @ outer + bias
    return Network(*_fitted(vectors, truth), scores)


def _fitted(vectors: Matrix, truth: Mask) -> tuple[Matrix, Matrix, Matrix, float]:
    scaled = (vectors * SCALE).astype(np.float32)
    weights = np.ones(len(truth))
    weights[truth] *= (~truth).sum() / max(1, truth.sum())
    nets = [_net(scaled, truth, weights / weights.mean(), seed) for seed in range(NETS)]
    return (
        np.hstack([net.coefs_[0] for net in nets]).astype(np.float64) * SCALE,
        np.hstack([net.intercepts_[0] for net in nets]).astype(np.float64),
        np.hstack([net.coefs_[1][:, 0] for net in nets]).astype(np.float64) / NETS,
        float(sum(net.intercepts_[1][0] for net in nets) / NETS),
    )


def _net(scaled: Any, truth: Mask, weights: Matrix, seed: int) -> Any:
    batch: Any = BATCH  # its types know only "auto"
    net = MLPClassifier((HIDDEN,), alpha=DECAY, batch_size=batch, max_iter=ROUNDS, random_state=seed)
    with warnings.catch_warnings(), threadpool_limits(1):  # one thread: more add up in another order
        warnings.simplefilter("ignore", ConvergenceWarning)
        return net.fit(scaled, truth, sample_weight=weights)
