"""How long an uncertainty run takes, beside the least that numpy itself needs for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Floats
from scoring.compiled import Compiled
from scoring.index.basis import Basis, basis
from scoring.index.engine import Draws, robustness
from scoring.index.ranks import ranks_by_year
from scoring.index.synthetic import made_up, regions
from scoring.index.weights import effective
from scoring.model import Index

Clock = Callable[[], float]
CHUNK = 256


@dataclass(frozen=True, slots=True)
class IndexBench:
    """Seconds of `draws` draws with rank intervals over `units` × `indicators`: all alternatives, with the sensitivity, bare numpy."""

    units: int
    indicators: int
    draws: int
    gaps: float
    run: float
    with_sensitivity: float
    bare: float


def bench_index(
    clock: Clock, *, units: int = 3000, indicators: int = 40, draws: int = 10_000, gaps: float = 0.0
) -> IndexBench:
    """Measure an uncertainty run over made-up regions: weights, normalisation and aggregation vary, and imputation where there are gaps."""
    base = _made_up(units, indicators, gaps)
    nodes = base.nodes(base.figures, base.normalised(base.figures))
    rank, _ = ranks_by_year(nodes.value[:, base.tree.root], base.by_year)
    run = _timed(clock, lambda: robustness(base, nodes, rank, Draws(draws, sensitivity=False)))
    whole = _timed(clock, lambda: robustness(base, nodes, rank, Draws(draws)))
    values = np.nan_to_num(base.normalised(base.figures).value)
    return IndexBench(units, indicators, draws, gaps, run, whole, _timed(clock, lambda: bare(values, base, draws)))


def _made_up(units: int, indicators: int, gaps: float) -> Basis:
    compiled = made_up(indicators)
    lenient: Compiled = replace(compiled, model=replace(compiled.model, index=Index(availability=0.5)))
    return basis(lenient, regions(lenient, units, gaps=gaps), [None] * units)


def _timed(clock: Clock, work: Callable[[], object]) -> float:
    start = clock()
    work()
    return clock() - start


def bare(values: Floats, base: Basis, draws: int) -> NDArray[np.uint16]:
    """Return the rank intervals (3, n) of weighted means of values (n, k) in numpy alone: random weights, products, argsort, quantiles.

    One normalisation, one aggregation, no gaps, ties in any order.
    """
    weights = np.random.Generator(np.random.PCG64(0)).uniform(0.75, 1.25, (draws, values.shape[1]))
    if base.weights is not None:
        weights *= effective(base.tree, base.weights)[: base.tree.width]
    weights /= weights.sum(axis=1, keepdims=True)
    ranks = np.empty((draws, len(values)), np.uint16)
    places = np.arange(1, len(values) + 1, dtype=np.uint16)[None, :]
    for start in range(0, draws, CHUNK):
        order = np.argsort(-(weights[start : start + CHUNK] @ values.T), axis=1)
        np.put_along_axis(ranks[start : start + CHUNK], order, places, axis=1)
    ordered = np.sort(np.ascontiguousarray(ranks.T), axis=1)
    kept: NDArray[np.uint16] = ordered[:, [round(share * (draws - 1)) for share in (0.05, 0.5, 0.95)]].T
    return kept
