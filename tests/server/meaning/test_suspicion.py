"""The network that all moves share: what it adds, how it is written and read, and what it can learn."""

from __future__ import annotations

import numpy as np
import pytest

from server.meaning.packing import matrix, packed
from server.meaning.suspicion import Suspicion, read_suspicion


def test_it_adds_its_number_to_each_move_by_the_moves_gain() -> None:
    net = Suspicion(
        inner=np.array([[1.0, -1.0], [0.0, 1.0], [2.0, 0.0]], dtype=np.float32),
        inner_bias=np.array([0.5, 0.0], dtype=np.float32),
        outer=np.array([1.0, 10.0], dtype=np.float32),
        gains=np.array([1.0, 0.5], dtype=np.float32),
    )
    vectors = np.array([[1.0, 0.0], [0.0, 2.0]], dtype=np.float32)
    beside = np.array([[0.0], [1.0]], dtype=np.float32)
    # first unit: hidden (1.5, 0), so 1.5; second: (2.5, 2), so 22.5
    assert net.added(vectors, beside).tolist() == [[1.5, 0.75], [22.5, 11.25]]


def test_what_is_written_is_read_again() -> None:
    row = {
        "hidden": 2,
        "inner": packed([0.5, 1.0, -2.0, 0.0]),
        "inner_bias": [0.25, 0.0],
        "outer": [1.0, -1.0],
    }
    net = read_suspicion(row, np.ones(1, dtype=np.float32), 2)
    assert net.inner.tolist() == [[0.5, 1.0], [-2.0, 0.0]]
    assert net.inner_bias.tolist() == [0.25, 0.0]


def test_weights_of_another_size_are_refused() -> None:
    with pytest.raises(ValueError, match="another size than 3 by 2"):
        matrix(packed([1.0, 2.0]), (3, 2))


def test_it_learns_what_no_direction_can() -> None:
    """Of two signs each alone is harmless, and so are both together with a third: only their pairing tells."""
    suspecting = pytest.importorskip("server.meaning.suspecting")
    chance = np.random.default_rng(1)
    signs = chance.integers(0, 2, (1200, 2))
    vectors = np.hstack([signs, 1 - signs]) * 0.5 + chance.normal(0, 0.02, (1200, 4))
    truth = signs[:, 0] != signs[:, 1]
    net = suspecting.fit_network(vectors, truth, [str(place // 3) for place in range(len(truth))])
    right = (net.scores > 0) == truth
    assert right.mean() > 0.95, "the network does not learn that two things count together"
    again = suspecting.fit_network(vectors, truth, [str(place // 3) for place in range(len(truth))])
    assert net.written() == again.written()
