"""Small synthetic countries for the tests of suppression: skewed regions and sizes, dominant firms, and changes between releases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.disclosure import Lattice, Records

GROUPS = ("food", "machinery", "vehicle")
SIZES = ("large", "small")


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


def country(seed: int, *, provinces: int = 3, most: int = 3, enterprises: int = 300, releases: int = 3, churn: float = 0.03) -> Country:
    rng = np.random.default_rng(seed)
    parents = tree(rng, provinces, most)
    lattice = Lattice(parents, GROUPS, SIZES)
    leaves = sorted(set(parents) - set(parents.values()))
    weights = rng.lognormal(0, 1.2, len(leaves))
    pool = _enterprises(rng, leaves, weights / weights.sum(), int(enterprises * 1.3))
    present = rng.random(len(pool.enterprises)) < 1 / 1.3
    moments = []
    for moment in range(releases):
        if moment:
            present ^= rng.random(len(present)) < churn
            pool = _resubmitted(rng, pool, rng.random(len(present)) < churn, moment)
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


def _enterprises(rng: np.random.Generator, leaves: list[str], weights: np.ndarray, count: int) -> Records:
    groups, sizes = rng.choice(3, count, p=[0.5, 0.35, 0.15]), rng.choice(2, count, p=[0.2, 0.8])
    return Records(
        tuple(f"E{number}" for number in range(count)),
        tuple(leaves[row] for row in rng.choice(len(leaves), count, p=weights)),
        tuple(GROUPS[group] for group in groups),
        tuple(SIZES[size] for size in sizes),
        ("first",) * count,
        *_results(rng, sizes),
    )


def _results(rng: np.random.Generator, sizes: np.ndarray) -> tuple[np.ndarray, ...]:
    levels = rng.choice(6, len(sizes), p=[0.1, 0.3, 0.35, 0.17, 0.06, 0.02])
    scores = np.clip(levels - 0.2 + rng.random(len(sizes)), 0, 5).round(6)
    revenues = rng.lognormal(9, 1.3, len(sizes)) * np.array([20, 1])[sizes]
    return scores, levels, revenues * rng.beta(1.5, 6, len(sizes)), revenues


def _resubmitted(rng: np.random.Generator, records: Records, rows: np.ndarray, moment: int) -> Records:
    sizes = np.array([SIZES.index(size) for size in records.sizes])
    fresh = _results(rng, sizes)
    digests = tuple(f"{moment}" if changed else old for changed, old in zip(rows, records.digests, strict=True))
    values = [np.where(rows, new, old) for new, old in zip(fresh, _values(records), strict=True)]
    return Records(*_names(records)[:4], digests, *values)
