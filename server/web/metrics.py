"""Counts and times for the admin: levels, rules, calls, caches. Nothing of a mail, of a person or of a domain."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from flask import current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
BOUND = 4096
"""Combinations of rules whose counters are kept at hand; finding ten by their labels takes longer than counting."""

Uses = Mapping[str, Mapping[str, int]]
"""By cache: hits, misses, entries …"""


class Metrics:
    """The counters of one app. Several workers share them where PROMETHEUS_MULTIPROC_DIR is set."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._verdicts = Counter("backtone_verdicts", "Verdicts answered", ("level", "cache"), registry=self._registry)
        self._rules = Counter("backtone_rules_fired", "Rules that fired", ("rule",), registry=self._registry)
        self._calls = Histogram(
            "backtone_call_seconds", "Time of a call", ("call", "status"), buckets=BUCKETS, registry=self._registry
        )
        self._bound: dict[tuple[str, tuple[str, ...], bool], tuple[Counter, ...]] = {}
        self._timed: dict[tuple[str, int], Histogram] = {}

    def verdict(self, level: str, rules: tuple[str, ...], *, hit: bool) -> None:
        """Count one answered verdict."""
        counters = self._bound.get((level, rules, hit))
        if counters is None:
            if len(self._bound) >= BOUND:
                self._bound.clear()
            named = (self._rules.labels(rule) for rule in rules)
            counters = (self._verdicts.labels(level, "hit" if hit else "miss"), *named)
            self._bound[level, rules, hit] = counters
        for counter in counters:
            counter.inc()

    def call(self, endpoint: str, status: int, seconds: float) -> None:
        """Count one answered call by its route."""
        times = self._timed.get((endpoint, status))
        if times is None:
            times = self._timed[endpoint, status] = self._calls.labels(endpoint, str(status))
        times.observe(seconds)

    def watch(self, uses: Callable[[], Uses]) -> None:
        """Show the hits, misses and sizes of these caches, asked when the metrics are."""
        self._registry.register(cast(Any, _Caches(uses)))

    def text(self) -> bytes:
        """The exposition format that Prometheus reads. Sizes of caches are those of the answering process."""
        registry = self._registry
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return generate_latest(registry)


class _Caches(Collector):
    """`backtone_cache_uses_total{cache,result}` and `backtone_cache_entries{cache}`."""

    def __init__(self, uses: Callable[[], Uses]) -> None:
        self._uses = uses

    def collect(self) -> Iterable[Any]:
        uses = CounterMetricFamily("backtone_cache_uses", "Answers from a cache", labels=("cache", "result"))
        entries = GaugeMetricFamily("backtone_cache_entries", "What a cache holds", labels=("cache",))
        for cache, row in self._uses().items():
            for result, count in row.items():
                if result == "entries":
                    entries.add_metric((cache,), count)
                else:
                    uses.add_metric((cache, result), count)
        return (uses, entries)


def metrics() -> Metrics:
    """The metrics of the running app."""
    return cast(Metrics, current_app.extensions["backtone.metrics"])
