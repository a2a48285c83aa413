from __future__ import annotations

import numpy as np
import pytest
from disclosure_attack import Insider, World, insiders, recovered, world
from disclosure_country import Country, country
from disclosure_trace import changes, history, traced

from scoring.disclosure import CellKey, Figures, Ledger, Records, Release, build_release

COUNTRIES = {
    "few provinces": country(11, provinces=3, most=2, enterprises=250),
    "many provinces": country(12, provinces=6, most=2, enterprises=400, groups=2, churn=0.1),
    "one province changes": country(13, provinces=4, most=2, enterprises=200, churn=0.3, where="P1", releases=2),
}

TINY = country(14, provinces=3, most=2, enterprises=60, groups=2, releases=2, churn=0.05)


def releases(made: Country) -> list[Release]:
    ledgers: list[Ledger] = []
    found = []
    for records in made.moments:
        found.append(build_release(made.lattice, records, ledgers))
        ledgers.append(found[-1].ledger)
    return found


def watchers(true: World, records: Records, seed: int) -> list[Insider]:
    """The outsider, five departments of all ranks, the two largest enterprises and two others."""
    rng = np.random.default_rng(seed)
    largest = [records.enterprises[row] for row in np.argsort(-records.operating_revenues)[:2]]
    everybody = list(insiders(true, [*largest, *rng.choice(records.enterprises, 2, replace=False)]))
    departments = everybody[1:-4]
    chosen = rng.choice(len(departments), min(5, len(departments)), replace=False)
    return [everybody[0], *(departments[number] for number in chosen), *everybody[-4:]]


@pytest.mark.parametrize("name", COUNTRIES)
def test_nobody_recovers_a_suppressed_cell_from_any_release(name: str) -> None:
    made = COUNTRIES[name]

    for number, (records, release) in enumerate(zip(made.moments, releases(made), strict=True)):
        true = world(made.lattice, records)
        for insider in watchers(true, records, number):
            assert recovered(true, release.figures, records, insider) == [], insider.name


@pytest.mark.parametrize("name", COUNTRIES)
def test_every_published_cell_keeps_the_rules(name: str) -> None:
    made = COUNTRIES[name]
    for number, (records, release) in enumerate(zip(made.moments, releases(made), strict=True)):
        true = world(made.lattice, records)
        at = np.array([true.spots[enterprise] for enterprise in records.enterprises])
        since = [changes(before, records) for before in made.moments[:number]]
        for key, figures in release.figures.items():
            inside = true.cells[key]
            levels = records.levels[inside[at]]
            assert len(levels) >= 5
            assert np.bincount(levels).max() < len(levels) - 1
            assert all(
                sum(any(inside[true.homes.index(home)] for home in one) for one in change) not in {1, 2}
                for change in since
            )
            for revenues in (records.service_revenues, records.operating_revenues):
                held = revenues[inside[at]]
                assert figures.service_share is None or held.max() <= 0.7 * held.sum()


@pytest.mark.parametrize("name", COUNTRIES)
def test_successive_releases_together_tell_nothing_suppressed(name: str) -> None:
    made = COUNTRIES[name]
    past = history(made.lattice, made.moments, [release.figures for release in releases(made)])

    for insider in [one for one in insiders(past.worlds[0], []) if one.name in {"outsider", "P0"}]:
        assert traced(past, insider) == [], insider.name


def test_the_adversary_is_able_to_recover_cells_that_are_only_left_out_when_small() -> None:
    true = world(TINY.lattice, TINY.moments[0])

    found = recovered(true, naive(true), TINY.moments[0], next(insiders(true, [])))

    assert {measure for measure, _ in found} >= {"number", "score", "service", "operating", "high share"}


def test_the_adversary_finds_one_enterprise_in_the_difference_of_naive_releases() -> None:
    past = history(TINY.lattice, TINY.moments, [naive(world(TINY.lattice, records)) for records in TINY.moments])

    assert traced(past, next(insiders(past.worlds[0], [])))


def naive(true: World) -> dict[CellKey, Figures]:
    """Publish every cell of at least five, by stand-in figures (the adversary takes the sums from the true world)."""
    numbers = {key: true.counts[inside].sum(0) for key, inside in true.cells.items()}
    return {
        key: Figures(int(levels.sum()), None, 0.0, 0.0, 0.0, tuple(int(level) for level in levels), 0.1)
        for key, levels in numbers.items()
        if levels.sum() >= 5
    }


def test_most_cells_of_twenty_enterprises_stay_published() -> None:
    made = country(7, provinces=10, most=6, enterprises=8000, groups=8, sizes=4, releases=1)
    release = build_release(made.lattice, made.moments[0])
    true = world(made.lattice, made.moments[0])
    large = [key for key, inside in true.cells.items() if true.counts[inside].sum() >= 20]

    def kept(*kinds: tuple[bool, bool]) -> float:
        wanted = [key for key in large if (key.group is not None, key.size is not None) in kinds]
        return sum(key in release.figures for key in wanted) / len(wanted)

    assert kept((False, False)) > 0.85
    assert kept((True, False)) > 0.6
    assert kept((False, True)) > 0.6
