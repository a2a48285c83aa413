"""From raw values to the scale: breakpoints, goalposts, or as they are."""

from __future__ import annotations

import numpy as np

from scoring.columns import Floats, quantise
from scoring.model import Breakpoints, Goalposts, Rule, Scale


def on_scale(rule: Rule, scale: Scale, raw: Floats) -> Floats:
    """Return the values on the scale of raw values, quantised to 1e-6; of NaN, which stands for no value, the minimum."""
    match rule:
        case Breakpoints(points, values):
            value = np.interp(raw, points, values)
            return quantise(np.fmax(value, scale.min, out=value))
        case Goalposts():
            return quantise(scale.min + scale.width * _progress(rule, raw))
        case None:
            return quantise(np.minimum(np.fmax(raw, scale.min), scale.max))


def _progress(posts: Goalposts, raw: Floats) -> Floats:
    """Return how far along from start (0) to end (1) each raw value lies, clamped."""
    start, end = posts.start, posts.end
    if posts.log:
        raw = np.log(np.ascontiguousarray(np.maximum(raw, 0.0)))
        start, end = float(np.log(start)), float(np.log(end))
    return np.minimum(np.fmax((raw - start) / (end - start), 0.0), 1.0)


def segment(points: Breakpoints, raw: float) -> list[list[float]]:
    """Return the pairs of raw and scale value that a raw value lies between: two, or one outside or on the ends."""
    above = int(np.searchsorted(points.raw, raw, side="right"))
    return [[points.raw[i], points.value[i]] for i in (above - 1, above) if 0 <= i < len(points.raw)]
