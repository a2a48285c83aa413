"""From the values of children to the value of their parent: arithmetic, geometric, minimum and lead.

Weights are redistributed inside the parent only: a mean divides by the declared weights of the children that are live. Sums run in the
order of the children, one column after another, so that a row alone gives the same bits as a row among many.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from scoring.columns import Bools, Floats
from scoring.compiled import Inner
from scoring.lead import lead_values
from scoring.model import Scale
from scoring.spread import Spread
from scoring.tables import HIGH, LIVE, LOW, NA
from scoring.values import Values

Spreads = Mapping[str, Spread]
EDGES: Final = (LOW, HIGH)


def aggregate(inner: Inner, spreads: Spreads, values: Values) -> Spread:
    """Return the spread of an inner node. Children of weight 0 count for nothing; their gaps are still gaps."""
    scale, kind = values.compiled.model.scale, inner.node.aggregation.kind
    total = _weighted_sum(inner, spreads, values.batch.size)
    alive = total[:, LIVE] > 0
    missing = _any_missing(inner, spreads, values.batch.size)
    share = _share_not_applicable(inner, spreads, total)
    if kind == "lead":
        low, high, open_lead = lead_values(inner, spreads, values)
        in_scope = values.questions.within(inner.scope)
        alive, missing = (alive | (share == 0)) & in_scope, missing | (open_lead & in_scope)
    else:
        low, high = _means(inner, spreads, total, np.where(alive, total[:, LIVE], 1.0))
    block = np.empty((values.batch.size, 4))
    block[:, LOW], block[:, HIGH] = _settle(low, alive, scale), _settle(high, alive, scale)
    block[:, LIVE], block[:, NA] = alive, share
    if kind in {"geometric", "lead"} and missing.any():
        _open(block, inner, spreads, scale)
    return Spread(block, missing)


def _weighted_sum(inner: Inner, spreads: Spreads, size: int) -> Floats:
    total = np.zeros((size, 4))
    for name, weight in inner.children:
        total += spreads[name].block * weight
    return total


def _any_missing(inner: Inner, spreads: Spreads, size: int) -> Bools:
    missing = np.zeros(size, np.bool_)
    for name, _ in inner.children:
        missing |= spreads[name].missing
    return missing


def _share_not_applicable(inner: Inner, spreads: Spreads, total: Floats) -> Floats:
    """Return the share of the weight in scope that is not applicable."""
    if inner.steady:
        return total[:, NA] / (sum(weight for _, weight in inner.children) or 1.0)
    in_scope = np.zeros(len(total))
    for name, weight in inner.children:
        block = spreads[name].block
        in_scope += weight * ((block[:, LIVE] > 0) | (block[:, NA] > 0))
    return total[:, NA] / np.where(in_scope > 0, in_scope, 1.0)


def _means(inner: Inner, spreads: Spreads, total: Floats, divisor: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and highest mean (or minimum)."""
    kind = inner.node.aggregation.kind
    if kind == "arithmetic":
        return total[:, LOW] / divisor, total[:, HIGH] / divisor
    one = _geometric if kind == "geometric" else _minimum
    return one(inner, spreads, LOW, divisor), one(inner, spreads, HIGH, divisor)


def _geometric(inner: Inner, spreads: Spreads, edge: int, divisor: Floats) -> Floats:
    """Return exp(Σ w · ln max(value, floor) / Σ w) over the live children."""
    logs = np.zeros(len(divisor))
    for name, weight in inner.children:
        block = spreads[name].block
        logs += weight * block[:, LIVE] * np.log(np.maximum(block[:, edge], inner.floor))
    return np.exp(logs / divisor)


def _minimum(inner: Inner, spreads: Spreads, edge: int, divisor: Floats) -> Floats:
    """Return the smallest value of the live children that carry weight."""
    least = np.full(len(divisor), np.inf)
    for name, weight in inner.children:
        block = spreads[name].block
        if weight > 0:
            least = np.minimum(least, np.where(block[:, LIVE] > 0, block[:, edge], np.inf))
    return np.where(np.isfinite(least), least, 0.0)


def _settle(value: Floats, alive: Bools, scale: Scale) -> Floats:
    """Return values without the last bit that a sum may leave the scale by, 0 where the node is not live."""
    return np.clip(value, scale.min, scale.max) * alive


def _open(block: Floats, inner: Inner, spreads: Spreads, scale: Scale) -> None:
    """Let a node span the scale where every live child does: it may yet turn out not applicable, and then the parent goes by the others.

    An arithmetic mean and a minimum do so by themselves.
    """
    every = block[:, LIVE] > 0
    live = np.zeros_like(every)
    for name, weight in inner.children:
        child = spreads[name].block
        spans = (child[:, LOW] <= scale.min) & (child[:, HIGH] >= scale.max)
        every &= spans | (child[:, LIVE] == 0) | (weight == 0)
        live |= (child[:, LIVE] > 0) & (weight > 0)
    rows = every & live
    block[rows, LOW], block[rows, HIGH] = scale.min, scale.max
