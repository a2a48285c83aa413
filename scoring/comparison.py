"""Figures of groups of enterprises: what their scores and levels come to, fairly compared.

Columns have one row an enterprise. `places` says in which group each is (a number below `size`), `kinds` of which industry and size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.columns import Floats, Indices

LEVELS: Final = 6
HIGH: Final = 3
"""Level 3 and above counts as high."""
NINETY: Final = 1.6448536269514722
"""Quantile of the normal distribution that leaves 5 % on either side."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Figures by group, NaN where they cannot be computed.

    `number` of enterprises; `mean` and `median` of their scores; `low` and `high` bound the mean at 5–95 % (normal approximation, from two
    enterprises on); `high_share` the share at level 3 and above; `levels` the numbers at each level; `service_share` service revenue ÷
    operating revenue over those that gave both, `revenues` how many these are.
    """

    number: Indices
    mean: Floats
    median: Floats
    low: Floats
    high: Floats
    high_share: Floats
    levels: Indices
    service_share: Floats
    revenues: Indices


def figures(places: Indices, size: int, scores: Floats, levels: Indices, service: Floats, operating: Floats) -> Groups:  # noqa: PLR0913, PLR0917 - columns
    """Return the figures of `size` groups."""
    number = np.bincount(places, minlength=size)
    mean = means(places, size, scores)
    spread = np.bincount(places, (scores - mean[places]) ** 2, size)
    with np.errstate(all="ignore"):
        error = NINETY * np.sqrt(spread / (number - 1) / number)
        counts = np.bincount(places * LEVELS + levels, minlength=size * LEVELS).reshape(size, LEVELS)
        high_share = counts[:, HIGH:].sum(1) / number
        given = np.isfinite(service) & np.isfinite(operating)
        top, bottom = (np.bincount(places[given], one[given], size) for one in (service, operating))
        share = np.where(bottom > 0, top / bottom, np.nan)
    error[number < 2] = np.nan
    return Groups(
        number=number,
        mean=mean,
        median=medians(places, size, scores),
        low=mean - error,
        high=mean + error,
        high_share=high_share,
        levels=counts,
        service_share=share,
        revenues=np.bincount(places[given], minlength=size),
    )


def means(places: Indices, size: int, values: Floats) -> Floats:
    """Return the mean by group, NaN for an empty one."""
    with np.errstate(all="ignore"):
        found: Floats = np.bincount(places, values, size) / np.bincount(places, minlength=size)
    return found


def medians(places: Indices, size: int, values: Floats) -> Floats:
    """Return the median by group, NaN for an empty one."""
    order = np.lexsort((values, places))
    number = np.bincount(places, minlength=size)
    start = np.cumsum(number) - number
    sorted_values = np.append(values[order], np.nan)
    middle = start + (number - 1) // 2, start + number // 2
    low, high = (sorted_values[np.where(number > 0, place, len(values))] for place in middle)
    found: Floats = (low + high) / 2
    return found


def adjusted(places: Indices, size: int, kinds: Indices, scores: Floats) -> Floats:
    """Return the mean by group as it would be with the make-up of all enterprises together.

    Indirect standardisation: the mean of all, plus by how much the group's enterprises are above what their kinds score on average.
    """
    expected = means(kinds, int(kinds.max(initial=0)) + 1, scores)[kinds]
    found: Floats = scores.mean() + means(places, size, scores - expected) if len(scores) else np.full(size, np.nan)
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """By how much the mean of each group changed between two years: `real` + `composition` = `total`."""

    total: Floats
    real: Floats
    composition: Floats


def change(
    size: int, kinds: int, before: tuple[Indices, Indices, Floats], after: tuple[Indices, Indices, Floats]
) -> Change:
    """Split the change of each group's mean score; `before` and `after` are places, kinds and scores of the two years.

    Kitagawa's decomposition: `real` weighs the change inside each kind by the mean of its shares in both years, `composition` the change of
    the shares by the mean of its two scores. A kind that a group has in one year only takes the other year's mean of all its enterprises,
    else the year's mean.
    """
    (share0, mean0), (share1, mean1) = (_by_kind(size, kinds, *year) for year in (before, after))
    with np.errstate(all="ignore"):
        real = ((share0 + share1) / 2 * (mean1 - mean0)).sum(1)
        composition = ((mean0 + mean1) / 2 * (share1 - share0)).sum(1)
    return Change(real + composition, real, composition)


def _by_kind(size: int, kinds: int, places: Indices, kind: Indices, scores: Floats) -> tuple[Floats, Floats]:
    """Return the share of each kind in each group and its mean score there."""
    cells = places * kinds + kind
    number = np.bincount(cells, minlength=size * kinds).reshape(size, kinds)
    with np.errstate(all="ignore"):
        share = number / number.sum(1, keepdims=True)
    mean = means(cells, size * kinds, scores).reshape(size, kinds)
    everywhere = means(kind, kinds, scores)
    everywhere = np.where(np.isnan(everywhere), scores.mean() if len(scores) else np.nan, everywhere)
    return share, np.where(np.isnan(mean), everywhere, mean)
