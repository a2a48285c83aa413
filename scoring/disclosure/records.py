"""What a release is made from: one line for each enterprise, and the lattice of cells that it is counted in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.columns import Floats, Indices

LEVELS = 6
"""Maturity levels 0 to 5."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """The fixed dimensions of a table.

    `parents` names for each region the one directly above, and None for the single region that is the whole. `groups` are the ids of the
    industry groups, `sizes` those of the size classes.
    """

    parents: Mapping[str, str | None]
    groups: tuple[str, ...]
    sizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """The enterprises of one year and scope, in columns of equal length; each enterprise at most once.

    `regions` holds the lowest region known of each, `digests` what identifies its submission (any change of it is a resubmission).
    `levels` are 0–5, `scores` are not negative; revenues are in one unit, NaN where not known (such an enterprise is left out of both
    sums).
    """

    enterprises: tuple[str, ...]
    regions: tuple[str, ...]
    groups: tuple[str, ...]
    sizes: tuple[str, ...]
    digests: tuple[str, ...]
    scores: Floats
    levels: Indices
    service_revenues: Floats
    operating_revenues: Floats


class MisfitError(ValueError):
    """Records do not fit their lattice: an unknown region, group, size or level, a repeated enterprise, columns of unequal length."""
