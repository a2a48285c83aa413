"""The adversary who reads successive releases together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from disclosure_attack import Insider, System, World, equations, solve, world
from scipy.sparse import block_diag, csr_array, eye_array, kron, vstack

from scoring.disclosure import CellKey, Figures, Lattice, Records

Home = tuple[str, ...]


@dataclass(frozen=True)
class History:
    """What was true and what was published at the time of each release."""

    moments: list[Records]
    worlds: list[World]
    shown: list[Mapping[CellKey, Figures]]

    @property
    def cells(self) -> dict[CellKey, np.ndarray]:
        return self.worlds[-1].cells


def history(lattice: Lattice, moments: list[Records], shown: list[Mapping[CellKey, Figures]]) -> History:
    return History(moments, [world(lattice, records) for records in moments], shown)


def traced(past: History, insider: Insider) -> list[tuple[str, CellKey]]:
    """Return what can be worked out of the newest release from all releases together.

    Cells published twice with the same figures are taken to be unchanged in everything. Looked for are suppressed cells of the newest
    release (unless an earlier one published them as they are), and the difference to each earlier release in cells where 1 or 2
    enterprises changed, as far as they are not the insider's own.
    """
    published = [[key for key in past.cells if key in figures] for figures in past.shown]
    shares = [
        [key for key in keys if one[key].service_share is not None]
        for keys, one in zip(published, past.shown, strict=True)
    ]
    kinds = {"counts": published, "scores": published, "service": shares, "operating": shares}
    return [(name, key) for name, shown in kinds.items() for key in _trace(past, name, shown, insider)]


def _trace(past: History, name: str, published: list[list[CellKey]], insider: Insider) -> list[CellKey]:
    tables = [getattr(one, name).reshape(len(one.homes), -1) for one in past.worlds]
    columns = tables[0].shape[1]
    known = np.tile(np.repeat(insider.known, columns), len(tables))
    values = np.concatenate([table.ravel() for table in tables])
    parts = [equations(one, keys, columns) for one, keys in zip(past.worlds, published, strict=True)]
    system = System(
        csr_array(vstack([block_diag(parts), *_links(past, columns)])),
        values,
        np.where(known, values, 0.0),
        np.where(known, values, np.inf),
    )
    targets = [*_targets(past, published, insider)]
    rows = np.array([np.repeat(weights, columns, axis=1).ravel() for _, weights in targets]).reshape(
        len(targets), values.size
    )
    return [targets[row][0] for row in solve(system, rows, np.zeros(values.size))]


def _links(past: History, columns: int) -> Iterator[csr_array]:
    """Yield equations that keep everything in a cell as it was where two releases show the same figures."""
    size = len(past.worlds), len(past.worlds[0].homes)
    for later, shown in enumerate(past.shown):
        for earlier, before in enumerate(past.shown[:later]):
            same = [inside for key, inside in past.cells.items() if key in shown and shown[key] == before.get(key)]
            kept = np.flatnonzero(np.any(same, axis=0)) if same else np.array([], int)
            matrix = np.zeros((len(kept), *size))
            matrix[np.arange(len(kept)), earlier, kept], matrix[np.arange(len(kept)), later, kept] = 1, -1
            yield csr_array(kron(csr_array(matrix.reshape(len(kept), size[0] * size[1])), eye_array(columns)))


def _targets(past: History, published: list[list[CellKey]], insider: Insider) -> Iterator[tuple[CellKey, np.ndarray]]:
    """Yield cells with the weights (moment, finest cell) of what is wanted of them: the part that the insider does not hold himself."""
    since = [changes(records, past.moments[-1]) for records in past.moments[:-1]]
    number = {home: row for row, home in enumerate(past.worlds[0].homes)}
    for key, cell in past.cells.items():
        inside = cell & ~insider.known
        people = [sum(any(inside[number[home]] for home in homes) for homes in change) for change in since]
        public = any(key in keys and not count for keys, count in zip(published, people, strict=False))
        if key not in published[-1] and not public:
            yield key, _weights(past, inside, None)
        for moment, count in enumerate(people):
            if 0 < count < 3:
                yield key, _weights(past, inside, moment)


def _weights(past: History, inside: np.ndarray, since: int | None) -> np.ndarray:
    weights = np.zeros((len(past.worlds), len(inside)))
    weights[-1] = inside
    if since is not None:
        weights[since] = -1.0 * inside
    return weights


def changes(before: Records, after: Records) -> list[set[Home]]:
    """Return for each enterprise that joined, left or resubmitted the finest cells that it was and is in."""
    old, new = _places(before), _places(after)
    changed = [one for one in sorted(old.keys() | new.keys()) if old.get(one) != new.get(one)]
    return [{place[:3] for place in (old.get(one), new.get(one)) if place} for one in changed]


def _places(records: Records) -> dict[str, Home]:
    columns = records.regions, records.groups, records.sizes, records.digests
    return {enterprise: tuple(place) for enterprise, *place in zip(records.enterprises, *columns, strict=True)}
