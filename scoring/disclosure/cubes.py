"""Exchanges at eight corners, for a hidden cell of a group and a size whose group and size are both published.

With positions p = (g, s) and q = (h, t) and their crossings (g, t) and (h, s): move an amount in A from p to (g, t) and from q to
(h, s), and back in B. No group, size or region total changes; only the four positions in A and in B must be hidden.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from scoring.columns import Bools, Floats, Indices
from scoring.disclosure.swaps import Swaps


class Cubes(NamedTuple):
    """The cubes of a position: its own group and size, the opposite positions q of each, and the two crossings."""

    position: int
    group: int
    size: int
    opposite: Indices
    same_group: Indices
    same_size: Indices
    groups: Indices
    sizes: Indices


def cubes(position: int, shape: tuple[int, int]) -> Cubes:
    """Return the cubes of a position on a page of groups and sizes."""
    group, size = divmod(position, shape[1])
    other_groups, other_sizes = np.delete(np.arange(shape[0]), group), np.delete(np.arange(shape[1]), size)
    groups, sizes = (one.ravel() for one in np.meshgrid(other_groups, other_sizes, indexing="ij"))
    opposite, same_group, same_size = groups * shape[1] + sizes, group * shape[1] + sizes, groups * shape[1] + size
    return Cubes(position, group, size, opposite, same_group, same_size, groups, sizes)


def whole_amounts(swaps: Swaps, measure: int, cube: Cubes, hidden: Bools) -> Floats:
    """Return (q,) how much the cubes of the whole can exchange, without the region directly below that has most.

    In the whole there is no B. The two moves are made within one county; or anywhere within a region whose sizes s and t (or groups g
    and h) are published, in regions directly below it in which they are not.
    """
    size = hidden[:, :1, cube.size + 1] & hidden[:, 0, cube.sizes + 1]
    group = hidden[:, cube.group + 1, :1] & hidden[:, cube.groups + 1, 0]
    return np.maximum(_matched(swaps, measure, cube, size), _matched(swaps, measure, cube, group))


def _matched(swaps: Swaps, measure: int, cube: Cubes, loose: Bools) -> Floats:
    """Return (q,) what can be matched where `loose` (region, q) regions are matched in the region above them."""
    tree, amounts = swaps.tree, swaps.amounts[measure]
    first = np.broadcast_to(amounts[:, [cube.position]], (len(loose), len(cube.opposite), amounts.shape[-1]))
    second = amounts[:, cube.opposite]
    below = np.minimum(_from_below(tree.above, first, loose), _from_below(tree.above, second, loose)).sum(-1)
    provinces = tree.blocks.get(0, np.zeros(0, np.intp))
    below[0] = _among(provinces, first, second, loose)
    within = np.minimum(first, second).sum(-1)
    within[list(tree.blocks)] = below[list(tree.blocks)]
    within[loose] = 0.0
    shares = tree.totals(within)[provinces]
    matched: Floats = within[0] + shares.sum(0) - shares.max(0, initial=0.0)
    return matched


def _from_below(above: Indices, amounts: Floats, loose: Bools) -> Floats:
    sums = np.zeros_like(amounts)
    np.add.at(sums, above[1:], amounts[1:] * loose[1:, :, None])
    return sums


def _among(rows: Indices, first: Floats, second: Floats, loose: Bools) -> Floats:
    """Return (q,) what loose regions directly below the whole can match with each other, without the one that has most of either."""
    sides = [one[rows] * loose[rows][..., None] for one in (first, second)]
    among: Floats = np.minimum(*(side.sum(0) - side.max(0, initial=0.0) for side in sides)).sum(-1)
    return among
