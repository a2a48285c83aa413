"""Which choice the result hangs on: first-order and total indices of Sobol's decomposition of variance.

With A and B two independent samples and AB_i the sample A with the group of inputs i from B (Saltelli et al. 2010, “Variance based
sensitivity analysis of model output”, Computer Physics Communications 181, table 2):

    first-order  S_i = mean(f(B) · (f(AB_i) − f(A))) / V          (Saltelli 2010)
    total        T_i = mean((f(A) − f(AB_i))²) / (2 V)            (Jansen 1999)

with V the variance of f over A and B together and f(B) taken from their mean. f is the mean absolute shift of the ranks from those of
the index as declared (OECD/JRC Handbook, step 7), and for each unit the shift of its own rank. A group is all weights, or one choice with
discrete alternatives. The estimates have a sampling error: small ones may come out below zero, and sums above one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Floats
from scoring.index.ranks import Ranks
from scoring.index.runs import Block, Runner
from scoring.index.sample import CHOICES, INPUTS, Sample

MOST_ROWS: Final = 1024
"""So many rows of A, of B and of each AB_i at most; A and B are among the draws of the uncertainty run anyway."""


@dataclass(frozen=True, slots=True)
class Shares:
    """First-order and total index of a group of inputs: of the mean shift of ranks, and of each unit's rank (r); NaN without variance."""

    first: float
    total: float
    unit_first: Floats
    unit_total: Floats


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """By group of inputs, None where it has one alternative only; how many rows A and B have."""

    inputs: dict[str, Shares | None]
    rows: int


class _Sums:
    """Adds up a run of AB_i against A and B. Ranks are whole numbers, so the sums per unit are exact in any order."""

    def __init__(self, a: Floats, b: Floats, base: Ranks) -> None:
        self._a, self._b, self._base = a, b, base
        self.mean_shift = np.empty(len(a))
        self.products, self.differences, self.squares = (np.zeros(a.shape[1]) for _ in range(3))

    def take(self, block: Block) -> None:
        own = block.ranks - self._base
        a, b = self._a[block.draws], self._b[block.draws]
        self.mean_shift[block.draws] = np.abs(own).mean(axis=1)
        self.products += (b * (own - a)).sum(axis=0)
        self.differences += (own - a).sum(axis=0)
        self.squares += ((a - own) ** 2).sum(axis=0)


def sensitivity(
    runner: Runner, sample: Sample, ranks: NDArray[np.integer[Any]], base: Ranks, block: int
) -> Sensitivity | None:
    """Return the sensitivity to each group of inputs; None when the sample has fewer than four draws.

    `ranks` (N, r) are those of the sample's draws, `base` (r) those of the index as declared.
    """
    rows = min(sample.size // 2, MOST_ROWS)
    if rows < 2:
        return None
    first, second = sample.part(0, rows), sample.part(rows, 2 * rows)
    a, b = (ranks[start : start + rows].astype(np.float64) - base for start in (0, rows))
    varied = {name: count > 1 for name, count in zip(CHOICES, sample.alternatives, strict=True)}
    inputs: dict[str, Shares | None] = {}
    for name in INPUTS:
        if varied.get(name, True):
            sums = _Sums(a, b, base)
            runner.run(first.replaced(name, second), sums.take, block)
            inputs[name] = _shares(a, b, sums)
        else:
            inputs[name] = None
    return Sensitivity(inputs, rows)


def _shares(a: Floats, b: Floats, sums: _Sums) -> Shares:
    size = len(a)
    mean_a, mean_b = np.abs(a).mean(axis=1), np.abs(b).mean(axis=1)
    variance, own = _variance(mean_a[:, None], mean_b[:, None]), _variance(a, b)
    centre, centres = np.concatenate([mean_a, mean_b]).mean(), np.concatenate([a, b]).mean(axis=0)
    first = ((mean_b - centre) * (sums.mean_shift - mean_a)).mean()
    total = ((mean_a - sums.mean_shift) ** 2).mean() / 2
    return Shares(
        float(_over(np.array([first]), variance)[0]),
        float(_over(np.array([total]), variance)[0]),
        _over((sums.products - centres * sums.differences) / size, own),
        _over(sums.squares / size / 2, own),
    )


def _variance(a: Floats, b: Floats) -> Floats:
    """Return the variance of each column of A and B together."""
    both = np.concatenate([a, b])
    result: Floats = both.var(axis=0)
    return result


def _over(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)
