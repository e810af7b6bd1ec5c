# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportMissingImports=false, reportMissingModuleSource=false
"""One linear head a move, and its threshold from scores of sentences that the head had not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

FOLDS = 5
REGULARISATION = 4.0
"""Inverse strength (C). Unit vectors of 512 numbers need little."""
OWN_NEAR_MISS = 4.0
"""What a near-miss weighs among the negatives: the border runs between it and the move."""
QUANTILE = 0.995
"""Of the background's scores out of fold: at most one honest sentence in two hundred lies above the threshold."""
NEAR_QUANTILE = 0.95
SURE = 0.999


@dataclass(frozen=True)
class Rows:
    """Units of all examples. `example` is the index of the example that a unit was cut from."""

    vectors: Matrix
    example: Sequence[int]
    scenario: Sequence[str]
    positive: dict[str, Mask]
    near: dict[str, Mask]
    background: Mask


@dataclass(frozen=True)
class Head:
    """A trained head and the scores of all units out of fold."""

    weights: Matrix
    bias: float
    threshold: float
    sure: float
    scores: Matrix


def fit(rows: Rows, move: str) -> Head:
    """The head of a move. Deterministic: no random choice in folds or solver."""
    truth, weights = rows.positive[move], _weights(rows, move)
    scores = np.zeros(len(truth))
    for train, test in GroupKFold(FOLDS).split(rows.vectors, groups=list(rows.scenario)):
        model = _model().fit(rows.vectors[train], truth[train], sample_weight=weights[train])
        scores[test] = model.decision_function(rows.vectors[test])
    model = _model().fit(rows.vectors, truth, sample_weight=weights)
    honest, near = scores[rows.background], scores[rows.near[move]]
    threshold = max(quantile(honest, QUANTILE), quantile(near, NEAR_QUANTILE))
    sure = max(threshold, quantile(honest, SURE), quantile(near, SURE)) + 1.0
    weight = np.asarray(model.coef_[0]).astype("<f2").astype(float)
    return Head(weight, round(float(model.intercept_[0]), 4), round(threshold, 4), round(sure, 4), scores)


def _model() -> Any:
    return LogisticRegression(C=REGULARISATION, max_iter=400, tol=1e-5)


def _weights(rows: Rows, move: str) -> Matrix:
    """Moves and all the rest weigh the same in sum; own near-misses weigh more among the rest."""
    truth = rows.positive[move]
    weights = np.ones(len(truth))
    weights[rows.near[move]] = OWN_NEAR_MISS
    weights[truth] *= 0.5 * weights[~truth].sum() / max(1, truth.sum())
    return weights / weights.mean()


def quantile(scores: Matrix, share: float) -> float:
    """The least score that at most 1 - share of the scores exceed."""
    if not len(scores):
        return 0.0
    ranked = np.sort(scores)
    return float(ranked[min(len(ranked) - 1, int(np.ceil(share * len(ranked))))]) + 1e-4
