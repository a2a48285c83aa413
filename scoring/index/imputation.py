"""Missing figures put in from other units of the same year: only where declared, and marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Floats
from scoring.index import reasons
from scoring.index.figures import Figures
from scoring.model import ImputationKind

Years = NDArray[np.intp]
"""The number of each row's year among all years."""


def impute(figures: Figures, years: Years, kinds: Sequence[ImputationKind]) -> Figures:
    """Return the figures with missing ones replaced, in each column of kind `mean` or `median`, by that of the units of the same year.

    A year in which no unit has a figure stays as it is.
    """
    raw, reason = figures.raw.copy(), figures.reason.copy()
    for column, kind in enumerate(kinds):
        for year in np.unique(years) if kind != "none" else ():
            rows = years == year
            gaps = rows & (figures.reason[:, column] == reasons.MISSING)
            known = figures.raw[rows, column]
            known = known[np.isfinite(known)]
            if gaps.any() and len(known):
                raw[gaps, column], reason[gaps, column] = _middle(known, kind), reasons.NONE
    return replace(figures, raw=raw, reason=reason, imputed=np.isfinite(raw) & ~np.isfinite(figures.raw))


def _middle(known: Floats, kind: ImputationKind) -> float:
    return float(np.mean(known) if kind == "mean" else np.median(known))
