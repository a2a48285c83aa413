"""What holds of every index, whatever the figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_models import kind, questionnaire, worked

from scoring.compiled import Compiled
from scoring.index import reasons
from scoring.index.engine import Draws

NODES = [
    ["total", "total", None, 2, {"kind": "geometric"}],
    ["d", "dimension", "total", 2, {"kind": "harmonic", "floor": 0}],
    ["e", "dimension", "total", 1],
    ["f", "domain", "d", 1],
    ["g", "domain", "d", 2, {"kind": "minimum"}],
]
PLACES = ["f", "f", "g", "g", "e"]
OWN = [
    {"goalposts": {"start": 0, "end": 100}},
    {"goalposts": {"start": 1, "end": 90, "log": True}},
    {"breakpoints": [[0, 0], [20, 10], [60, 90], [90, 100]]},
    {"goalposts": {"start": 10, "end": 60}},
    {"goalposts": {"start": -50, "end": 120}},
]
FIGURE = st.one_of(st.integers(0, 100).map(float), st.floats(0, 100), st.just(float("nan")), st.just(float("inf")))
ROWS = st.lists(st.lists(FIGURE, min_size=5, max_size=5), min_size=1, max_size=7)
SPEC = st.sampled_from(["goalposts", "min-max", "z-score", "rank"])


def compiled(normalisation: str, **rest: Any) -> Compiled:
    shared = {} if normalisation == "goalposts" else kind(normalisation)
    indicators = [
        {"id": f"x{i}", "parent": parent, "weight": 1.0 + i, **own, **shared}
        for i, (parent, own) in enumerate(zip(PLACES, OWN, strict=True))
    ]
    return questionnaire(indicators, NODES, **rest)


BOUNDED = {name: compiled(name, availability=0.4) for name in ("goalposts", "min-max", "z-score", "rank")}


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, name=SPEC)
def test_what_is_null_has_a_reason_and_what_has_a_value_none(rows: list[list[float]], name: str) -> None:
    result = worked(BOUNDED[name], rows)
    nodes = result.nodes

    assert (np.isnan(nodes.value) == (nodes.reason != reasons.NONE)).all()
    assert ((result.rank > 0) == np.isfinite(result.score)).all()
    assert ((result.level >= 0) == (result.level_reason == reasons.NONE)).all()
    for view in result.views.values():
        assert (np.isnan(view.score) == (view.reason != reasons.NONE)).all()


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, name=st.sampled_from(["goalposts", "min-max", "rank"]))
def test_scores_and_views_stay_on_their_scales(rows: list[list[float]], name: str) -> None:
    result = worked(BOUNDED[name], rows)
    values = result.nodes.value[np.isfinite(result.nodes.value)]
    closeness = np.concatenate([result.views[view].score for view in ("topsis", "entropy-topsis")])

    assert ((values >= -1e-9) & (values <= 100 + 1e-9)).all()
    assert ((closeness >= 0) & (closeness <= 1) | np.isnan(closeness)).all()
    assert ((result.nodes.availability >= 0) & (result.nodes.availability <= 1 + 1e-9)).all()


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, name=SPEC, data=st.data())
def test_the_order_of_units_makes_no_difference(rows: list[list[float]], name: str, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    first, other = worked(BOUNDED[name], rows), worked(BOUNDED[name], [rows[place] for place in order])

    assert other.score == pytest.approx(first.score[order], abs=1e-9, nan_ok=True)
    assert other.rank.tolist() == first.rank[order].tolist()
    assert other.level.tolist() == first.level[order].tolist()
    for view in first.views:
        assert other.views[view].score == pytest.approx(first.views[view].score[order], abs=1e-9, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, column=st.integers(0, 4), more=st.floats(0, 50))
def test_a_higher_figure_never_lowers_a_score_under_goalposts(
    rows: list[list[float]], column: int, more: float
) -> None:
    raised = [[*row] for row in rows]
    raised[0][column] += more
    before, after = worked(BOUNDED["goalposts"], rows), worked(BOUNDED["goalposts"], raised)

    assert np.isnan(before.score[0]) == np.isnan(after.score[0])
    assert not after.score[0] < before.score[0] - 1e-9
    assert after.score[1:] == pytest.approx(before.score[1:], abs=0, nan_ok=True)


@settings(max_examples=15, deadline=None)
@given(rows=ROWS, name=SPEC, seed=st.integers(0, 2**32))
def test_rank_intervals_lie_among_the_ranks_and_repeat(rows: list[list[float]], name: str, seed: int) -> None:
    first, again = (worked(BOUNDED[name], rows, draws=Draws(40, seed)).robustness for _ in range(2))
    if first is None or again is None:
        assert first is again
        return
    low, middle, high = first.uncertainty.rank

    assert ((low >= 1) & (low <= middle) & (middle <= high) & (high <= len(first.rows))).all()
    assert np.array_equal(first.uncertainty.ranks, again.uncertainty.ranks)
    assert (first.uncertainty.levels is None) == (name != "goalposts")
