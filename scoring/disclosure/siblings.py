"""What one published cell tells of the hidden ones among its parts.

A published cell less its published parts is the sum of the hidden parts. So these must be several, and together pass the primary rules;
where a department knows one of the parts, all others together must pass them too. In the difference to an earlier release a part in
which nothing was touched is nothing; so the hidden parts that were touched since must do the same by themselves, and what changed in
them must not be one or two enterprises even for a department further down, that knows part of a part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scoring.columns import Bools, Floats, Indices
from scoring.disclosure.rules import Layer


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of many cells: sums (part, cell, column) and largest contributions (part, cell, measure).

    `insiders`: somebody may know any one part. `inner` (region, cell, column of changes) are the changes in regions further down that
    somebody may know, and `within` (region,) the part that each lies in.
    """

    layer: Layer
    sums: Floats
    peaks: Floats
    inner: Floats
    within: Indices
    insiders: bool

    def strong(self, hidden: Bools) -> Bools:
        """Return for which cells the hidden parts (part, cell) protect each other, in the table and in the difference to each release."""
        strong = self._protect(hidden & (self.numbers > 0))
        touched = self.sums[..., self.layer.measures :: 2] > 0
        for release in range(touched.shape[-1]):
            strong = strong & self._protect(hidden & touched[..., release])
        if touched.shape[-1] and len(self.within):
            strong = strong & self._untraced(hidden)
        return strong

    def _protect(self, held: Bools) -> Bools:
        """Return for which cells these parts (part, cell) protect each other; true where there are none."""
        sums, peaks = self.sums * held[..., None], self.peaks * held[..., None]
        strong = (held.sum(0) >= 2 + self.insiders) & self.layer.safe(sums.sum(0), peaks.max(0, initial=0.0))
        if self.insiders:
            others = self.layer.safe(sums_of_others(sums), largest_of_others(peaks))
            strong &= (others | ~held).all(0)
        protected: Bools = strong | ~held.any(0)
        return protected

    def _untraced(self, hidden: Bools) -> Bools:
        """Return for which cells nobody who knows a region inside a hidden part can trace one or two changes in the rest."""
        changes = (self.sums[..., self.layer.measures :] * hidden[..., None]).sum(0)
        untraced: Bools = np.all(~self.layer.traced(changes - self.inner) | ~hidden[self.within], axis=0)
        return untraced

    @property
    def numbers(self) -> Floats:
        """Enterprises of each part (part, cell)."""
        numbers: Floats = self.sums[..., : self.layer.counts].sum(-1)
        return numbers

    def only(self, cell: int) -> Parts:
        """Return the parts of one cell."""
        pick = slice(cell, cell + 1)
        return replace(self, sums=self.sums[:, pick], peaks=self.peaks[:, pick], inner=self.inner[:, pick])


def addition(parts: Parts, hidden: Bools) -> int | None:
    """Return the part of one cell to hide as well: the smallest that mends, else the smallest; None if all are hidden."""
    numbers = parts.numbers[:, 0]
    free = np.flatnonzero(~hidden & (numbers > 0))
    order = free[np.argsort(numbers[free], kind="stable")]
    return next(
        (int(part) for part in order if _mends(parts, hidden, int(part))), int(order[0]) if len(order) else None
    )


def _mends(parts: Parts, hidden: Bools, part: int) -> bool:
    tried = hidden.copy()
    tried[part] = True
    return bool(parts.strong(tried[:, None])[0])


def sums_of_others(sums: Floats) -> Floats:
    """Return for each part (first axis) the sum of all others; added, not subtracted, so that nothing stays exactly nothing."""
    others: Floats = np.tensordot(1.0 - np.eye(len(sums)), sums, axes=1)
    return others


def largest_of_others(peaks: Floats) -> Floats:
    """Return for each part (first axis) the largest value among all others; 0 if there is none."""
    if len(peaks) < 2:
        return np.zeros_like(peaks)
    first: Indices = peaks.argmax(0)
    two = np.partition(peaks, -2, axis=0)[-2:]
    is_first = np.arange(len(peaks)).reshape(-1, *[1] * first.ndim) == first
    others: Floats = np.where(is_first, two[0], two[1])
    return others
