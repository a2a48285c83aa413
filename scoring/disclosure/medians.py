"""Medians of the scores of published cells."""

from __future__ import annotations

import numpy as np

from scoring.columns import Bools, Floats, Indices
from scoring.disclosure.figures import Counted


def medians(counted: Counted, published: Bools) -> Floats:
    """Return the median score of each published cell (region, group or all, size or all), in the order of the table."""
    cells = np.flatnonzero(published)
    spots, scores = _memberships(counted, published)
    order = np.lexsort((scores, spots))
    spots, scores = spots[order], scores[order]
    first, end = np.searchsorted(spots, cells, "left"), np.searchsorted(spots, cells, "right")
    middle: Floats = (scores[(first + end - 1) // 2] + scores[(first + end) // 2]) / 2
    return middle


def _memberships(counted: Counted, published: Bools) -> tuple[Indices, Floats]:
    """Return one pair of cell and score for every record in every published cell that holds it."""
    spots: list[Indices] = []
    scores: list[Floats] = []
    rows = counted.rows
    while True:
        for groups in (np.zeros_like(rows), counted.groups + 1):
            for sizes in (np.zeros_like(rows), counted.sizes + 1):
                shown = published[rows, groups, sizes] & (rows >= 0)
                spots.append(np.ravel_multi_index((rows[shown], groups[shown], sizes[shown]), published.shape))
                scores.append(counted.records.scores[shown])
        if not (rows > 0).any():
            return np.concatenate(spots), np.concatenate(scores)
        rows = np.where(rows > 0, counted.tree.above[rows], -1)
