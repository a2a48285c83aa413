"""The adversary: builds linear constraints from what is published and from what an insider knows, and solves for what is not.

It shares no code with the suppression. Where a mean or a share is published it is given the exact sums behind it, which is more than a
reader has. A cell is recovered when its bounds lie within ±10 % of its true value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, kron

from scoring.disclosure import CellKey, Figures, Lattice, Records

WITHIN = 0.1


@dataclass(frozen=True)
class World:
    """The true values of the finest cells (cell, column), and which of them lie in each cell of the lattice."""

    lattice: Lattice
    cells: dict[CellKey, np.ndarray]
    homes: list[tuple[str, str, str]]
    counts: np.ndarray
    scores: np.ndarray
    service: np.ndarray
    operating: np.ndarray
    spots: dict[str, int]


def world(lattice: Lattice, records: Records) -> World:
    leaves = sorted(set(lattice.parents) - set(lattice.parents.values()))
    homes = list(product(leaves, lattice.groups, lattice.sizes))
    number = {home: row for row, home in enumerate(homes)}
    where = [number[home] for home in zip(records.regions, records.groups, records.sizes, strict=True)]
    counts = np.zeros((len(homes), 6))
    np.add.at(counts, (where, records.levels), 1)
    sums = [
        np.bincount(where, column, len(homes))
        for column in (records.scores, records.service_revenues, records.operating_revenues)
    ]
    return World(
        lattice, members(lattice, homes), homes, counts, *sums, dict(zip(records.enterprises, where, strict=True))
    )


def members(lattice: Lattice, homes: list[tuple[str, str, str]]) -> dict[CellKey, np.ndarray]:
    within = {region: np.array([region in above(lattice, home[0]) for home in homes]) for region in lattice.parents}
    of_group = {None: True} | {group: np.array([home[1] == group for home in homes]) for group in lattice.groups}
    of_size = {None: True} | {size: np.array([home[2] == size for home in homes]) for size in lattice.sizes}
    keys = product(lattice.parents, of_group, of_size)
    return {CellKey(*key): within[key[0]] & of_group[key[1]] & of_size[key[2]] for key in keys}


def above(lattice: Lattice, region: str | None) -> Iterator[str]:
    while region is not None:
        yield region
        region = lattice.parents[region]


@dataclass(frozen=True)
class Insider:
    """What somebody knows for certain: finest cells in full, or a least amount in one (his own figures)."""

    name: str
    known: np.ndarray
    enterprise: str | None = None


def insiders(true: World, enterprises: list[str]) -> Iterator[Insider]:
    nothing = np.zeros(len(true.homes), bool)
    yield Insider("outsider", nothing)
    for region, parent in true.lattice.parents.items():
        if parent is not None:
            yield Insider(region, true.cells[CellKey(region, None, None)])
    for enterprise in enterprises:
        yield Insider(enterprise, nothing, enterprise)


def recovered(
    true: World, figures: Mapping[CellKey, Figures], records: Records, insider: Insider
) -> list[tuple[str, CellKey]]:
    """Return the measures and suppressed cells that an insider recovers. What he holds himself is taken off each cell."""
    own = _own(true, records, insider)
    records_shown = [key for key in true.cells if key in figures]
    shares_shown = [key for key in records_shown if figures[key].service_share is not None]
    found = [("number", key) for key in _attack(true, records_shown, true.counts, insider, own[0])]
    found += [("score", key) for key in _attack(true, records_shown, true.scores[:, None], insider, own[1])]
    found += [("service", key) for key in _attack(true, shares_shown, true.service[:, None], insider, own[2])]
    found += [("operating", key) for key in _attack(true, shares_shown, true.operating[:, None], insider, own[3])]
    found += [("high share", key) for key in _attack_shares(true, records_shown, insider, own[0])]
    return found


def _own(true: World, records: Records, insider: Insider) -> list[np.ndarray]:
    own = [np.zeros((len(true.homes), 6)), *(np.zeros((len(true.homes), 1)) for _ in range(3))]
    if insider.enterprise is not None:
        row, spot = records.enterprises.index(insider.enterprise), true.spots[insider.enterprise]
        own[0][spot, records.levels[row]] = 1
        for table, column in zip(
            own[1:], (records.scores, records.service_revenues, records.operating_revenues), strict=True
        ):
            table[spot] = column[row]
    return own


def _attack(true: World, shown: list[CellKey], values: np.ndarray, insider: Insider, own: np.ndarray) -> list[CellKey]:
    columns = values.shape[1]
    lowest = np.where(insider.known[:, None], values, own)
    highest = np.where(insider.known[:, None], values, np.inf)
    hidden = [key for key in true.cells if key not in set(shown)]
    if not hidden:
        return []
    targets = np.array([np.repeat(true.cells[key] & ~insider.known, columns) for key in hidden], float)
    system = System(equations(true, shown, columns), values.ravel(), lowest.ravel(), highest.ravel())
    return [hidden[row] for row in solve(system, targets, own.ravel())]


def _attack_shares(true: World, shown: list[CellKey], insider: Insider, own: np.ndarray) -> list[CellKey]:
    """Return the hidden cells whose share at level 3 and above (of what is not the insider's own) has bounds within ±10 % of the true one.

    Shares of 0 and 1 are left out: that a level is missing in a cell is known from any published cell around it that misses it.
    """
    everybody, high = (np.tile(weights, len(true.homes)) for weights in ([1.0] * 6, [0.0] * 3 + [1.0] * 3))
    lowest = np.where(insider.known[:, None], true.counts, own).ravel()
    highest = np.where(insider.known[:, None], true.counts, np.inf).ravel()
    system = System(equations(true, shown, 6), true.counts.ravel(), lowest, highest)
    hidden = [key for key in true.cells if key not in set(shown)]
    if not hidden:
        return []
    cells = np.array([np.repeat(true.cells[key] & ~insider.known, 6) for key in hidden], float)
    return [hidden[row] for row in _solve_shares(system, cells * high, cells * everybody, own.ravel())]


def _solve_shares(system: System, parts: np.ndarray, wholes: np.ndarray, own: np.ndarray) -> list[int]:
    scale = float(system.values.max())
    counts = wholes @ (system.values - own)
    shares = np.divide(parts @ (system.values - own), counts, out=np.zeros_like(counts), where=counts > 0)
    waiting, found = [int(row) for row in np.flatnonzero((shares > 0) & (shares < 1))], []
    while waiting:
        row = waiting[0]
        for limit in (1 + WITHIN, 1 - WITHIN):
            objective = np.sign(1 - limit) * (parts[row] - limit * shares[row] * wholes[row])
            reached = _world(system, objective, scale)
            if reached is None:
                waiting.remove(row)
                break
            part, whole = (table @ (reached - own / scale) for table in (parts, wholes))
            outside = np.abs(part - shares * whole) > WITHIN * shares * whole * (1 + 1e-6) + 1e-12
            waiting = [one for one in waiting if not outside[one]]
            if row not in waiting:
                break
        else:
            found.append(row)
            waiting.remove(row)
    return found


def equations(true: World, shown: list[CellKey], columns: int) -> csr_array:
    cells = csr_array(np.array([true.cells[key] for key in shown], float).reshape(len(shown), len(true.homes)))
    return csr_array(kron(cells, eye_array(columns)))


@dataclass(frozen=True)
class System:
    """What an attacker knows: equations (met by the true values), and limits of each unknown."""

    equations: csr_array
    values: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray


def solve(system: System, targets: np.ndarray, own: np.ndarray) -> list[int]:
    """Return which targets (rows over the unknowns) have bounds within ±10 % of their true value less one's own.

    Every world found that explains all that is known is tried on all targets, so that few programs need solving.
    """
    scale = max(1.0, float(np.abs(system.values).max()))
    true = targets @ (system.values - own) / scale
    waiting, found = [int(row) for row in np.flatnonzero(np.abs(true) > 1e-9)], []
    while waiting:
        row = waiting[0]
        for sign in (1, -1):
            reached = _world(system, sign * targets[row], scale)
            if reached is None:
                waiting.remove(row)
                break
            outside = np.abs(targets @ (reached - own / scale) - true) > WITHIN * np.abs(true) * (1 + 1e-6)
            waiting = [one for one in waiting if not outside[one]]
            if row not in waiting:
                break
        else:
            found.append(row)
            waiting.remove(row)
    return found


def _world(system: System, objective: np.ndarray, scale: float) -> np.ndarray | None:
    """Return a world of least objective that explains all that is known; None if there is no least."""
    bounds = np.column_stack([system.lowest, system.highest]) / scale
    right = system.equations @ system.values / scale
    result = linprog(objective, A_eq=system.equations, b_eq=right, bounds=bounds, method="highs")
    assert result.status in {0, 3}, result.message
    return None if result.status == 3 else result.x
