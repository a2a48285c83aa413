"""Single exchanges of one cell with single partners: which there are, how much they move, and what must be hidden for them.

For the cells that the sums of `swaps` do not settle. A cell is uncertain when two partners can each move enough: whoever knows one of them
does not know the other. What moves may leave the cell or come into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.columns import Bools, Floats, Indices
from scoring.disclosure.cubes import Cubes, cubes, whole_amounts
from scoring.disclosure.swaps import Swaps

Cell = tuple[int, int, int]
"""Region, group (0: all), size (0: all)."""
COARSE: Final = 5.0
"""How much dearer it is to hide a cell over all groups or sizes than a finer one: more readers look for it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A table as it stands: cells (region, group or all, size or all) that are hidden, and what hiding costs (0 for these)."""

    swaps: Swaps
    hidden: Bools
    price: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and sizes."""
        return self.price.shape[1] - 1, self.price.shape[2] - 1


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Exchanges of a kind between a region (`at`: that of the cell or one above it) and its siblings (partner, option).

    `amounts` of each measure, what hiding costs in the region (option,) and in each partner, and what must be hidden in either: the cells
    (option, cell, 2) by group and size.
    """

    at: int
    partners: Indices
    amounts: list[Floats]
    price: Floats
    prices: Floats
    cells: Indices

    def able(self, needs: list[float]) -> Bools:
        """Return (partner, option) where more than the need of every measure can be moved."""
        able: Bools = np.logical_and.reduce([amount > need for amount, need in zip(self.amounts, needs, strict=True)])
        return able

    @property
    def free(self) -> Bools:
        """(partner, option) where nothing more needs to be hidden."""
        free: Bools = (self.price + self.prices) == 0
        return free


def priced(numbers: Floats, hidden: Bools) -> Floats:
    """Return the prices of a scene: the enterprises of a cell and one for the cell, more for one over all groups or sizes."""
    price = np.where(hidden, 0.0, numbers + 1.0)
    price[:, 1:, 0] *= COARSE
    price[:, 0, 1:] *= COARSE
    return price


def inside(cell: Cell, shape: tuple[int, int]) -> Bools:
    """Return which positions (position,) lie in a cell."""
    page = np.zeros(shape, np.bool_)
    group, size = cell[1], cell[2]
    page[slice(group - 1, group) if group else slice(None), slice(size - 1, size) if size else slice(None)] = True
    return page.ravel()


def exchanges(scene: Scene, cell: Cell) -> Iterator[Exchanges]:
    """Yield what a cell can exchange, from its region upwards."""
    for at in scene.swaps.tree.chain(cell[0]):
        partners = scene.swaps.tree.siblings(at)
        if len(partners) > 1:
            yield _swaps(scene, cell, at, partners)
            if cell[1] and cell[2]:
                yield _cubes(scene, cell, at, partners)


def _swaps(scene: Scene, cell: Cell, at: int, partners: Indices) -> Exchanges:
    held = inside(cell, scene.shape)
    source, target = (one.ravel() for one in np.meshgrid(np.flatnonzero(held), np.flatnonzero(~held), indexing="ij"))
    cells = swap_cells(source, target, scene.shape[1])
    bundles = _bundles(source, target, cell, scene.shape[1])
    falls = [_moved(amounts[[cell[0]]][:, source], amounts[partners][:, target]) for amounts in scene.swaps.amounts]
    rises = [_moved(amounts[[cell[0]]][:, target], amounts[partners][:, source]) for amounts in scene.swaps.amounts]
    moved = [
        np.concatenate([np.maximum(fall, rise), np.maximum(fall @ bundles, rise @ bundles)], axis=1)
        for fall, rise in zip(falls, rises, strict=True)
    ]
    cells = np.concatenate([cells, cells[bundles.argmax(0)]])
    return Exchanges(at, partners, moved, *_priced(scene, cells, at, partners), cells)


def _moved(own: Floats, theirs: Floats) -> Floats:
    """Return (partner, option) what the smaller side holds."""
    moved: Floats = np.minimum(own, theirs).sum(-1)
    return moved


def _priced(scene: Scene, cells: Indices, at: int, partners: Indices) -> tuple[Floats, Floats]:
    price = scene.price[np.append(partners, at)][:, cells[..., 0], cells[..., 1]].sum(-1)
    return price[-1], price[:-1]


def _bundles(source: Indices, target: Indices, cell: Cell, sizes: int) -> Floats:
    """Return (option, bundle) exchanges that can be made all at once: a whole group with another, size by size, or a whole size."""
    (group, size), (other_group, other_size) = np.divmod(source, sizes), np.divmod(target, sizes)
    if cell[1] and cell[2]:
        return np.zeros((len(source), 0))
    matched, partner = (size == other_size, other_group) if cell[1] else (group == other_group, other_size)
    bundles: Floats = (matched[:, None] & (partner[:, None] == np.unique(partner))).astype(np.float64)
    return bundles[:, bundles.any(0)]


def swap_cells(source: Indices, target: Indices, sizes: int) -> Indices:
    """Return (option, cell, 2) the group and size of the cells that hold exactly one of two positions; a cell may be listed twice."""
    (group, size), (other_group, other_size) = (np.stack(np.divmod(one, sizes)) + 1 for one in (source, target))
    across, along = group != other_group, size != other_size
    cells = [(group, size), (other_group, other_size)]
    cells += [(np.where(across, one, group), np.where(across, 0, size)) for one in (group, other_group)]
    cells += [(np.where(along, 0, group), np.where(along, one, size)) for one in (size, other_size)]
    return np.stack([np.stack(cell, axis=-1) for cell in cells], axis=1)


def _cubes(scene: Scene, cell: Cell, at: int, partners: Indices) -> Exchanges:
    cube = cubes((cell[1] - 1) * scene.shape[1] + cell[2] - 1, scene.shape)
    cells = cube_cells(cube, scene.shape[1])
    moved = []
    for amounts in scene.swaps.amounts:
        own, theirs = amounts[[cell[0]]], amounts[partners]
        falls = _moved(_corners(own, cube), _crossings(theirs, cube))
        moved.append(np.maximum(falls, _moved(_crossings(own, cube), _corners(theirs, cube))))
    return Exchanges(at, partners, moved, *_priced(scene, cells, at, partners), cells)


def cube_cells(cube: Cubes, sizes: int) -> Indices:
    """Return (option, cell, 2) the group and size of the four positions of each cube."""
    positions = np.stack(
        [np.full_like(cube.opposite, cube.position), cube.opposite, cube.same_group, cube.same_size], axis=1
    )
    return np.stack(np.divmod(positions, sizes), axis=-1) + 1


def _corners(amounts: Floats, cube: Cubes) -> Floats:
    return np.minimum(amounts[:, [cube.position]], amounts[:, cube.opposite])


def _crossings(amounts: Floats, cube: Cubes) -> Floats:
    return np.minimum(amounts[:, cube.same_group], amounts[:, cube.same_size])


def uncertain(scene: Scene, cell: Cell, needs: list[float]) -> bool:
    """Return whether a cell can move more than the need of every measure, whoever watches, with what is hidden now."""
    if _in_the_whole(scene, cell, needs):
        return True
    partners: list[set[int]] = [set() for _ in needs]
    for one in exchanges(scene, cell):
        for found, amount, need in zip(partners, one.amounts, needs, strict=True):
            found.update(one.partners[(one.free & (amount > need)).any(1)].tolist())
    return all(len(found) > 1 for found, need in zip(partners, needs, strict=True) if need >= 0)


def _in_the_whole(scene: Scene, cell: Cell, needs: list[float]) -> bool:
    """Return whether exchanges that need no partner do it."""
    held = inside(cell, scene.shape)
    moves = scene.swaps.open[0][np.ix_(~held, held)].any(1)
    rises = [amounts[cell[0]][~held][moves].sum(-1).max(initial=0.0) for amounts in scene.swaps.amounts]
    if all(rise > need for rise, need in zip(rises, needs, strict=True)):
        return True
    if cell[0] or not (cell[1] and cell[2]):
        return False
    price, able, _ = whole_cubes(scene, cell, needs)
    return bool((able & (price == 0)).any())


def whole_cubes(scene: Scene, cell: Cell, needs: list[float]) -> tuple[Floats, Bools, Indices]:
    """Return of each cube of a cell of the whole its price, whether it moves enough, and its cells (cube, cell, 2)."""
    cube = cubes((cell[1] - 1) * scene.shape[1] + cell[2] - 1, scene.shape)
    cells = cube_cells(cube, scene.shape[1])
    able = [whole_amounts(scene.swaps, measure, cube, scene.hidden) > need for measure, need in enumerate(needs)]
    return scene.price[0][cells[..., 0], cells[..., 1]].sum(-1), np.logical_and.reduce(able), cells
