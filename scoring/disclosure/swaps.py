"""Proof that hidden cells stay uncertain: exchanges between regions that no published cell notices.

Let regions A and B lie directly under the same region, and p and q be two positions (industry group × size class). Moving an amount in A
from p to q and the same amount in B from q to p leaves every published cell as it is, if all cells that hold exactly one of p and q, in
A and in B, are hidden: the positions; their groups, if these differ; their sizes, if these differ. (Cells inside hidden cells are
hidden, and the regions above hold A and B alike.) So the world after the exchange explains everything published as well as the true one
does, and a hidden cell is uncertain by as much as can be exchanged. This is the hypercube method (Repsilber; Giessing and Repsilber,
2002) on a tree. A region that is hidden as a whole needs no q: it exchanges any position with siblings hidden as a whole, down to
nothing.

Counts by level are exchanged within their level, since distributions are published too. What one department knows is left out: for every
amount the partner that could give most is not counted on. Everything here is a lower bound of the true uncertainty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.columns import Bools, Floats
from scoring.disclosure.tree import Tree

ANYWHERE: Final = 0
TO_GROUP: Final = 1
TO_SIZE: Final = 2
WAYS: Final = 3


@dataclass(slots=True)
class Swaps:
    """What can be exchanged. `amounts[f]` (region, position, column) of measure f; `open` (region, p, q): the exchange would not show.

    `own[f]` (way, region, position, column): how much can leave a position of a region by exchanges with its siblings, whoever
    watches; the ways are to any other position, to another group of the same size, to another size of the same group. In the last
    two, positions of one group (or one size) draw on different positions of the partners, so what they can lose adds up.
    `capacity[f]`: the same, or by exchanges of a region above.
    """

    tree: Tree
    amounts: list[Floats]
    open: Bools
    capacity: list[Floats]
    own: list[Floats]


def prepare(tree: Tree, amounts: list[Floats]) -> Swaps:
    """Return swaps for a table with nothing hidden."""
    regions, positions, _ = amounts[0].shape
    return Swaps(
        tree,
        amounts,
        np.zeros((regions, positions, positions), np.bool_),
        [np.zeros((WAYS, *one.shape)) for one in amounts],
        [np.zeros((WAYS, *one.shape)) for one in amounts],
    )


def positions_of(values: Floats) -> Floats:
    """Return the finest cells of a table (region, group or all, size or all, …) as (region, position, …)."""
    fine = values[:, 1:, 1:]
    positions: Floats = fine.reshape(len(fine), -1, *fine.shape[3:])
    return positions


def refresh(swaps: Swaps, hidden: Bools, blocks: list[int]) -> None:
    """Bring the swaps up to date after cells of the regions directly below `blocks` were hidden (the whole counts as a block of itself)."""
    ways = _ways(hidden.shape[1] - 1, hidden.shape[2] - 1)
    for above in blocks:
        rows = swaps.tree.blocks[above]
        swaps.open[rows] = open_exchanges(hidden[rows])
        for own, amounts in zip(swaps.own, swaps.amounts, strict=True):
            for way, allowed in enumerate(ways):
                own[way, rows] = _capacity(swaps.open[rows] & allowed, amounts[rows])
    swaps.open[:1] = open_exchanges(hidden[:1])
    _inherit(swaps, hidden, ways)


def _ways(groups: int, sizes: int) -> Bools:
    """Return (way, p, q): any other position, another group of the same size, another size of the same group."""
    group, size = np.divmod(np.arange(groups * sizes), sizes)
    other_group, other_size = group[:, None] != group, size[:, None] != size
    return np.stack([other_group | other_size, other_group & ~other_size, other_size & ~other_group])


def open_exchanges(hidden: Bools) -> Bools:
    """Return (region, p, q) where all cells that hold exactly one of two positions are hidden."""
    regions, groups, sizes = hidden.shape[0], hidden.shape[1] - 1, hidden.shape[2] - 1
    group, size = np.divmod(np.arange(groups * sizes), sizes)
    fine = hidden[:, 1:, 1:].reshape(regions, -1)
    by_group, by_size = hidden[:, 1:, 0][:, group], hidden[:, 0, 1:][:, size]
    exchanges = _both(fine)
    exchanges &= _both(by_group) | (group[:, None] == group)
    exchanges &= _both(by_size) | (size[:, None] == size)
    exchanges[:, np.arange(len(group)), np.arange(len(group))] = False
    return exchanges


def _both(flags: Bools) -> Bools:
    both: Bools = flags[:, :, None] & flags[:, None, :]
    return both


def _capacity(exchanges: Bools, amounts: Floats) -> Floats:
    """Return (region, position, column) what partners in the same block can take, without the partner that could take most."""
    regions, positions, columns = amounts.shape
    capacity = np.zeros_like(amounts)
    if regions < 3:
        return capacity
    own = exchanges.astype(np.float64)
    for position in np.flatnonzero(exchanges.any((0, 2))):
        gives = (exchanges[:, position, :, None] * amounts).transpose(1, 0, 2)
        taken = (own[:, position] @ gives.reshape(positions, -1)).reshape(regions, regions, columns)
        taken[np.arange(regions), np.arange(regions)] = 0.0
        capacity[:, position] = taken.sum(1) - taken.max(1)
    return capacity


def _inherit(swaps: Swaps, hidden: Bools, ways: Bools) -> None:
    """Let a region do what the regions above it can, and what it wants where it is hidden as a whole."""
    for capacity, own in zip(swaps.capacity, swaps.own, strict=True):
        capacity[:] = own
        capacity[:, hidden[:, 0, 0]] = np.inf
        capacity[:, 0] = np.where((swaps.open[0] & ways).any(2), np.inf, 0.0)[..., None]
        for rows in swaps.tree.ranks[1:]:
            capacity[:, rows] = np.maximum(capacity[:, rows], capacity[:, swaps.tree.above[rows]])
