"""Exchanges at eight corners, for a hidden cell of a group and a size whose group and size are both published.

With positions p = (g, s) and q = (h, t) and their crossings (g, t) and (h, s): move an amount in A from p to (g, t) and from q to
(h, s), and back in B. No group, size or region total changes; only the four positions in A and in B must be hidden. `unknown` (region, group
or all, size or all) says throughout what is hidden and not known otherwise.
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
    groups, sizes = np.meshgrid(
        np.delete(np.arange(shape[0]), group), np.delete(np.arange(shape[1]), size), indexing="ij"
    )
    groups, sizes = groups.ravel(), sizes.ravel()
    opposite, same_group, same_size = groups * shape[1] + sizes, group * shape[1] + sizes, groups * shape[1] + size
    return Cubes(position, group, size, opposite, same_group, same_size, groups, sizes)


def cube_amounts(amounts: Floats, own: Floats, partners: Indices, cube: Cubes) -> Floats:
    """Return (partner, q) how much cubes could exchange if they were hidden; `own` (position, column) is what moves, in A or inside it."""
    held = np.minimum(own[cube.position], own[cube.opposite])
    theirs = np.minimum(amounts[partners][:, cube.same_group], amounts[partners][:, cube.same_size])
    total: Floats = np.minimum(held, theirs).sum(-1)
    return total


def whole_amounts(swaps: Swaps, measure: int, cube: Cubes, unknown: Bools) -> Floats:
    """Return (q,) how much the cubes of the whole can exchange, without the region directly below that has most.

    In the whole there is no B. The two moves are made within one county; or anywhere within a region whose sizes s and t (or groups g
    and h) are published, in regions directly below it in which they are not.
    """
    size = unknown[:, :1, cube.size + 1] & unknown[:, 0, cube.sizes + 1]
    group = unknown[:, cube.group + 1, :1] & unknown[:, cube.groups + 1, 0]
    return np.maximum(_matched(swaps, measure, cube, size), _matched(swaps, measure, cube, group))


def _matched(swaps: Swaps, measure: int, cube: Cubes, loose: Bools) -> Floats:
    """Return (q,) what can be matched where `loose` (region, q) regions are matched in the region above them."""
    tree, amounts = swaps.tree, swaps.amounts[measure]
    first = np.broadcast_to(amounts[:, [cube.position]], (len(loose), len(cube.opposite), amounts.shape[-1]))
    second = amounts[:, cube.opposite]
    below = np.minimum(_from_below(tree.above, first, loose), _from_below(tree.above, second, loose)).sum(-1)
    below[0] = _among(tree.blocks[0], first, second, loose)
    within = np.minimum(first, second).sum(-1)
    within[list(tree.blocks)] = below[list(tree.blocks)]
    within[loose] = 0.0
    shares = tree.totals(within)[tree.blocks[0]]
    matched: Floats = within[0] + shares.sum(0) - shares.max(0)
    return matched


def _from_below(above: Indices, amounts: Floats, loose: Bools) -> Floats:
    sums = np.zeros_like(amounts)
    np.add.at(sums, above[1:], amounts[1:] * loose[1:, :, None])
    return sums


def _among(rows: Indices, first: Floats, second: Floats, loose: Bools) -> Floats:
    """Return (q,) what loose regions directly below the whole can match with each other, without the one that has most of either."""
    sides = [one[rows] * loose[rows][..., None] for one in (first, second)]
    among: Floats = np.minimum(*(side.sum(0) - side.max(0) for side in sides)).sum(-1)
    return among


def falls(swaps: Swaps, measure: int, cell: tuple[int, int, int], unknown: Bools) -> float:
    """Return how much a cell of a group and a size can at least lose by cubes that are hidden now."""
    region, group, size = cell
    shape = unknown.shape[1] - 1, unknown.shape[2] - 1
    cube = cubes((group - 1) * shape[1] + size - 1, shape)
    if region == 0:
        return float(
            (whole_amounts(swaps, measure, cube, unknown) * _hidden_cubes(unknown[:1], cube)[0]).max(initial=0.0)
        )
    amounts = swaps.amounts[measure]
    return max(_falls_at(swaps, at, amounts, amounts[region], cube, unknown) for at in swaps.tree.chain(region))


def _falls_at(swaps: Swaps, at: int, amounts: Floats, own: Floats, cube: Cubes, unknown: Bools) -> float:
    partners = swaps.tree.siblings(at)
    if len(partners) < 2:
        return 0.0
    hidden = _hidden_cubes(unknown[partners], cube) & _hidden_cubes(unknown[[at]], cube)
    most = (cube_amounts(amounts, own, partners, cube) * hidden).max(1, initial=0.0)
    return float(np.partition(most, -2)[-2])


def _hidden_cubes(unknown: Bools, cube: Cubes) -> Bools:
    """Return (region, q) where all four positions of a cube are hidden."""
    flat = unknown[:, 1:, 1:].reshape(len(unknown), -1)
    hidden: Bools = (
        flat[:, [cube.position]] & flat[:, cube.opposite] & flat[:, cube.same_group] & flat[:, cube.same_size]
    )
    return hidden
