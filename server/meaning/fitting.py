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
SHARED = 2.0
"""What the head that all moves share (a move or a near-miss, whichever?) adds to a move's own. Negation, direction and
who pays look alike in all moves, and no single one has examples enough to learn them (measured: the ranking of moves
before near-misses of unseen scenarios rose from .66 to .80)."""
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


def fit_all(rows: Rows) -> dict[str, Head]:
    """The heads of all moves. Deterministic: no random choice in folds or solver."""
    of_any = np.any(list(rows.positive.values()), axis=0)
    shared = _fit(rows, of_any, _balanced(of_any, np.ones(len(of_any))))
    return {move: _head(rows, move, shared) for move in rows.positive}


@dataclass(frozen=True)
class _Line:
    """A direction, its bias, and the scores of all units out of fold."""

    weights: Matrix
    bias: float
    scores: Matrix


def _fit(rows: Rows, truth: Mask, weights: Matrix) -> _Line:
    scores = np.zeros(len(truth))
    for train, test in GroupKFold(FOLDS).split(rows.vectors, groups=list(rows.scenario)):
        model = _model().fit(rows.vectors[train], truth[train], sample_weight=weights[train])
        scores[test] = model.decision_function(rows.vectors[test])
    model = _model().fit(rows.vectors, truth, sample_weight=weights)
    return _Line(model.coef_[0], float(model.intercept_[0]), scores)


def _head(rows: Rows, move: str, shared: _Line) -> Head:
    importance = np.ones(len(rows.vectors))
    importance[rows.near[move]] = OWN_NEAR_MISS
    own = _fit(rows, rows.positive[move], _balanced(rows.positive[move], importance))
    scores = own.scores + SHARED * shared.scores
    honest, near = scores[rows.background], scores[rows.near[move]]
    threshold = max(quantile(honest, QUANTILE), quantile(near, NEAR_QUANTILE))
    sure = max(threshold, quantile(honest, SURE), quantile(near, SURE)) + 1.0
    weights, bias = own.weights + SHARED * shared.weights, own.bias + SHARED * shared.bias
    return Head(weights, round(bias, 4), round(threshold, 4), round(sure, 4), scores)


def _model() -> Any:
    return LogisticRegression(C=REGULARISATION, max_iter=400, tol=1e-5)


def _balanced(truth: Mask, importance: Matrix) -> Matrix:
    """Moves and all the rest weigh the same in sum."""
    weights = importance.copy()
    weights[truth] *= 0.5 * weights[~truth].sum() / max(1.0, weights[truth].sum())
    return weights / weights.mean()


def quantile(scores: Matrix, share: float) -> float:
    """The least score that at most 1 - share of the scores exceed."""
    if not len(scores):
        return 0.0
    ranked = np.sort(scores)
    return float(ranked[min(len(ranked) - 1, int(np.ceil(share * len(ranked))))]) + 1e-4
