from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from disclosure_country import chosen, country

from scoring.disclosure import (
    CellKey,
    Lattice,
    MisfitError,
    Records,
    build_release,
    ledger_from_plain,
    ledger_to_plain,
    release_to_plain,
)

COUNTIES = ("A", "B", "C", "D", "E")
LATTICE = Lattice({"CN": None, **dict.fromkeys(COUNTIES, "CN")}, ("food", "vehicle"), ("large", "small"))


def records(counts: dict[str, int], **columns: object) -> Records:
    """Return enterprises in counties, all in one group and size, of mixed levels, equal revenues."""
    regions = tuple(code for code, count in counts.items() for _ in range(count))
    total = len(regions)
    levels = np.arange(total) % 4
    made = Records(
        tuple(f"E{number}" for number in range(total)),
        regions,
        ("food",) * total,
        ("small",) * total,
        ("first",) * total,
        levels + 0.5,
        levels,
        np.full(total, 2.0),
        np.full(total, 10.0),
    )
    return replace(made, **columns)


def whole(region: str) -> CellKey:
    return CellKey(region, None, None)


def test_the_figures_of_a_published_cell() -> None:
    made = records({"A": 9, "B": 8, "C": 8, "D": 8, "E": 8}, service_revenues=np.linspace(1, 5, 41))

    figures = build_release(LATTICE, made, firms={whole("A"): 90}).figures

    assert figures[whole("A")].number == 9
    assert figures[whole("A")].coverage == 0.1
    assert figures[whole("A")].levels == (3, 2, 2, 2, 0, 0)
    assert figures[whole("A")].mean_score == round(np.mean(made.scores[:9]), 4)
    assert figures[whole("A")].median_score == 1.5
    assert figures[whole("B")].median_score == 2.0
    assert figures[whole("A")].high_share == round(2 / 9, 4)
    assert figures[whole("CN")].service_share == round(made.service_revenues.sum() / 410, 4)
    assert figures[whole("CN")].coverage is None


def test_a_county_of_four_is_hidden_with_two_others_though_they_are_large() -> None:
    release = build_release(LATTICE, records({"A": 4, "B": 6, "C": 7, "D": 20, "E": 20}))

    hidden = [county for county in COUNTIES if whole(county) not in release.figures]

    assert hidden == ["A", "B", "C"]
    assert release.reasons[whole("A")] == "small"
    assert release.reasons[whole("B")] == "complementary"
    assert whole("CN") in release.figures


def test_two_counties_cannot_protect_each_other_so_the_whole_is_hidden() -> None:
    lattice = Lattice({"CN": None, "A": "CN", "B": "CN"}, ("food", "vehicle"), ("large", "small"))

    assert build_release(lattice, records({"A": 4, "B": 30})).figures == {}


def test_a_dominated_sum_hides_the_share_and_not_the_record() -> None:
    revenues = np.full(100, 2.0)
    revenues[0] = 1000.0
    release = build_release(LATTICE, records(dict.fromkeys(COUNTIES, 20), service_revenues=revenues))

    assert release.figures[whole("A")].service_share is None
    assert release.share_reasons[whole("A")] == "dominance"
    assert release.figures[whole("A")].number == 20


@pytest.mark.parametrize(
    "levels", [[1] * 8, [1] * 7 + [2], [3, 4] * 4], ids=["all in one level", "all but one", "all high"]
)
def test_a_telling_distribution_is_hidden(levels: list[int]) -> None:
    mixed = np.arange(88) % 4
    mixed[:8] = levels
    release = build_release(LATTICE, records({"A": 8, "B": 20, "C": 20, "D": 20, "E": 20}, levels=mixed))

    assert release.reasons[whole("A")] == "telling"


@pytest.mark.parametrize(("changed", "shown"), [(0, True), (1, False), (2, False), (3, True)])
def test_one_or_two_changed_enterprises_hide_a_cell_in_the_next_release(changed: int, shown: bool) -> None:
    before = records(dict.fromkeys(COUNTIES, 20))
    digests = tuple("second" if number % 20 < changed or 20 <= number < 60 else "first" for number in range(100))
    after = replace(before, digests=digests)
    first = build_release(LATTICE, before)

    second = build_release(LATTICE, after, [first.ledger])

    assert whole("A") in first.figures
    assert (whole("A") in second.figures) is shown
    assert second.reasons.get(whole("A")) == (None if shown else "changed")


def test_who_joins_and_who_leaves_changes_a_cell_since_any_earlier_release() -> None:
    first = records(dict.fromkeys(COUNTIES, 20))
    second = chosen(first, np.arange(100) >= 3)
    third = chosen(first, np.arange(100) >= 1)
    ledgers = [build_release(LATTICE, one).ledger for one in (first, second)]

    release = build_release(LATTICE, third, ledgers)

    assert release.reasons[whole("A")] == "changed"


def test_movers_change_the_cells_they_left_and_joined_and_count_once_above() -> None:
    before = records(dict.fromkeys(COUNTIES, 20))
    regions = ("B", "B", "B", *before.regions[3:])
    digests = ("second",) * 3 + before.digests[3:]
    ledger = build_release(LATTICE, before).ledger

    release = build_release(LATTICE, replace(before, regions=regions, digests=digests), [ledger])

    assert release.reasons[whole("A")] == release.reasons[whole("B")] == "changed"
    assert release.reasons[whole("CN")] == "complementary"  # since a department of A knows what changed in B


def test_the_same_input_gives_the_same_release_in_any_order() -> None:
    made = country(3, provinces=4, most=3, enterprises=500)
    shuffled = np.random.default_rng(0).permutation(len(made.moments[0].enterprises))
    turned = replace(
        made.moments[0],
        **{
            name: column[shuffled] if isinstance(column, np.ndarray) else tuple(column[row] for row in shuffled)
            for name, column in ((name, getattr(made.moments[0], name)) for name in made.moments[0].__slots__)
        },
    )

    first, second = build_release(made.lattice, made.moments[0]), build_release(made.lattice, turned)

    assert release_to_plain(first) == release_to_plain(second)


def test_what_is_public_holds_no_secrets_and_the_ledger_survives_json() -> None:
    made = country(3, provinces=4, most=3, enterprises=500)
    release = build_release(made.lattice, made.moments[0])

    public = json.dumps(release_to_plain(release))
    ledger = ledger_from_plain(json.loads(json.dumps(ledger_to_plain(release.ledger))))

    assert "complementary" not in public
    assert not any(f'"{enterprise}"' in public for enterprise in made.moments[0].enterprises)
    assert ledger == release.ledger


def test_enterprises_known_by_prefecture_only_count_above_their_counties() -> None:
    lattice = Lattice(
        {"CN": None, "P": "CN", "Q": "CN", "R": "CN", **dict.fromkeys(COUNTIES, "P")}, LATTICE.groups, LATTICE.sizes
    )
    release = build_release(lattice, records({"P": 8, "A": 8, "B": 8, "C": 8, "D": 8, "E": 8, "Q": 8, "R": 8}))

    assert release.figures[whole("P")].number == 48
    assert {key.region for key in release.figures} <= set(lattice.parents)


def test_a_country_without_regions_is_published_by_group_and_size() -> None:
    lattice = replace(LATTICE, parents={"CN": None})
    made = records({"CN": 60}, groups=("food", "vehicle") * 30, sizes=("large", "large", "small") * 20)

    release = build_release(lattice, made)

    assert len(release.figures) == 9
    assert (
        build_release(lattice, replace(made, sizes=("large",) * 3 + ("small",) * 57)).reasons[
            CellKey("CN", None, "large")
        ]
        == "small"
    )


def test_nobody_at_all_makes_an_empty_release() -> None:
    assert build_release(LATTICE, records({})).figures == {}


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"regions": ("Z",) * 5}, "without a place in the tree: Z"),
        ({"groups": ("steel",) * 5}, "unknown group: steel"),
        ({"sizes": ("tiny",) * 5}, "unknown size: tiny"),
        ({"enterprises": ("E0",) * 5}, "more than once"),
        ({"levels": np.array([0, 1, 2, 3, 6])}, "levels lie between 0 and 5"),
        ({"scores": np.array([0, 1, 2, 3, -1.0])}, "scores are numbers of at least 0"),
        ({"scores": np.array([0, 1, 2, 3, np.nan])}, "scores are numbers of at least 0"),
        ({"operating_revenues": np.array([0, 1, 2, 3, -1.0])}, "revenues are at least 0"),
        ({"digests": ("first",)}, "unequal length"),
    ],
)
def test_records_that_do_not_fit_are_refused(columns: dict[str, object], words: str) -> None:
    with pytest.raises(MisfitError, match=words):
        build_release(LATTICE, records({"A": 5}, **columns))


@pytest.mark.parametrize(
    ("parents", "words"),
    [
        ({"CN": None, "A": "P"}, "without a place in the tree: P"),
        ({"CN": None, "US": None}, "one region above all others, not 2"),
        ({"CN": None, "A": "B", "B": "A"}, "hang on each other"),
    ],
)
def test_trees_that_are_none_are_refused(parents: dict[str, str | None], words: str) -> None:
    with pytest.raises(MisfitError, match=words):
        build_release(Lattice(parents, LATTICE.groups, LATTICE.sizes), records({}))
