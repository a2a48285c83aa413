"""When a sum over enterprises may be seen: the primary rules, the same for a cell and for anything that can be worked out from cells.

Too few enterprises, one that makes most of a sum, one or two changed since an earlier release, a distribution that tells the
level of each. The limits are ours, after common practice of statistical offices (Hundepool and others, Statistical Disclosure
Control, 2012, chapter 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from scoring.columns import Bools, Floats, Indices

FEWEST: Final = 5
"""Enterprises that a cell must have."""
LARGEST_SHARE: Final = 0.7
"""The share of a sum that one enterprise may make."""
FEWEST_CHANGED: Final = 3
"""Enterprises that must have changed since an earlier release, if any has."""
HIGH_LEVEL: Final = 3
"""Levels from here on count for the share at L3 and above."""

Rule = Literal["small", "changed", "dominance", "telling"]


@dataclass(frozen=True, slots=True)
class Layer:
    """A table of additive measures that is suppressed as one, in arrays (region, group or all, size or all, …) with 0 for all.

    `sums` (…, column) begin with `counts` columns that add up to the number of enterprises; then come the columns of further measures, and
    last two for each earlier release: what was touched since, and how many enterprises changed (`changes`). `peaks` (…, measure) hold the
    largest contribution of one enterprise to the last `peaks.shape[-1]` measures; `telling` says that the counts are a distribution.
    """

    sums: Floats
    peaks: Floats
    counts: int
    measures: int
    telling: bool

    @property
    def numbers(self) -> Floats:
        """The number of enterprises of each cell."""
        numbers: Floats = self.sums[..., : self.counts].sum(-1)
        return numbers

    def safe(self, sums: Floats, peaks: Floats) -> Bools:
        """Return where sums (…, column) with their largest contributions (…, measure) pass every primary rule."""
        safe: Bools = ~np.logical_or.reduce(list(self._broken(sums, peaks).values()))
        return safe

    def broken(self) -> dict[Rule, Bools]:
        """Return which cells break which rule."""
        return self._broken(self.sums, self.peaks)

    def _broken(self, sums: Floats, peaks: Floats) -> dict[Rule, Bools]:
        number = sums[..., : self.counts].sum(-1)
        broken: dict[Rule, Bools] = {
            "small": number < FEWEST,
            "changed": self.traced(sums[..., self.measures :]),
            "dominance": self._dominated(sums, peaks),
        }
        return broken | {"telling": _telling(sums[..., : self.counts], number)} if self.telling else broken

    def _dominated(self, sums: Floats, peaks: Floats) -> Bools:
        totals = sums[..., self.measures - peaks.shape[-1] : self.measures]
        dominated: Bools = np.any((peaks > LARGEST_SHARE * totals) | (totals <= 0), axis=-1)
        return dominated

    def traced(self, changes: Floats) -> Bools:
        """Return where changes (…, touched and changed by release) are those of too few enterprises since some release."""
        touched, changed = changes[..., 0::2], changes[..., 1::2]
        traced: Bools = np.any((touched > 0) & (changed < FEWEST_CHANGED), axis=-1)
        return traced


def _telling(counts: Floats, number: Floats) -> Bools:
    """Return which distributions tell a level: all in one, all but one (who knows the rest), or all at the high levels."""
    telling: Bools = (counts.max(-1) >= number - 1) | (counts[..., HIGH_LEVEL:].sum(-1) >= number)
    return telling


def closed(hidden: Bools, ranks: tuple[Indices, ...], above: Indices) -> Bools:
    """Return hidden cells together with every finer cell inside them."""
    hidden = hidden.copy()
    for rows in ranks[1:]:
        hidden[rows] |= hidden[above[rows]]
    hidden[:, 1:, :] |= hidden[:, :1, :]
    hidden[:, :, 1:] |= hidden[:, :, :1]
    return hidden
