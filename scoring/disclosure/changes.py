"""What changed since an earlier release, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.columns import Floats


class Place(NamedTuple):
    """Where an enterprise was counted, and with which submission."""

    region: str
    group: str
    size: str
    digest: str


class CellKey(NamedTuple):
    """A cell by the names of its dimensions; None stands for all."""

    region: str
    group: str | None
    size: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What must be kept of a release, and kept secret, to make later ones: who was counted where, and which cells were published.

    `published` and `shares` are the cells whose record, and whose service revenue share, the release showed.
    """

    places: Mapping[str, Place]
    published: frozenset[CellKey]
    shares: frozenset[CellKey]


def changed(
    before: Mapping[str, Place], after: Mapping[str, Place], locate: Callable[[Place], int | None], cells: int
) -> Floats:
    """Return (finest cell, 2): how often it was touched, and how many enterprises changed in it.

    `locate` gives the number of a finest cell.

    Joining, leaving and resubmitting in place count as one. Who moved with a new submission counts a half in each of the two cells, so
    that a region holding both counts it once; who moved with the old one touches both and counts nowhere. So sums over cells never count an
    enterprise twice.
    """
    counted = np.zeros((cells, 2))
    for enterprise in before.keys() | after.keys():
        old, new = before.get(enterprise), after.get(enterprise)
        if old == new:
            continue
        touched = {locate(one) for one in (old, new) if one}
        resubmitted = old is None or new is None or old.digest != new.digest
        for spot in touched - {None}:
            counted[spot] += (1.0, resubmitted / len(touched))
    return counted
