"""The measures of a table: additive sums for the suppression, and what is shown of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.columns import Bools, Floats, Indices
from scoring.disclosure.changes import Ledger, Place, changed
from scoring.disclosure.records import LEVELS, Lattice, MisfitError, Records
from scoring.disclosure.rules import Layer
from scoring.disclosure.tree import Tree, build_tree

RECORD_MEASURES = [slice(0, LEVELS), slice(LEVELS, LEVELS + 1)]
"""Number of enterprises (by level) and sum of scores."""
SHARE_MEASURES = [slice(1, 2), slice(2, 3)]
"""Sums of service revenue and of operating revenue."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Records in their places: rows of the tree, groups and sizes by number from 0; `known` where both revenues are."""

    lattice: Lattice
    tree: Tree
    records: Records
    rows: Indices
    groups: Indices
    sizes: Indices
    known: Bools

    @property
    def shape(self) -> tuple[int, int, int]:
        """Regions, groups and sizes."""
        return len(self.tree.codes), len(self.lattice.groups), len(self.lattice.sizes)

    @property
    def spots(self) -> Indices:
        """The finest cell of each record."""
        spots: Indices = np.ravel_multi_index((self.rows, self.groups, self.sizes), self.shape)
        return spots

    def locate(self, place: Place) -> int | None:
        """Return the finest cell of a place; None if the lattice has none for it (any more)."""
        row, lattice = self.tree.places.get(place.region), self.lattice
        if row is None or place.group not in lattice.groups or place.size not in lattice.sizes:
            return None
        _, groups, sizes = self.shape
        return (row * groups + lattice.groups.index(place.group)) * sizes + lattice.sizes.index(place.size)


def count(lattice: Lattice, records: Records) -> Counted:
    """Return records in their places. Raises `MisfitError`."""
    _check(records)
    tree = build_tree(lattice.parents, records.regions)
    rows = np.array([tree.places[code] for code in records.regions], np.intp)
    known = np.isfinite(records.service_revenues) & np.isfinite(records.operating_revenues)
    groups, sizes = _numbered(records.groups, lattice.groups, "group"), _numbered(records.sizes, lattice.sizes, "size")
    return Counted(lattice, tree, records, rows, groups, sizes, known)


def _check(records: Records) -> None:
    lengths = {len(getattr(records, name)) for name in records.__slots__}
    if len(lengths) > 1:
        raise MisfitError(f"columns of unequal length: {sorted(lengths)}")
    if len(set(records.enterprises)) < len(records.enterprises):
        raise MisfitError("an enterprise is counted more than once")
    if not ((records.levels >= 0) & (records.levels < LEVELS)).all():
        raise MisfitError(f"levels lie between 0 and {LEVELS - 1}")
    if not (records.scores >= 0).all():
        raise MisfitError("scores are numbers of at least 0")
    if (records.service_revenues < 0).any() or (records.operating_revenues < 0).any():
        raise MisfitError("revenues are at least 0, or NaN where not known")


def _numbered(values: tuple[str, ...], known: tuple[str, ...], name: str) -> Indices:
    numbers = {value: number for number, value in enumerate(known)}
    if missing := sorted(set(values) - set(known)):
        raise MisfitError(f"unknown {name}: {', '.join(missing[:5])}")
    return np.array([numbers[value] for value in values], np.intp)


def record_layer(counted: Counted, earlier: Sequence[Ledger]) -> Layer:
    """Return the table of numbers, scores and levels."""
    records = counted.records
    columns = np.zeros((len(records.enterprises), LEVELS + 1))
    columns[np.arange(len(columns)), records.levels] = 1.0
    columns[:, LEVELS] = records.scores
    sums = _with_changes(counted, _added(counted, columns), earlier)
    return Layer(sums, np.zeros((*sums.shape[:3], 0)), LEVELS, LEVELS + 1, telling=True)


def share_layer(counted: Counted, earlier: Sequence[Ledger]) -> Layer:
    """Return the table of revenues, of the enterprises that gave both."""
    records, known = counted.records, counted.known
    revenues = np.stack([records.service_revenues, records.operating_revenues], axis=1)
    columns = np.where(known[:, None], np.column_stack([np.ones(len(known)), revenues]), 0.0)
    sums = _with_changes(counted, _added(counted, columns), earlier)
    peaks = _spread(counted, _largest(counted, columns[:, 1:]), largest=True)
    return Layer(sums, peaks, 1, 3, telling=False)


def _added(counted: Counted, columns: Floats) -> Floats:
    """Return sums of columns (record, column) for the finest cells (region, group, size, column)."""
    cells = int(np.prod(counted.shape))
    sums = [np.bincount(counted.spots, column, cells) for column in columns.T]
    table: Floats = np.stack(sums, axis=-1).reshape(*counted.shape, -1).astype(np.float64)
    return table


def _largest(counted: Counted, columns: Floats) -> Floats:
    largest = np.zeros((int(np.prod(counted.shape)), columns.shape[1]))
    np.maximum.at(largest, counted.spots, columns)
    peaks: Floats = largest.reshape(*counted.shape, -1)
    return peaks


def _spread(counted: Counted, fine: Floats, *, largest: bool = False) -> Floats:
    """Return values of the finest cells for all cells (region, group or all, size or all, …), added or the largest of them."""
    regions, groups, sizes = counted.shape
    table = np.zeros((regions, groups + 1, sizes + 1, fine.shape[-1]))
    table[:, 1:, 1:] = counted.tree.totals(fine, largest=largest)
    join = np.maximum if largest else np.add
    table[:, 0] = join.reduce(table[:, 1:], axis=1)
    table[:, :, 0] = join.reduce(table[:, :, 1:], axis=2)
    return table


def _with_changes(counted: Counted, fine: Floats, earlier: Sequence[Ledger]) -> Floats:
    now, cells = places(counted.records), int(np.prod(counted.shape))
    changes = [changed(one.places, now, counted.locate, cells).reshape(*counted.shape, 2) for one in earlier]
    return _spread(counted, np.concatenate([fine, *changes], axis=-1))


def places(records: Records) -> dict[str, Place]:
    """Return where each enterprise is counted."""
    columns = (records.regions, records.groups, records.sizes, records.digests)
    return {enterprise: Place(*rest) for enterprise, *rest in zip(records.enterprises, *columns, strict=True)}
