"""What is like no example of a move counts less, and a far example explains nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from server.meaning.heads import Heads
from server.meaning.nearness import Nearness


class Letters:
    """An encoder of two numbers: what a text is about stands in its first letter."""

    name = "letters"
    last = 2

    def encode(self, texts: Sequence[str], groups: Sequence[Sequence[int]]) -> np.ndarray:
        about = {"p": (0.5, 0.0), "t": (0.0, 0.5)}
        rows = [np.mean([about[texts[index][0]] for index in group], axis=0) for group in groups]
        return np.array([[0.0, *row] for row in rows], dtype=np.float32)


@pytest.fixture
def near() -> Nearness:
    empty = np.zeros((2, 3), dtype=np.float32)
    pays = {"en": "Pay first", "zh_CN": "pay"}
    heads = Heads(("pay", "bare"), "letters", "1", empty, np.zeros(2, dtype=np.float32), ((pays,), ()), near=0.5)
    return Nearness(heads, Letters())  # type: ignore[arg-type]


def vector(first: float, second: float) -> np.ndarray:
    """A unit's vector. The examples are .5 long, so that twice the product is the cosine."""
    return np.array([9.0, first, second], dtype=np.float32)


@pytest.mark.parametrize(
    ("unit", "score", "nearest"),
    [((1.0, 0.0), 2.0, 0), ((0.6, 0.8), 2.0, 0), ((0.45, 0.9), 2.0, -1), ((0.2, 0.98), 1.5, -1), ((0.0, 1.0), 1.0, -1)],
    ids=[
        "the same",
        "near: explained",
        "not near: unexplained",
        "far: loses half a spread",
        "unlike: loses a whole one",
    ],
)
def test_far_from_every_example(near: Nearness, unit: tuple[float, float], score: float, nearest: int) -> None:
    hint = near.hint(0, 2.0, vector(*unit))
    assert hint.score == pytest.approx(score, abs=0.01)
    assert hint.nearest == nearest


def test_without_examples_nothing_is_far(near: Nearness) -> None:
    assert near.hint(1, 2.0, vector(0.0, 1.0)) == (2.0, -1)
