"""Other ways to look at the same figures, for comparison only: min–max, entropy weights, TOPSIS, coupling coordination."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.columns import Bools, Bytes, Floats
from scoring.index import reasons
from scoring.index.aggregation import Nodes
from scoring.index.basis import Basis
from scoring.index.ranks import Ranks, ranks_by_year
from scoring.index.weights import Weights, effective, entropy_weights, min_max, weights


@dataclass(frozen=True, slots=True)
class View:
    """Scores of n units (NaN for none), why there is none, ranks within the year (0 for none), and the indicators' shares used (k)."""

    score: Floats
    reason: Bytes
    rank: Ranks
    weights: Floats | None


@dataclass(frozen=True, slots=True)
class Coupling:
    """Of n units: coupling C, the mean T of the subsystems and the coordination D = √(C·T), NaN where there is none, and why."""

    coupling: Floats
    mean: Floats
    coordination: Floats
    reason: Bytes


def views(base: Basis) -> dict[str, View]:
    """Return every view.

    `min-max`: declared weights and aggregation over min–max values; `entropy`: the arithmetic mean of min–max values by entropy weights;
    `topsis` and `entropy-topsis`: closeness to the best of all units by declared and by entropy weights.
    """
    flat = entropy_weights(base.figures, base.tree.leaves)
    entropic = weights(base.tree, "entropy", base.figures)
    declared = None if base.weights is None else effective(base.tree, base.weights)[: base.tree.width]
    plain = base.normalised(base.figures, "min-max")
    return {
        "min-max": _of_nodes(base, base.nodes(base.figures, plain), base.weights),
        "entropy": _lacking(base, reasons.NO_WEIGHTS)
        if entropic is None
        else _of_nodes(base, base.nodes(base.figures, plain, manner="arithmetic", own=entropic), entropic),
        "topsis": topsis(base, declared),
        "entropy-topsis": topsis(base, flat),
    }


def _of_nodes(base: Basis, nodes: Nodes, own: Weights | None) -> View:
    root = base.tree.root
    shares = None if own is None else effective(base.tree, own)[: base.tree.width]
    return _view(base, nodes.value[:, root], nodes.reason[:, root], shares)


def _view(base: Basis, score: Floats, reason: Bytes, shares: Floats | None) -> View:
    return View(score, reason, ranks_by_year(score, base.by_year)[0], shares)


def _lacking(base: Basis, reason: int) -> View:
    size = len(base.figures.raw)
    return _view(base, np.full(size, np.nan), np.full(size, reason, np.uint8), None)


def topsis(base: Basis, shares: Floats | None) -> View:
    """Return the closeness D⁻ / (D⁺ + D⁻), v = w · r with r the min–max value, D± the Euclidean distance to the best and worst v.

    Best and worst are of all units and years that have all figures; an indicator that is the same for all makes no distance. A unit
    that lacks a figure, or that an indicator does not concern, has none.
    """
    if shares is None:
        return _lacking(base, reasons.NO_WEIGHTS)
    places = np.flatnonzero(shares > 0)
    columns = [min_max(base.figures.raw[:, place], base.tree.leaves[place]) for place in places]
    kept = [(shares[place], column) for place, column in zip(places, columns, strict=True) if column is not None]
    v = np.stack([weight * column for weight, column in kept], axis=1) if kept else np.empty((len(base.years), 0))
    whole: Bools = np.logical_and(
        np.isfinite(base.figures.raw[:, places]).all(axis=1), np.isfinite(v).all(axis=1), dtype=np.bool_
    )
    if not kept or np.count_nonzero(whole) < 2:
        return _lacking(base, reasons.CONSTANT if np.count_nonzero(whole) > 1 else reasons.ONE_UNIT)
    closeness = np.where(whole, _closeness(v, whole), np.nan)
    reason = np.select([np.isfinite(closeness), whole], [reasons.NONE, reasons.CONSTANT], reasons.MISSING)
    return _view(base, closeness, reason.astype(np.uint8), shares)


def _closeness(v: Floats, whole: Bools) -> Floats:
    best, worst = v[whole].max(axis=0), v[whole].min(axis=0)
    to_best, to_worst = np.sqrt(((v - best) ** 2).sum(axis=1)), np.sqrt(((v - worst) ** 2).sum(axis=1))
    apart = to_best + to_worst
    result: Floats = np.where(apart > 0, to_worst / np.where(apart > 0, apart, 1.0), np.nan)
    return result


def coupling(base: Basis, nodes: Nodes) -> Coupling | None:
    """Return the coupling coordination of the dimensions declared, None where none are.

    With U the dimensions' values from 0 to 1 on the scale: C = s · (Π U)^(1/s) / Σ U (for two 2√(U₁U₂) / (U₁ + U₂)), T their plain mean,
    D = √(C·T). Where all U are 0, C has no value.
    """
    named = base.compiled.model.index.coupling
    if not named:
        return None
    scale, places = base.compiled.model.scale, [base.tree.place(name) for name in named]
    u = (nodes.value[:, places] - scale.min) / scale.width
    inside = ((u >= 0) & (u <= 1)).all(axis=1)
    known = np.isfinite(u).all(axis=1)
    with np.errstate(all="ignore"):
        c = len(named) * np.prod(u, axis=1) ** (1 / len(named)) / u.sum(axis=1)
        t = u.mean(axis=1)
        usable = known & inside & np.isfinite(c)
        d = np.sqrt(c * t)
    reason = np.select(
        [usable, known & ~inside, known], [reasons.NONE, reasons.OFF_SCALE, reasons.NO_VARIANCE], reasons.NO_SCORE
    )
    c, t, d = (np.where(usable, part, np.nan) for part in (c, t, d))
    return Coupling(c, t, d, reason.astype(np.uint8))
