"""A report takes as long as its slowest look-up, or as the deadline, and hardly more. Figures are printed (`-s`)."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest

from tests.peers.overrun import healthy_overrun_ms, hung_overrun_ms, summary

pytestmark = pytest.mark.peers


@pytest.mark.parametrize(("measure", "most_ms"), [(healthy_overrun_ms, 15), (hung_overrun_ms, 100)])
def test_a_report_hardly_takes_longer_than_it_must(measure: Callable[[int], list[float]], most_ms: float) -> None:
    seen: list[dict[str, float]] = []
    for _ in range(3):  # the machine has other things to do
        figures = measure(7)
        seen.append(summary(figures))
        print(measure.__name__, seen[-1])
        if statistics.median(figures) <= most_ms:
            return
    pytest.fail(f"{measure.__name__}: {seen}, and at most {most_ms} ms are allowed")
