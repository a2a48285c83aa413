"""Normalisation, weights, aggregation, gaps and reasons of an index, against values worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from index_models import kind, questionnaire, worked

from scoring.engine import score_batch
from scoring.index import reasons
from scoring.index.engine import IndexResult, index
from scoring.index.synthetic import made_up, regions

NAN, INF = float("nan"), float("inf")
POSTS = {"goalposts": {"start": 0, "end": 10}}


def scores(result: IndexResult) -> list[Any]:
    return [None if np.isnan(score) else pytest.approx(score, abs=1e-9) for score in result.score]


def why(result: IndexResult) -> list[str | None]:
    return [reasons.NAMES[code] for code in result.nodes.reason[:, result.basis.tree.root]]


def one(values: list[float], **own: Any) -> IndexResult:
    return worked(questionnaire([{"id": "x", **own}]), [[value] for value in values])


@pytest.mark.parametrize(
    ("own", "values", "expected"),
    [
        (kind("min-max"), [2, 4, 10], [0, 25, 100]),
        (kind("min-max", lower=True), [2, 4, 10], [100, 75, 0]),
        (kind("min-max", log=True), [1, 10, 100], [0, 50, 100]),
        # mean 4, standard deviation with n − 1 is 2: −1, 0, 1 placed at 50 and 100/6 a step
        (kind("z-score"), [2, 4, 6], [50 - 100 / 6, 50, 50 + 100 / 6]),
        (kind("z-score", mean=0.0, sd=1.0), [2, 4, 6], [-1, 0, 1]),
        (kind("z-score", mean=0.0, sd=1.0, lower=True), [2, 4, 6], [1, 0, -1]),
        # ranks from below 1, 2½, 2½, 4 of 4
        (kind("rank"), [1, 5, 5, 9], [0, 50, 50, 100]),
        (kind("rank", lower=True), [1, 5, 5, 9], [100, 50, 50, 0]),
        (kind("distance-to-target", target=12.0), [2, 7, 14], [0, 50, 100]),
        (kind("distance-to-target", target=2.0, lower=True), [12, 7, 1], [0, 50, 100]),
        (kind("distance-to-target", target=100.0, log=True), [1, 10, 1000], [0, 50, 100]),
    ],
)
def test_a_normalisation_puts_figures_on_the_scale(
    own: dict[str, Any], values: list[float], expected: list[float]
) -> None:
    assert one(values, **own).score.tolist() == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("own", "values", "reason"),
    [
        (kind("min-max"), [3, 3], "constant"),
        (kind("z-score"), [3, 3, 3], "constant"),
        (kind("rank"), [3, 3], "constant"),
        (kind("min-max"), [0.1 + 0.2, 0.3], "constant"),
        (kind("z-score"), [0, 5e-324], "constant"),
        (kind("min-max"), [1e308, -1e308], "off-scale"),
        (kind("min-max"), [3], "one-unit"),
        (kind("min-max"), [3, NAN], "one-unit"),
        (kind("rank"), [NAN, NAN], "no-data"),
        (kind("distance-to-target", target=1.0), [2, 3], "target"),
    ],
)
def test_what_cannot_be_normalised_is_null_with_its_reason(
    own: dict[str, Any], values: list[float], reason: str
) -> None:
    result = one(values, **own)

    assert scores(result) == [None] * len(values)
    assert reasons.NAMES[result.normalised.reason[0, 0]] == reason
    assert why(result)[0] in {reason, "availability"}
    assert result.rank.tolist() == [0] * len(values)


def test_a_figure_without_a_logarithm_is_null_alone() -> None:
    result = one([1, 0, 100], **kind("min-max", log=True))

    assert scores(result) == [0, None, 100]
    assert reasons.NAMES[result.normalised.reason[1, 0]] == "no-logarithm"


def test_years_share_the_extremes_and_have_ranks_of_their_own() -> None:
    compiled = questionnaire([{"id": "x", **kind("min-max")}])
    result = worked(compiled, [[0], [4], [8], [10]], [2024, 2024, 2025, 2025])

    assert scores(result) == [0, 40, 80, 100]
    assert result.rank.tolist() == [2, 1, 2, 1]
    assert result.among.tolist() == [2, 2, 2, 2]


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    assert one([1, 5, 5 + 1e-12, 9, 5], **POSTS).rank.tolist() == [5, 2, 2, 1, 2]


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        ({"kind": "arithmetic"}, (20 + 3 * 80) / 4),
        ({"kind": "geometric"}, 20**0.25 * 80**0.75),
        ({"kind": "harmonic"}, 4 / (1 / 20 + 3 / 80)),
        ({"kind": "minimum"}, 20),
    ],
)
def test_children_are_put_together_as_declared(aggregation: dict[str, Any], expected: float) -> None:
    nodes = [["total", "total", None, 1], ["d", "dimension", "total", 1, aggregation]]
    compiled = questionnaire([{"id": "x", **POSTS}, {"id": "y", "weight": 3, **POSTS}], nodes)

    assert scores(worked(compiled, [[2, 8]])) == [pytest.approx(expected)]


@pytest.mark.parametrize("aggregation", ["geometric", "harmonic"])
def test_with_a_floor_of_zero_a_zero_gives_zero(aggregation: str) -> None:
    nodes = [["total", "total", None, 1], ["d", "dimension", "total", 1, {"kind": aggregation, "floor": 0}]]
    compiled = questionnaire([{"id": "x", **POSTS}, {"id": "y", **POSTS}], nodes)

    assert scores(worked(compiled, [[0, 8], [8, 8]])) == [0, 80]


def test_a_node_below_its_availability_is_null_and_the_rest_carries_on() -> None:
    """d has x and y (weights 1 and 3), e has z; half of the weight must have data."""
    nodes = [["total", "total", None, 2], ["d", "dimension", "total", 1], ["e", "dimension", "total", 1]]
    indicators = [
        {"id": "x", **POSTS},
        {"id": "y", "weight": 3, **POSTS},
        {"id": "z", "parent": "e", **POSTS},
    ]
    result = worked(
        questionnaire(indicators, nodes, availability=0.5),
        [[2, 8, 4], [NAN, 8, 4], [2, NAN, 4], [2, 8, NAN], [2, NAN, NAN]],
    )

    # complete: (65 + 40)/2; y alone 80; x alone lacks 3/4 of d, so e alone; e lacks, so d alone; nothing is enough
    assert scores(result) == [52.5, 60, 40, 65, None]
    assert why(result) == [None, None, None, None, "availability"]
    total = result.basis.tree.root
    assert result.nodes.availability[:, total].tolist() == [1.0, 0.875, 0.5, 0.5, 0.0]


def test_without_a_threshold_a_gap_leaves_its_unit_without_a_score() -> None:
    result = worked(questionnaire([{"id": "x", **POSTS}, {"id": "y", **POSTS}]), [[2, 8], [NAN, 8], [INF, 8]])

    assert scores(result) == [50, None, 80]
    assert why(result) == [None, "availability", None]


def test_everything_not_applicable_is_not_applicable() -> None:
    assert why(worked(questionnaire([{"id": "x", **POSTS}]), [[INF]])) == ["not-applicable"]


@pytest.mark.parametrize(("imputation", "expected"), [("mean", 50.0), ("median", 30.0)])
def test_a_gap_is_filled_from_the_units_of_its_year_only_where_declared(imputation: str, expected: float) -> None:
    compiled = questionnaire([{"id": "x", "imputation": imputation, **POSTS}, {"id": "y", **POSTS}], availability=0.5)
    rows = [[2.0, 5], [3, 5], [10, 5], [NAN, 5], [9, 5], [2, NAN]]
    result = worked(compiled, rows, [1, 1, 1, 1, 2, 2])

    assert result.normalised.value[3, 0] == pytest.approx(expected)
    assert result.basis.figures.imputed.tolist() == [[row == 3, False] for row in range(6)]
    assert np.isnan(result.normalised.value[5, 1])


def test_imputed_figures_are_no_data() -> None:
    compiled = questionnaire([{"id": "x", "imputation": "mean", **POSTS}])

    assert why(worked(compiled, [[2], [NAN]])) == [None, "availability"]


def test_equal_weights_are_equal_within_the_parent() -> None:
    indicators = [{"id": "x", "weight": 9, **POSTS}, {"id": "y", **POSTS}, {"id": "z", "parent": "e", **POSTS}]
    nodes = [["total", "total", None, 2], ["d", "dimension", "total", 1.5], ["e", "dimension", "total", 0.5]]
    result = worked(questionnaire(indicators, nodes, weights="equal"), [[2, 8, 4]])

    assert scores(result) == [(50 + 40) / 2]


def test_entropy_weights_without_any_variation_are_null_with_their_reason() -> None:
    compiled = questionnaire([{"id": "x", **POSTS}], weights="entropy")

    assert why(worked(compiled, [[3], [3]])) == ["no-entropy-weights"] * 2
    assert why(worked(compiled, [[3]])) == ["no-entropy-weights"]


def test_levels_go_by_the_bands_after_rounding() -> None:
    result = one([2 - 1e-11, 2 - 1e-8, 9.5, 10], **POSTS)

    assert result.level.tolist() == [1, 0, 5, 5]


def test_a_normalisation_among_units_gives_no_level() -> None:
    result = one([1, 2], **kind("min-max"))

    assert result.level.tolist() == [-1, -1]
    assert {reasons.NAMES[code] for code in result.level_reason} == {"no-fixed-scale"}


def test_where_goalposts_hold_an_index_is_what_single_assessments_give() -> None:
    compiled = made_up(40)
    rows = regions(compiled, 60, gaps=0.01)
    from_index = index(compiled, rows, [None] * rows.size)
    single = score_batch(compiled, rows)

    assert np.array_equal(np.isnan(from_index.score), np.isnan(single.score))
    assert from_index.score == pytest.approx(single.score, abs=1e-6, nan_ok=True)
    scored = np.isfinite(single.score)
    assert from_index.level[scored].tolist() == single.level[scored].tolist()
