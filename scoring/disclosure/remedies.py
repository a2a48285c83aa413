"""Which further cells to hide so that an exposed cell becomes uncertain: those of the cheapest exchanges, counted in enterprises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scoring.columns import Indices
from scoring.disclosure.exchanges import Cell, Exchanges, Scene, exchanges, inside, swap_cells, whole_cubes

PARTNERS = 2
"""Partners that a cell needs: whoever knows one of them does not know the other."""


class Remedy(NamedTuple):
    """Cells to hide, and what that costs."""

    cost: float
    cells: list[Cell]


def remedy(scene: Scene, cell: Cell, needs: list[float]) -> list[Cell]:
    """Return cells to hide so that `cell` can move more than `needs` of each measure; coarser cells where no exchange would do."""
    region, group, size = cell
    options = [*(_in_the_whole(scene, cell, needs) if region == 0 else _between_siblings(scene, cell, needs))]
    affordable = [one for one in options if 0 < one.cost < np.inf]
    if affordable:
        return min(affordable).cells
    above = int(scene.swaps.tree.above[region])
    if above and not scene.hidden[above, group, size]:
        return [(above, group, size)]
    return [(region, 0, 0)]


def _between_siblings(scene: Scene, cell: Cell, needs: list[float]) -> Iterator[Remedy]:
    kinds = [*exchanges(scene, cell)]
    ready = {int(row) for one in kinds for row in one.partners[(one.free & one.able(needs)).any(1)]}
    for one in kinds:
        yield _cheapest(one, needs, ready)


def _cheapest(kind: Exchanges, needs: list[float], ready: set[int]) -> Remedy:
    """Return the cheapest option with as many new partners as are wanting."""
    new = ~np.isin(kind.partners, list(ready))
    wanting = max(PARTNERS - len(ready), 1)
    prices = np.where(kind.able(needs) & new[:, None], kind.prices, np.inf)
    order = np.argsort(prices, axis=0, kind="stable")[:wanting]
    totals = kind.price + np.take_along_axis(prices, order, axis=0).sum(0)
    best = int(totals.argmin())
    rows = (kind.at, *kind.partners[order[:, best]])
    return Remedy(float(totals[best]), [cell for row in rows for cell in _placed(int(row), kind.cells[best])])


def _placed(row: int, cells: Indices) -> list[Cell]:
    return [(row, int(group), int(size)) for group, size in cells]


def _in_the_whole(scene: Scene, cell: Cell, needs: list[float]) -> Iterator[Remedy]:
    """Yield what opens exchanges in the whole, where there are no siblings."""
    held = inside(cell, scene.shape)
    source, target = (one.ravel() for one in np.meshgrid(np.flatnonzero(held), np.flatnonzero(~held), indexing="ij"))
    if len(target):
        cells = swap_cells(source, target, scene.shape[1])
        prices = scene.price[0][cells[..., 0], cells[..., 1]].sum(-1)
        best = int(prices.argmin())
        yield Remedy(float(prices[best]), _placed(0, cells[best]))
    if cell[1] and cell[2]:
        costs, able, cells = whole_cubes(scene, cell, needs)
        prices = np.where(able, costs, np.inf)
        best = int(prices.argmin())
        yield Remedy(float(prices[best]), _placed(0, cells[best]))
