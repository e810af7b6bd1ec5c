"""Counts and times for the admin: levels, rules, calls. Nothing of a mail, of a person or of a domain."""

from __future__ import annotations

import os
from typing import cast

from flask import current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one app. Several workers share them where PROMETHEUS_MULTIPROC_DIR is set."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._verdicts = Counter("backtone_verdicts", "Verdicts answered", ("level", "cache"), registry=self._registry)
        self._rules = Counter("backtone_rules_fired", "Rules that fired", ("rule",), registry=self._registry)
        self._calls = Histogram(
            "backtone_call_seconds", "Time of a call", ("call", "status"), buckets=BUCKETS, registry=self._registry
        )

    def verdict(self, level: str, rules: tuple[str, ...], *, hit: bool) -> None:
        """Count one answered verdict."""
        self._verdicts.labels(level, "hit" if hit else "miss").inc()
        for rule in rules:
            self._rules.labels(rule).inc()

    def call(self, endpoint: str, status: int, seconds: float) -> None:
        """Count one answered call by its route."""
        self._calls.labels(endpoint, str(status)).observe(seconds)

    def text(self) -> bytes:
        """The exposition format that Prometheus reads."""
        registry = self._registry
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return generate_latest(registry)


def metrics() -> Metrics:
    """The metrics of the running app."""
    return cast(Metrics, current_app.extensions["backtone.metrics"])
