"""From raw values to the scale: breakpoints, goalposts, or as they are."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from scoring.columns import Floats, quantise
from scoring.model import Breakpoints, Goalposts, Rule, Scale

Post = float | Floats


def on_scale(rule: Rule, scale: Scale, raw: Floats) -> Floats:
    """Return the values on the scale of raw values, quantised to 1e-6; of NaN, which stands for no value, the minimum."""
    return quantise(unrounded(rule, scale, raw))


def unrounded(rule: Rule, scale: Scale, raw: Floats) -> Floats:
    """Return the values on the scale as they come."""
    match rule:
        case Breakpoints(points, values):
            value: Floats = np.interp(raw, _column(points), _column(values))
            return np.fmax(value, scale.min, out=value)
        case Goalposts(start, end, log):
            if isinstance(start, str) or isinstance(end, str):
                raise TypeError("goalposts that name parameters are worked out with their values, by `between`")
            return _between(start, end, scale, raw, log=log)
        case None:
            return np.minimum(np.fmax(raw, scale.min), scale.max)


@lru_cache(maxsize=4096)
def _column(numbers: tuple[float, ...]) -> Floats:
    return np.array(numbers)


def between(start: Post, end: Post, scale: Scale, raw: Floats, *, log: bool) -> Floats:
    """Return the values on the scale of raw values by goalposts, each the same in every row or a column; quantised to 1e-6."""
    return quantise(_between(start, end, scale, raw, log=log))


def _between(start: Post, end: Post, scale: Scale, raw: Floats, *, log: bool) -> Floats:
    if log:
        raw = np.log(np.ascontiguousarray(np.maximum(raw, 0.0)))
        start, end = np.log(np.ascontiguousarray(start)), np.log(np.ascontiguousarray(end))
    progress = np.minimum(np.fmax((raw - start) / (end - start), 0.0), 1.0)
    return scale.min + scale.width * progress


def segment(points: Breakpoints, raw: float) -> list[list[float]]:
    """Return the pairs of raw and scale value that a raw value lies between: two, or one outside or on the ends."""
    above = int(np.searchsorted(points.raw, raw, side="right"))
    return [[points.raw[i], points.value[i]] for i in (above - 1, above) if 0 <= i < len(points.raw)]
