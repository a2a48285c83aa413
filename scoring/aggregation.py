"""From the values of children to the value of their parent: arithmetic, geometric, harmonic, minimum and lead.

Weights are redistributed inside the parent only: a mean divides by the declared weights of the children that are live. Sums run in the
order of the children, one column after another, so that a row alone gives the same bits as a row among many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from scoring.columns import Bools, Floats, every, some
from scoring.compiled import Inner
from scoring.lead import Leaders, lead_values, leaders
from scoring.model import Scale
from scoring.spread import Spread
from scoring.tables import HIGH, LIVE, LOW, NA
from scoring.values import Values

Spreads = Mapping[str, Spread]

MEANS: Final[Mapping[str, tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]]] = {
    "geometric": (np.log, np.exp),
    "harmonic": (np.reciprocal, np.reciprocal),
}
"""What a mean of values is taken in, and the way back."""
FLOORED: Final = frozenset(MEANS)
"""The means that need positive values and take smaller ones at a floor."""


def aggregate(inner: Inner, spreads: Spreads, values: Values, leads: dict[str, Leaders]) -> Spread:
    """Return the spread of an inner node from those of the inner nodes below it and of its indicators.

    Children of weight 0 count for nothing; their gaps are still gaps. Who leads is noted in `leads`.
    """
    scale, kind = values.compiled.model.scale, inner.node.aggregation.kind
    if kind != "arithmetic" or not inner.steady:
        spreads = {name: spreads[name] if name in spreads else values.spread(name) for name, _ in inner.children}
    block, missing = _weighted_sum(inner, spreads, values)
    if some(block[NA]):
        block[NA] /= _weight_in_scope(inner, spreads, block)
    if kind == "lead":
        groups = [spreads[name] for name, _ in inner.children]
        found = leads[inner.node.id] = leaders(inner, groups, values)
        return _lead(inner, groups, found, Spread(block, missing), values)
    alive = block[LIVE] > 0
    edges = _mean(inner, spreads, block, block[LIVE] if every(alive) else block[LIVE] + ~alive)
    _settle(edges, alive, scale, out=block[:LIVE])
    block[LIVE] = alive
    if kind in FLOORED and some(missing):
        _span([spreads[name] for name, weight in inner.children if weight > 0], block, scale)
    return Spread(block, missing)


def _lead(inner: Inner, groups: list[Spread], found: Leaders, result: Spread, values: Values) -> Spread:
    """Return the spread of a lead: the scale's minimum where nothing is in scope, whatever the weights of its groups."""
    scale = values.compiled.model.scale
    live = np.logical_or.reduce([group.live for group in groups])
    not_applicable = np.logical_or.reduce([~group.live & (group.na > 0) for group in groups])
    alive = live | ~not_applicable
    _settle(lead_values(inner, groups, found, scale), alive, scale, out=result.edges)
    result.block[LIVE], result.missing = alive, result.missing | found.open
    if some(result.missing):
        _span(groups, result.block, scale)
    scope = values.questions.scope(inner.scope)
    if scope is not None:
        result.confine(scope, scale)
    return result


def _weighted_sum(inner: Inner, spreads: Spreads, values: Values) -> tuple[Floats, Bools]:
    """Return the sum (4, n) of the children's blocks times their weights, and where a child is missing."""
    size = values.batch.size
    total, part, missing = np.empty((4, size)), values.questions.scratch, np.zeros(size, np.bool_)
    for place, (name, weight) in enumerate(inner.children):
        out, lines = part if place else total, 4
        if name in spreads:
            np.multiply(spreads[name].block, weight, out=out)
            missing |= spreads[name].missing
        else:
            gaps, lines = values.weighted(name, weight, out)
            missing |= gaps
        if place:
            total[:lines] += part[:lines]
            total[lines:NA] += weight
        else:
            total[lines:NA], total[max(lines, NA) :] = weight, 0.0  # what `weighted` leaves unwritten
    if not inner.children:
        total[:] = 0.0
    return total, missing


def _weight_in_scope(inner: Inner, spreads: Spreads, total: Floats) -> Floats | float:
    """Return the weight of the children in scope, 1 where there is none."""
    if inner.steady:
        return sum(weight for _, weight in inner.children) or 1.0
    in_scope = np.zeros(total.shape[1])
    for name, weight in inner.children:
        in_scope += weight * (spreads[name].live | (spreads[name].na > 0))
    return np.where(in_scope > 0, in_scope, 1.0)


def _mean(inner: Inner, spreads: Spreads, total: Floats, divisor: Floats) -> Floats:
    """Return the lowest and highest mean or minimum (2, n) of the live children; `divisor` is their weight."""
    if inner.node.aggregation.kind in FLOORED:
        return _floored(inner, spreads, divisor)
    if inner.node.aggregation.kind == "minimum":
        return _minimum(inner, spreads, len(divisor))
    return np.divide(total[:LIVE], divisor, out=total[:LIVE])


def _floored(inner: Inner, spreads: Spreads, divisor: Floats) -> Floats:
    """Return exp(Σ w · ln x / Σ w) or, of a harmonic mean, Σ w / Σ (w / x), with x = max(value, floor); with a floor of 0 a 0 gives 0."""
    step, back = MEANS[inner.node.aggregation.kind]
    total = np.zeros((2, len(divisor)))
    for name, weight in inner.children:
        if weight > 0:
            spread = spreads[name]
            total += np.where(spread.live, weight * step(np.maximum(spread.edges, inner.floor)), 0.0)
    return back(total / divisor)


def _minimum(inner: Inner, spreads: Spreads, size: int) -> Floats:
    least = np.full((2, size), np.inf)
    for name, weight in inner.children:
        if weight > 0:
            least = np.minimum(least, np.where(spreads[name].live, spreads[name].edges, np.inf))
    return np.where(np.isfinite(least), least, 0.0)


def _settle(edges: Floats, alive: Bools, scale: Scale, out: Floats) -> None:
    """Write values without the last bit that a sum may leave the scale by, 0 where the node is not live."""
    np.maximum(edges, scale.min, out=out)
    np.minimum(out, scale.max, out=out)
    if not every(alive):
        np.multiply(out, alive, out=out)


def _span(children: list[Spread], block: Floats, scale: Scale) -> None:
    """Let a node span the scale where every live child does: it may yet turn out not applicable, and then the parent goes by the others.

    An arithmetic mean and a minimum do so by themselves.
    """
    spanned, live = block[LIVE] > 0, np.zeros(block.shape[1], np.bool_)
    for child in children:
        spanned &= ((child.low <= scale.min) & (child.high >= scale.max)) | ~child.live
        live |= child.live
    block[LOW, spanned & live], block[HIGH, spanned & live] = scale.min, scale.max
