"""Three small plots with logarithmic axes, as SVG that reads on light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 300, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 34, 40
STYLE = (
    "<style>text{font:11px sans-serif;fill:#555}.t{font-weight:bold;font-size:12px}.g{stroke:#8885;stroke-width:.5}"
    ".l{fill:none;stroke:#2a7de1;stroke-width:2}.d{fill:#2a7de1}.x{stroke:#c60;stroke-width:1;stroke-dasharray:4 3}</style>"
)


@dataclass(frozen=True)
class Curve:
    """One plot: its title, what the axes count, and the points."""

    title: str
    across: str
    up: str
    points: Sequence[tuple[float, float]]


def draw(curves: Sequence[Curve]) -> str:
    """All curves side by side. The dashed line through the last point is linear growth."""
    width = WIDTH * len(curves)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}">'
    parts = [_one(curve, number * WIDTH) for number, curve in enumerate(curves)]
    return "\n".join([head, STYLE, *parts, "</svg>\n"])


def _one(curve: Curve, shift: int) -> str:
    xs, ys = [x for x, _ in curve.points], [y for _, y in curve.points]
    x_low, x_high = math.log10(min(xs)), math.log10(max(xs))
    y_low, y_high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)) + 0.01)

    def across(x: float) -> float:
        return LEFT + (math.log10(x) - x_low) / (x_high - x_low or 1) * (WIDTH - LEFT - RIGHT)

    def up(y: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(y) - y_low) / (y_high - y_low or 1) * (HEIGHT - TOP - BOTTOM)

    rows = [f'<g transform="translate({shift})">', f'<text class="t" x="{LEFT}" y="14">{curve.title}</text>']
    rows.append(f'<text x="{LEFT}" y="27">{curve.up}</text>')
    for power in range(y_low, y_high + 1):
        y = up(10.0**power)
        rows.append(f'<path class="g" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        rows.append(f'<text x="{LEFT - 4}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for power in range(math.ceil(x_low), math.floor(x_high) + 1):
        x = across(10.0**power)
        rows.append(f'<path class="g" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        rows.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 14}" text-anchor="middle">{short(10.0**power)}</text>')
    for x, side in ((xs[0], "start"), (xs[-1], "end")):
        if not math.log10(x).is_integer():
            y = HEIGHT - BOTTOM + 14
            rows.append(f'<text x="{across(x):.1f}" y="{y}" text-anchor="{side}">{short(x)}</text>')
    rows.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">{curve.across}</text>')
    last_x, last_y = xs[-1], ys[-1]
    first_x = max(xs[0], last_x * 10**y_low / last_y)
    rows.append(
        f'<path class="x" d="M{across(first_x):.1f} {up(last_y * first_x / last_x):.1f}L{across(last_x):.1f} {up(last_y):.1f}"/>'
    )
    line = "L".join(f"{across(x):.1f} {up(y):.1f}" for x, y in curve.points)
    rows.append(f'<path class="l" d="M{line}"/>')
    rows += [f'<circle class="d" cx="{across(x):.1f}" cy="{up(y):.1f}" r="2.5"/>' for x, y in curve.points]
    return "\n".join([*rows, "</g>"])


def short(number: float) -> str:
    """1k, 1M."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return f"{number:g}"
