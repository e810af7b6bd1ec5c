# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportMissingImports=false, reportMissingModuleSource=false
"""One linear head a move beside the network of all, and its border from scores of sentences that neither had seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from server.meaning.suspecting import Network, fit_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

FOLDS = 5
REGULARISATION = 8.0
"""Inverse strength (C). Unit vectors of a thousand numbers need little."""
SHARED = 3.0
"""What the network that all moves share adds to a move's own head (a move or a near-miss, whichever?). Of 244 fraud and
244 honest twins by three hands not seen, with the tenor, 65 % of the frauds lie above 98 % of the honest ones, without
the network 45 %; AUC .917 and .901. At 2 and 4 it is much the same."""
OF_FAMILY = 0.4
"""What the head of a move's family adds: "you pay first" reads alike whether a bidder's fee, a permit or an inspector
is paid. Before the network came, on 620 mails of unseen hands, a move was sure in 3.4 instead of 4.2 % of the honest
mails and in 77 instead of 76 % of the frauds. With .8 there is nothing more to be had."""
OWN_NEAR_MISS = 4.0
"""What a near-miss weighs among the negatives: the border runs between it and the move."""
QUANTILE = 0.998
"""Of the scores out of fold of honest units: the background and the near-misses of other moves."""
NEAR_SPREADS = 1.0
"""Of the own near-misses 84 % lie below their mean and so many spreads. A quantile of fifty scores would be chance."""
HINT, CLEAR, SURE = 0.7, 1.0, 1.35
"""Spreads above the border, the mail's tenor added, from which a unit is a hint of the move, is the move, and is it
beyond reasonable doubt. A mail has thirty units and each of them thirty heads to please, so the border alone is too
near. With .6, .9 and 1.2 five in a hundred frauds more are found among 168 twins of a hand not seen, and four instead
of two of their 84 honest mails are red."""


@dataclass(frozen=True)
class Rows:
    """Units of all examples. `example` is the index of the example that a unit was cut from."""

    vectors: Matrix
    example: Sequence[int]
    scenario: Sequence[str]
    positive: dict[str, Mask]
    near: dict[str, Mask]
    background: Mask
    family: dict[str, str] = field(default_factory=dict[str, str])
    """The family of each move that has one."""

    @property
    def mails(self) -> list[str]:
        """The mail or group of wordings that each unit comes from, whatever move it is an example of."""
        return [name.split("/", 2)[2] for name in self.scenario]


@dataclass(frozen=True)
class Head:
    """A trained head, and the scores of all units out of fold: spreads above the border to honest sentences."""

    weights: Matrix
    bias: float
    gain: float
    """What the network's number counts for here."""
    scores: Matrix


def fit_all(rows: Rows) -> tuple[dict[str, Head], Network]:
    """The heads of all moves, and the network that they share. Only the network is random, by fixed seeds."""
    network = fit_network(rows.vectors, np.any(list(rows.positive.values()), axis=0), rows.mails)
    families = {name: _family(rows, name) for name in sorted(set(rows.family.values()))}
    found: dict[str, Head] = {}
    for move in rows.positive:
        family = families.get(rows.family.get(move, ""))
        found[move] = _head(rows, move, [(OF_FAMILY, family)] if family else [], network)
    return found, network


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


def _family(rows: Rows, name: str) -> _Line:
    """The head of a family: any of its moves against all the rest."""
    moves = [move for move in rows.positive if rows.family.get(move) == name]
    positive = np.any([rows.positive[move] for move in moves], axis=0)
    return _own(rows, positive, np.any([rows.near[move] for move in moves], axis=0) & ~positive)


def _own(rows: Rows, positive: Mask, near: Mask) -> _Line:
    importance = np.ones(len(rows.vectors))
    importance[near] = OWN_NEAR_MISS
    return _fit(rows, positive, _balanced(positive, importance))


def _head(rows: Rows, move: str, beside: Sequence[tuple[float, _Line]], network: Network) -> Head:
    """A move's own head with a share of those `beside` it and of the network."""
    own = _own(rows, rows.positive[move], rows.near[move])
    lines = [(1.0, own), *beside]
    scores = np.sum([share * line.scores for share, line in lines], axis=0) + SHARED * network.scores
    others = np.any([mask for name, mask in rows.near.items() if name != move], axis=0)
    honest, near = scores[rows.background | others], scores[rows.near[move]]
    border = max(quantile(honest, QUANTILE), float(near.mean() + NEAR_SPREADS * near.std()) if len(near) else -np.inf)
    spread = float(np.sqrt(honest.std() * near.std())) if len(near) else float(honest.std())
    weights = np.sum([share * line.weights for share, line in lines], axis=0) / spread
    bias = (sum(share * line.bias for share, line in lines) + SHARED * network.bias - border) / spread
    return Head(weights, round(bias, 4), round(SHARED / spread, 5), (scores - border) / spread)


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
