"""Entropy weights, TOPSIS and coupling coordination: golden vectors and pymcdm as an oracle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pymcdm
import pytest
from index_models import batch, kind, questionnaire, worked

from scoring.index import reasons
from scoring.index.engine import index
from scoring.index.synthetic import made_up, regions
from scoring.index.weights import entropy, min_max
from scoring.model import Index

# Three figures of four regions, the third the lower the better; entropies, weights and closeness worked out by hand and by numpy.
GOLDEN = [[0.30, 120, 0.8], [0.22, 300, 0.5], [0.15, 200, 0.9], [0.40, 80, 0.6]]
E = [0.709728, 0.661766, 0.702820]
W = [0.313575, 0.365387, 0.321038]
C = [0.347499, 0.686435, 0.294034, 0.513811]
TINY = 1e-15
"""pymcdm wants values above zero; 0 · ln 0 is 0 all the same."""
INDICATORS = [
    {"id": "x", **kind("min-max")},
    {"id": "y", **kind("min-max")},
    {"id": "z", **kind("min-max", lower=True)},
]


def test_the_golden_vectors() -> None:
    result = worked(questionnaire(INDICATORS, weights="entropy"), GOLDEN)
    view = result.views["entropy-topsis"]

    assert result.basis.weights is not None
    assert result.basis.weights[0] == pytest.approx(W, abs=1e-6)
    r = [min_max(np.array(GOLDEN)[:, place], leaf) for place, leaf in enumerate(result.basis.tree.leaves)]
    assert [entropy(column) for column in r if column is not None] == pytest.approx(E, abs=1e-6)
    assert view.weights == pytest.approx(W, abs=1e-6)
    assert view.score == pytest.approx(C, abs=1e-6)
    assert view.rank.tolist() == [3, 1, 4, 2]
    assert result.views["entropy"].score == pytest.approx(result.score, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_entropy_and_topsis_agree_with_pymcdm(seed: int) -> None:
    random = np.random.Generator(np.random.PCG64(seed))
    figures, falls = random.lognormal(3, 1, (60, 9)), random.random(9) < 0.4
    compiled = questionnaire([{"id": f"x{i}", **kind("min-max", lower=bool(low))} for i, low in enumerate(falls)])
    result = index(compiled, batch(compiled, figures.tolist()), [None] * 60)

    types = np.where(falls, -1, 1)
    r = np.stack(
        [pymcdm.normalizations.minmax_normalization(x, cost=low) for x, low in zip(figures.T, falls, strict=True)],
        axis=1,
    )
    weights = pymcdm.weights.entropy_weights(np.maximum(r, TINY))
    topsis = pymcdm.methods.TOPSIS(pymcdm.normalizations.minmax_normalization)
    assert result.views["entropy"].weights == pytest.approx(weights, abs=1e-9)
    assert result.views["entropy-topsis"].score == pytest.approx(topsis(figures, weights, types), abs=1e-9)
    assert result.views["topsis"].score == pytest.approx(topsis(figures, np.full(9, 1 / 9), types), abs=1e-9)
    assert result.views["entropy"].score == pytest.approx(100 * r @ weights, abs=1e-9)


def test_entropy_weights_go_up_the_tree_and_keep_the_indicators_shares() -> None:
    compiled = made_up(20)
    rows = regions(compiled, 50)
    entropic = replace(compiled, model=replace(compiled.model, index=Index(weights="entropy")))
    result = index(entropic, rows, [None] * 50)
    figures = np.stack(list(rows.numbers.values()), axis=1)
    r = (figures - figures.min(axis=0)) / np.ptp(figures, axis=0)
    weights = pymcdm.weights.entropy_weights(np.maximum(r, TINY))

    assert result.score == pytest.approx(result.normalised.value @ weights, abs=1e-9)


def test_a_constant_column_has_no_entropy_weight_and_makes_no_distance() -> None:
    rows = [[*row, 7.0] for row in GOLDEN]
    result = worked(questionnaire([*INDICATORS, {"id": "same", **kind("min-max")}], availability=0.5), rows)

    assert result.views["entropy"].weights == pytest.approx([*W, 0], abs=1e-6)
    assert result.views["entropy-topsis"].score == pytest.approx(C, abs=1e-6)


def test_topsis_without_all_figures_is_null() -> None:
    result = worked(questionnaire(INDICATORS), [*GOLDEN, [0.2, float("nan"), 0.7]])

    assert result.views["topsis"].score[:4] == pytest.approx(
        worked(questionnaire(INDICATORS), GOLDEN).views["topsis"].score
    )
    assert np.isnan(result.views["topsis"].score[4])
    assert reasons.NAMES[result.views["topsis"].reason[4]] == "missing"


@pytest.mark.parametrize(("rows", "reason"), [([[1.0, 2, 3]], "one-unit"), ([[1.0, 2, 3]] * 2, "constant")])
def test_views_that_cannot_be_are_null_with_their_reason(rows: list[list[float]], reason: str) -> None:
    views = worked(questionnaire(INDICATORS), rows).views

    assert {reasons.NAMES[code] for code in views["topsis"].reason} == {reason}
    assert {reasons.NAMES[code] for code in views["min-max"].reason} == {reason}
    assert {reasons.NAMES[code] for name in ("entropy", "entropy-topsis") for code in views[name].reason} == {
        "no-entropy-weights"
    }


POSTS = {"goalposts": {"start": 0, "end": 1}}
TWO = [["total", "total", None, 2], ["d", "dimension", "total", 1], ["e", "dimension", "total", 1]]


def test_coupling_coordination_of_two_dimensions() -> None:
    """C = 2√(0.64·0.36)/1 = 0.96, T = 0.5, D = √0.48 = 0.692820; with both at 0 there is no C."""
    compiled = questionnaire([{"id": "x", **POSTS}, {"id": "y", "parent": "e", **POSTS}], TWO, coupling=("d", "e"))
    found = worked(compiled, [[0.64, 0.36], [0.0, 0.0], [float("nan"), 0.5]]).coupling

    assert found is not None
    assert (found.coupling[0], found.mean[0], found.coordination[0]) == pytest.approx((0.96, 0.5, 0.692820), abs=1e-6)
    assert [reasons.NAMES[code] for code in found.reason] == [None, "no-variance", "no-score"]
    assert np.isnan(found.coordination[1:]).all()
