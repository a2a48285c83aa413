"""How sure ranks, scores and levels are when weights and choices vary.

Ranks are of all draws. Scores and levels are of the draws with the declared normalisation only: others have no fixed scale to compare
on. Every quantile is a value that occurred: the smallest that at least that share of the draws does not exceed (inverse of the empirical
distribution). Ranks are whole numbers, counted exactly; scores are kept as float32 (seven digits) while sorting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Floats, tick, ticks
from scoring.index.ranks import Ranks
from scoring.index.runs import Block, Runner
from scoring.index.sample import Sample

QUANTILES: Final = (0.05, 0.5, 0.95)
DECLARED: Final = 0
"""The place of the declared normalisation among its alternatives."""


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Of r units, in the order of the run: 5 %, 50 % and 95 % rank (3, r) and score (3, r), and how often each level's band is reached.

    `levels` (levels, r) is None without bands. `declared` is how many draws took the declared normalisation; the scores are NaN when
    there are none. `ranks` (N, r) are those of every draw.
    """

    rank: Ranks
    score: Floats
    levels: Floats | None
    declared: int
    ranks: NDArray[np.integer[Any]]


class _Collector:
    """Keeps the ranks of all draws, and the scores and reached borders of those with the declared normalisation."""

    def __init__(self, sample: Sample, units: int, borders: list[float]) -> None:
        self.ranks = np.empty((sample.size, units), np.uint16 if units < 2**16 else np.int32)
        declared = np.flatnonzero(sample.taken[:, 0] == DECLARED)
        self.places = np.full(sample.size, -1, np.intp)
        self.places[declared] = np.arange(len(declared))
        self.scores = np.empty((len(declared), units), np.float32)
        self.borders = [tick(border) for border in borders]
        self.reached = np.zeros((len(borders), units), np.int64)

    def take(self, block: Block) -> None:
        self.ranks[block.draws] = block.ranks
        if block.outline[0] == DECLARED:
            self.scores[self.places[block.draws]] = block.scores
            steps = ticks(block.scores) if self.borders else block.scores
            for place, border in enumerate(self.borders):
                self.reached[place] += (steps >= border).sum(axis=0)


def uncertainty(runner: Runner, sample: Sample, borders: list[float] | None, block: int) -> Uncertainty:
    """Run a sample. `borders` are the lower borders of the bands above the lowest level, None where levels have no meaning."""
    units = runner.units
    collector = _Collector(sample, units, borders or [])
    runner.run(sample, collector.take, block)
    draws = len(collector.scores)
    levels = None if borders is None or not draws else _bands(collector.reached, draws)
    score = quantiles(collector.scores) if draws else np.full((len(QUANTILES), units), np.nan)
    return Uncertainty(
        quantiles(collector.ranks).astype(np.int32), score.astype(np.float64), levels, draws, collector.ranks
    )


def _bands(reached: NDArray[np.int64], draws: int) -> Floats:
    """Return the share of draws in each band from how often each border was reached."""
    everyone = np.full((1, reached.shape[1]), draws)
    nobody = np.zeros((1, reached.shape[1]), np.int64)
    at_least = np.concatenate([everyone, reached, nobody])
    shares: Floats = (at_least[:-1] - at_least[1:]) / draws
    return shares


def quantiles(draws: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return the quantiles (3, r) of each column of draws (N, r), some columns at a time."""
    size, units = draws.shape
    places = [max(int(np.ceil(round(share * size, 9))) - 1, 0) for share in QUANTILES]
    result = np.empty((len(QUANTILES), units), draws.dtype)
    for start in range(0, units, 256):
        part = np.ascontiguousarray(draws[:, start : start + 256].T)
        part.sort(axis=1)
        result[:, start : start + 256] = part[:, places].T
    return result
