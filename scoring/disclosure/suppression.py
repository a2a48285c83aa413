"""The suppression of a whole table: hide what breaks a rule, then hide more until nothing hidden can be worked out.

Three things are kept true, each by hiding further cells, until all hold at once:
1. every finer cell inside a hidden cell is hidden (`rules.closed`);
2. what is left of a published cell without its published parts passes the primary rules, whichever department watches (`siblings`);
3. every hidden cell that holds anybody can change by more than the protection without anything published changing (`swaps`, `exchanges`).
Hiding more never undoes any of them, so this ends; at the worst with nothing published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.columns import AnyType, Bools, Floats, Indices
from scoring.disclosure.exchanges import Cell, Scene, priced, uncertain
from scoring.disclosure.remedies import remedy
from scoring.disclosure.rules import Layer, closed
from scoring.disclosure.siblings import Parts, addition
from scoring.disclosure.swaps import ANYWHERE, TO_GROUP, TO_SIZE, WAYS, Swaps, positions_of, prepare, refresh
from scoring.disclosure.tree import Tree

PROTECTION: Final = 0.15
"""The share of its value by which a hidden cell stays uncertain: the required 10 % and a margin."""


@dataclass(slots=True)
class _Table:
    tree: Tree
    layer: Layer
    measures: list[slice]
    """The columns of each measure that is protected."""
    swaps: Swaps
    hidden: Bools
    proved: Bools
    """Hidden cells known to be uncertain; hiding more never changes that."""


def suppress(tree: Tree, layer: Layer, measures: list[slice], secret: Bools) -> Bools:
    """Return which cells (region, group or all, size or all) to hide: those that break a rule, those that are `secret`, and complements."""
    swaps = prepare(tree, [np.ascontiguousarray(positions_of(layer.sums)[..., one]) for one in measures])
    hidden = closed(~layer.safe(layer.sums, layer.peaks) | secret, tree.ranks, tree.above)
    table = _Table(tree, layer, measures, swaps, hidden, np.zeros_like(hidden))
    seen = np.zeros_like(hidden)
    while True:
        _settle_sums(table, seen)
        refresh(swaps, table.hidden, _blocks_of(tree, np.flatnonzero((table.hidden != seen).any((1, 2)))))
        seen = table.hidden.copy()
        scene = Scene(swaps, table.hidden, priced(layer.numbers, table.hidden))
        cells = [cell for one in _exposed(table, scene) for cell in remedy(scene, one, _needs(table, one))]
        if not cells:
            return table.hidden
        _hide(table, cells)


def _hide(table: _Table, cells: list[Cell]) -> None:
    for cell in cells:
        table.hidden[cell] = True
    table.hidden = closed(table.hidden, table.tree.ranks, table.tree.above)


def _blocks_of(tree: Tree, rows: Indices) -> list[int]:
    return sorted({int(tree.above[row]) for row in rows if row})


def _settle_sums(table: _Table, seen: Bools) -> None:
    """Hide parts of published cells until the hidden parts of each protect each other; `seen` was settled before."""
    while True:
        rows = np.flatnonzero((table.hidden != seen).any((1, 2)))
        seen = table.hidden.copy()
        blocks = sorted({*_blocks_of(table.tree, rows), *(int(row) for row in rows if int(row) in table.tree.blocks)})
        cells = [cell for above in blocks for cell in _region_additions(table, above)]
        cells += _page_additions(table, rows, 1) + _page_additions(table, rows, 2)
        if not cells:
            return
        _hide(table, cells)


def _region_additions(table: _Table, above: int) -> list[Cell]:
    """Return what to hide in the regions below one (or in it, where nothing below is left to hide)."""
    rows = table.tree.blocks[above]
    layer, page = table.layer, table.hidden.shape[1:]
    count = len(rows), page[0] * page[1]
    sums, peaks = layer.sums[rows].reshape(*count, -1), layer.peaks[rows].reshape(*count, -1)
    inner, within = _inner(table, above)
    parts = Parts(layer, sums, peaks, inner.reshape(len(within), count[1], inner.shape[-1]), within, insiders=True)
    hidden = table.hidden[rows].reshape(count)
    weak = ~parts.strong(hidden) & ~table.hidden[above].ravel()
    found: list[Cell] = []
    for cell in np.flatnonzero(weak):
        part = addition(parts.only(int(cell)), hidden[:, cell])
        group, size = divmod(int(cell), page[1])
        found.append((above if part is None else int(rows[part]), group, size))
    return found


def _inner(table: _Table, above: int) -> tuple[Floats, Indices]:
    """Return what changed in the regions two and more ranks below one (region, group, size, column), and the part that each lies in."""
    rows, changes = table.tree.blocks[above], table.layer.sums[..., table.layer.measures :]
    if not changes.shape[-1]:
        return changes[:0], np.zeros(0, np.intp)
    inner, within = table.tree.inside(above)
    return changes[inner], np.searchsorted(rows, within)


def _page_additions(table: _Table, rows: Indices, axis: int) -> list[Cell]:
    """Return what to hide among the groups (axis 1) or sizes (axis 2) of regions; the cell over all where nothing else is left."""
    layer, others = table.layer, table.hidden.shape[3 - axis]
    sums, peaks = (_turned(one[rows], axis) for one in (layer.sums, layer.peaks))
    hidden = _turned(table.hidden[rows], axis)
    nobody = np.zeros((0, hidden.shape[1], 0)), np.zeros(0, np.intp)
    parts = Parts(layer, sums[1:], peaks[1:], *nobody, insiders=False)
    weak = ~parts.strong(hidden[1:]) & ~hidden[0]
    found: list[Cell] = []
    for cell in np.flatnonzero(weak):
        part = addition(parts.only(int(cell)), hidden[1:, cell])
        row, other = divmod(int(cell), others)
        along = 0 if part is None else part + 1
        found.append((int(rows[row]), along, other) if axis == 1 else (int(rows[row]), other, along))
    return found


def _turned(values: NDArray[AnyType], axis: int) -> NDArray[AnyType]:
    """Return values (region, group, size, …) as (group, cell, …) for axis 1, or (size, cell, …) for axis 2."""
    turned = np.moveaxis(values, axis, 0)
    return turned.reshape(turned.shape[0], turned.shape[1] * turned.shape[2], *turned.shape[3:])


def _exposed(table: _Table, scene: Scene) -> list[Cell]:
    """Return of each region the largest hidden cell that is not proved uncertain; proves what it can."""
    losing = [_loses_enough(table, measure) for measure in range(len(table.measures))]
    targets = table.hidden & (table.layer.numbers > 0) & ~table.proved
    targets[table.hidden[:, 0, 0]] = False
    table.proved |= targets & np.logical_and.reduce(losing)
    targets &= ~table.proved
    numbers, found = table.layer.numbers, []
    for region in np.flatnonzero(targets.any((1, 2))):
        cells = [(int(region), int(group), int(size)) for group, size in np.argwhere(targets[region])]
        for cell in sorted(cells, key=lambda one: (-numbers[one], one)):
            needs = [-1.0 if enough[cell] else need for enough, need in zip(losing, _needs(table, cell), strict=True)]
            table.proved[cell] = uncertain(scene, cell, needs)
            if not table.proved[cell]:
                found.append(cell)
                break
    return found


def _needs(table: _Table, cell: Cell) -> list[float]:
    """Return what must be movable of each measure of a cell; less than nothing of a measure that it does not hold."""
    values = [float(table.layer.sums[cell][columns].sum()) for columns in table.measures]
    return [PROTECTION * value if value > 0 else -1.0 for value in values]


def _value(table: _Table, measure: int) -> Floats:
    value: Floats = table.layer.sums[..., table.measures[measure]].sum(-1)
    return value


def _loses_enough(table: _Table, measure: int) -> Bools:
    """Return which cells can lose more than the protection to positions outside them."""
    _, groups, sizes = table.hidden.shape
    losses = np.minimum(table.swaps.amounts[measure], table.swaps.capacity[measure]).sum(-1)
    pages = losses.reshape(WAYS, -1, groups - 1, sizes - 1)
    value = _value(table, measure)
    enough = value <= 0
    enough[:, 1:, 1:] |= pages[ANYWHERE] > PROTECTION * value[:, 1:, 1:]
    enough[:, 1:, 0] |= pages[TO_GROUP].sum(2) > PROTECTION * value[:, 1:, 0]
    enough[:, 0, 1:] |= pages[TO_SIZE].sum(1) > PROTECTION * value[:, 0, 1:]
    return enough
