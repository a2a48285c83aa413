"""Small synthetic countries for the tests of suppression: skewed regions and sizes, dominant firms, and changes between releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.disclosure import Lattice, Records

GROUPS = ("food", "machinery", "vehicle", "electrical", "material", "chemical", "textile", "light")
SIZES = ("small", "large", "micro", "medium")


@dataclass(frozen=True)
class Country:
    """A lattice, and the enterprises at the time of each release."""

    lattice: Lattice
    moments: list[Records]


def tree(rng: np.random.Generator, provinces: int, most: int) -> dict[str, str | None]:
    parents: dict[str, str | None] = {"CN": None}
    for province in (f"P{number}" for number in range(provinces)):
        parents[province] = "CN"
        for prefecture in (f"{province}-{number}" for number in range(rng.integers(2, most + 1))):
            parents[prefecture] = province
            parents |= {f"{prefecture}-{number}": prefecture for number in range(rng.integers(0, most + 2))}
    return parents


def country(
    seed: int,
    *,
    provinces: int = 3,
    most: int = 3,
    enterprises: int = 300,
    groups: int = 3,
    sizes: int = 2,
    releases: int = 3,
    churn: float = 0.03,
    where: str = "",
) -> Country:
    """Return a country of which, between releases, a share of `churn` joins, leaves or resubmits in the regions that begin with `where`."""
    rng = np.random.default_rng(seed)
    parents = tree(rng, provinces, most)
    lattice = Lattice(parents, GROUPS[:groups], SIZES[:sizes])
    leaves = sorted(set(parents) - set(parents.values()))
    pool = _enterprises(rng, lattice, leaves, int(enterprises * 1.3))
    present = rng.random(len(pool.enterprises)) < 1 / 1.3
    there = np.array([region.startswith(where) for region in pool.regions])
    moments = []
    for moment in range(releases):
        if moment:
            present ^= there & (rng.random(len(present)) < churn)
            pool = _resubmitted(rng, pool, there & (rng.random(len(present)) < churn), moment)
        moments.append(chosen(pool, present))
    return Country(lattice, moments)


def chosen(records: Records, rows: np.ndarray) -> Records:
    numbers = np.flatnonzero(rows)
    return Records(
        *(tuple(column[row] for row in numbers) for column in _names(records)),
        *(column[numbers] for column in _values(records)),
    )


def _names(records: Records) -> tuple[tuple[str, ...], ...]:
    return records.enterprises, records.regions, records.groups, records.sizes, records.digests


def _values(records: Records) -> tuple[np.ndarray, ...]:
    return records.scores, records.levels, records.service_revenues, records.operating_revenues


def _enterprises(rng: np.random.Generator, lattice: Lattice, leaves: list[str], count: int) -> Records:
    places = [
        _drawn(rng, names, count, spread)
        for names, spread in ((leaves, 1.2), (lattice.groups, 0.4), (lattice.sizes, 0.4))
    ]
    sizes = np.array([SIZES.index(size) for size in places[2]])
    return Records(tuple(f"E{number}" for number in range(count)), *places, ("first",) * count, *_results(rng, sizes))


def _drawn(rng: np.random.Generator, names: Sequence[str], count: int, spread: float) -> tuple[str, ...]:
    weights = rng.lognormal(0, spread, len(names))
    return tuple(names[row] for row in rng.choice(len(names), count, p=weights / weights.sum()))


def _results(rng: np.random.Generator, sizes: np.ndarray) -> tuple[np.ndarray, ...]:
    levels = rng.choice(6, len(sizes), p=[0.1, 0.3, 0.35, 0.17, 0.06, 0.02])
    scores = np.clip(levels - 0.2 + rng.random(len(sizes)), 0, 5).round(6)
    revenues = rng.lognormal(9, 1.3, len(sizes)) * np.array([1, 20, 0.2, 5])[sizes]
    return scores, levels, revenues * rng.beta(1.5, 6, len(sizes)), revenues


def _resubmitted(rng: np.random.Generator, records: Records, rows: np.ndarray, moment: int) -> Records:
    sizes = np.array([SIZES.index(size) for size in records.sizes])
    fresh = _results(rng, sizes)
    digests = tuple(f"{moment}" if changed else old for changed, old in zip(rows, records.digests, strict=True))
    values = [np.where(rows, new, old) for new, old in zip(fresh, _values(records), strict=True)]
    return Records(*_names(records)[:4], digests, *values)
