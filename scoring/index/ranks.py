"""Competition ranks: the highest score is 1, equal scores share a rank and the next is skipped (1, 2, 2, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Floats, Indices, ticks

Ranks = NDArray[np.int32]
MOST_BITS: Final = 62


def ranks(scores: Floats) -> Ranks:
    """Return the rank of each of n scores among its row (b, n); equal after rounding to 1e-9 share a rank.

    Scores and their places are packed into whole numbers, so that one plain sort does it; scores too far apart for that are looked up
    row by row.
    """
    steps = ticks(scores)
    bits = max(scores.shape[1] - 1, 1).bit_length()
    low, high = (float(steps.min()), float(steps.max())) if steps.size else (0.0, 0.0)
    if not high - low < 2.0 ** (MOST_BITS - bits):
        return np.stack([_placed(row) for row in steps])
    keys = (high - steps).astype(np.int64)
    keys <<= bits
    keys |= np.arange(scores.shape[1])
    keys.sort(axis=1)
    places = keys & ((1 << bits) - 1)
    keys >>= bits
    result = np.empty(scores.shape, np.int32)
    np.put_along_axis(result, places, _with_ties(keys), axis=1)
    return result


def _with_ties(ordered: NDArray[np.int64]) -> Ranks:
    """Return the ranks of sorted rows."""
    plain = np.arange(1, ordered.shape[1] + 1, dtype=np.int32)
    new = ordered[:, 1:] != ordered[:, :-1]
    if new.all():
        return np.broadcast_to(plain, ordered.shape)
    result = np.empty(ordered.shape, np.int32)
    result[:, 0] = 1
    np.multiply(new, plain[1:], out=result[:, 1:])
    return np.maximum.accumulate(result, axis=1, out=result)


def _placed(row: Floats) -> Ranks:
    return (len(row) - np.searchsorted(np.sort(row), row, "right") + 1).astype(np.int32)


def ranks_by_year(scores: Floats, years: Sequence[Indices]) -> tuple[Ranks, Ranks]:
    """Return the ranks of n units within their year, 0 for one without a score (NaN), and among how many."""
    own, among = np.zeros(len(scores), np.int32), np.zeros(len(scores), np.int32)
    for rows in years:
        scored = rows[np.isfinite(scores[rows])]
        own[scored] = ranks(scores[None, scored])[0]
        among[rows] = len(scored)
    return own, among
