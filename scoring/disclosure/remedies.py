"""Which further cells to hide so that an exposed cell becomes uncertain: the cheapest exchange, with two partners, counted in enterprises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.columns import Bools, Floats, Indices
from scoring.disclosure.cubes import Cubes, cube_amounts, cubes, whole_amounts
from scoring.disclosure.swaps import Swaps

Cell = tuple[int, int, int]
"""Region, group (0: all), size (0: all)."""


class Remedy(NamedTuple):
    """Cells to hide, and how many enterprises they hold in all."""

    cost: float
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Scene:
    """A table as it stands. `price` (region, group or all, size or all): 0 for a hidden cell, infinite for one that cannot be hidden."""

    swaps: Swaps
    price: Floats
    unknown: Bools
    """What is hidden and not known otherwise, in the same shape."""

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and sizes."""
        return self.price.shape[1] - 1, self.price.shape[2] - 1

    @property
    def fine(self) -> Floats:
        """The price of each position (region, position)."""
        fine: Floats = self.price[:, 1:, 1:].reshape(len(self.price), -1)
        return fine

    def cell(self, region: int, position: int) -> Cell:
        group, size = divmod(position, self.shape[1])
        return region, group + 1, size + 1


def priced(numbers: Floats, hidden: Bools, stale: Bools) -> Floats:
    """Return what hiding costs: the enterprises of a cell and one for the cell; nothing where hidden; stale cells cannot be hidden."""
    return np.where(stale, np.inf, np.where(hidden, 0.0, numbers + 1.0))


def remedy(scene: Scene, cell: Cell, needs: list[float]) -> list[Cell]:
    """Return cells to hide so that `cell` can lose more than `needs` of each measure; coarser cells where no exchange would do."""
    region, group, size = cell
    options = [*_swap_remedies(scene, cell, needs), *_whole_remedies(scene, cell)]
    if group and size:
        options += _cube_remedies(scene, cell, needs)
    affordable = [one for one in options if 0 < one.cost < np.inf]
    if affordable:
        return min(affordable).cells
    above = int(scene.swaps.tree.above[region])
    if above and scene.price[above, group, size] > 0:
        return [(above, group, size)]
    return [(region, 0, 0)]


def inside(cell: Cell, shape: tuple[int, int]) -> Bools:
    """Return which positions (position,) lie in a cell."""
    page = np.zeros(shape, np.bool_)
    group, size = cell[1], cell[2]
    page[slice(group - 1, group) if group else slice(None), slice(size - 1, size) if size else slice(None)] = True
    return page.ravel()


def _swap_remedies(scene: Scene, cell: Cell, needs: list[float]) -> Iterator[Remedy]:
    region = cell[0]
    held = np.flatnonzero(inside(cell, scene.shape))
    for at in scene.swaps.tree.chain(region):
        partners = scene.swaps.tree.siblings(at)
        if len(partners) < 2:
            continue
        prices = np.where(_enough(scene, region, partners, held, needs), _opening(scene, partners, held), np.inf)
        totals = _opening(scene, np.array([at]), held)[0] + np.partition(prices, 1, axis=0)[:2].sum(0)
        best = np.unravel_index(int(totals.argmin()), totals.shape)
        if np.isfinite(totals[best]):
            chosen = partners[np.argsort(prices[:, best[0], best[1]], kind="stable")[:2]]
            source, target = int(held[best[0]]), int(best[1])
            cells = [one for row in (at, *chosen) for one in _openers(scene, int(row), source, target)]
            yield Remedy(float(totals[best]), cells)


def _whole_remedies(scene: Scene, cell: Cell) -> Iterator[Remedy]:
    """Yield what opens an exchange in the whole, of which no partner is needed: for cells of the whole only, since it costs most."""
    if cell[0]:
        return
    held = np.flatnonzero(inside(cell, scene.shape))
    costs = _opening(scene, np.array([0]), held)[0]
    best = np.unravel_index(int(costs.argmin()), costs.shape)
    yield Remedy(float(costs[best]), _openers(scene, 0, int(held[best[0]]), int(best[1])))


def _enough(scene: Scene, region: int, partners: Indices, held: Indices, needs: list[float]) -> Bools:
    """Return (partner, p, q) where a partner could take more than is needed of every measure."""
    enough = np.ones((len(partners), len(held), scene.fine.shape[1]), np.bool_)
    for amounts, need in zip(scene.swaps.amounts, needs, strict=True):
        given = np.minimum(amounts[region][held][None, :, None], amounts[partners][:, None]).sum(-1)
        enough &= given > need
    return enough


def _opening(scene: Scene, rows: Indices, held: Indices) -> Floats:
    """Return (row, p, q) what it costs to hide all cells that hold exactly one of p and q."""
    price = scene.price[rows]
    group, size = np.divmod(np.arange(scene.fine.shape[1]), scene.shape[1])
    by_group, by_size, fine = price[:, 1:, 0][:, group], price[:, 0, 1:][:, size], scene.fine[rows]
    cost: Floats = fine[:, held, None] + fine[:, None, :]
    other_group, other_size = group[held, None] != group, size[held, None] != size
    cost += np.where(other_group, by_group[:, held, None] + by_group[:, None, :], 0.0)
    cost += np.where(other_size, by_size[:, held, None] + by_size[:, None, :], 0.0)
    cost[:, np.arange(len(held)), held] = np.inf
    return cost


def _openers(scene: Scene, row: int, source: int, target: int) -> list[Cell]:
    cells = [scene.cell(row, source), scene.cell(row, target)]
    (_, group, size), (_, other_group, other_size) = cells
    if group != other_group:
        cells += [(row, group, 0), (row, other_group, 0)]
    if size != other_size:
        cells += [(row, 0, size), (row, 0, other_size)]
    return cells


def _cube_remedies(scene: Scene, cell: Cell, needs: list[float]) -> Iterator[Remedy]:
    region, group, size = cell
    cube = cubes((group - 1) * scene.shape[1] + size - 1, scene.shape)
    squares = np.stack([np.full_like(cube.opposite, cube.position), cube.opposite, cube.same_group, cube.same_size])
    for at in scene.swaps.tree.chain(region):
        partners = scene.swaps.tree.siblings(at)
        if len(partners) < 2:
            continue
        enough = np.ones((len(partners), len(cube.opposite)), np.bool_)
        for amounts, need in zip(scene.swaps.amounts, needs, strict=True):
            enough &= cube_amounts(amounts, amounts[region], partners, cube) > need
        yield _cheapest_cube(scene, at, partners, squares, enough)
    if region == 0:
        yield _cheapest_whole_cube(scene, cube, squares, needs)


def _cheapest_cube(scene: Scene, at: int, partners: Indices, squares: Indices, enough: Bools) -> Remedy:
    prices = np.where(enough, scene.fine[partners][:, squares].sum(1), np.inf)
    totals = scene.fine[at][squares].sum(0) + np.partition(prices, 1, axis=0)[:2].sum(0)
    best = int(totals.argmin())
    chosen = partners[np.argsort(prices[:, best], kind="stable")[:2]]
    cells = [scene.cell(int(row), int(corner)) for row in (at, *chosen) for corner in squares[:, best]]
    return Remedy(float(totals[best]), cells)


def _cheapest_whole_cube(scene: Scene, cube: Cubes, squares: Indices, needs: list[float]) -> Remedy:
    enough = np.ones(len(cube.opposite), np.bool_)
    for measure, need in enumerate(needs):
        enough &= whole_amounts(scene.swaps, measure, cube, scene.unknown) > need
    prices = np.where(enough, scene.fine[0][squares].sum(0), np.inf)
    best = int(prices.argmin())
    return Remedy(float(prices[best]), [scene.cell(0, int(corner)) for corner in squares[:, best]])
