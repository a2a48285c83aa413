"""The uncertainty run against the plain way: every draw by itself, with the index's own sums instead of products of matrices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from index_models import kind, questionnaire, worked

from scoring.compiled import Compiled
from scoring.index import reasons
from scoring.index.aggregation import Rules, aggregate
from scoring.index.alternatives import alternatives
from scoring.index.basis import Basis, basis
from scoring.index.engine import Draws, Robustness, index, robustness
from scoring.index.ranks import ranks, ranks_by_year
from scoring.index.sample import INPUTS, draw
from scoring.index.synthetic import made_up, regions
from scoring.model import Aggregation, Index

UNITS = 40
YEARS = [2024 + row % 2 for row in range(UNITS)]
KINDS = ["arithmetic", "geometric", "harmonic", "minimum"]


def mixed(gaps: float, availability: float = 0.5) -> Basis:
    """Made-up regions of two years, with nodes of every aggregation."""
    compiled = made_up(20)
    nodes = tuple(
        replace(node, aggregation=Aggregation(KINDS[place % 4]))
        for place, node in enumerate(compiled.model.nodes)  # type: ignore[arg-type]
    )
    inners = tuple(replace(inner, node=next(n for n in nodes if n.id == inner.node.id)) for inner in compiled.inners)
    model = replace(compiled.model, nodes=nodes, index=Index(availability=availability))
    whole: Compiled = replace(compiled, model=model, inners=inners)
    return basis(whole, regions(whole, UNITS, seed=3, gaps=gaps), YEARS)


def run(base: Basis, draws: Draws) -> Robustness:
    nodes = base.nodes(base.figures, base.normalised(base.figures))
    rank, _ = ranks_by_year(nodes.value[:, base.tree.root], base.by_year)
    found = robustness(base, nodes, rank, draws)
    assert found is not None
    return found


def _below_null(base: Basis, nodes: Any) -> Any:
    """Where an indicator stands below a node that is null, which a draw does not change."""
    null = np.isnan(nodes)
    for branch in reversed(base.tree.branches):
        null[:, list(branch.children)] |= null[:, [branch.place]]
    return null[:, : base.tree.width]


@pytest.mark.parametrize("gaps", [0.0, 0.15])
def test_every_draw_is_the_index_with_that_draws_weights_and_alternatives(gaps: float) -> None:
    base = mixed(gaps)
    found = run(base, Draws(150, seed=5, sensitivity=False))
    assert base.weights is not None
    scored = np.isfinite(base.nodes(base.figures, base.normalised(base.figures)).value[:, base.tree.root])
    choice = alternatives(base, scored)
    assert choice.counts == (4, 3, 3 if gaps else 1)
    sample = draw(150, 5, base.weights, choice.counts)
    assert len(np.unique(sample.taken, axis=0)) > 0.9 * np.prod(choice.counts)

    for number, (normalisation, manner, imputation) in enumerate(sample.taken):
        given = base.imputed(choice.imputations[imputation])
        values = base.normalised(given, choice.normalisations[normalisation])
        weights = tuple(own[0] for own in sample.weights(np.array([number]), base.weights))
        rules = Rules(weights, choice.manners[manner], 0.0, {})
        values_used = replace(
            values, value=np.where(_below_null(base, base.nodes(given, values).value), np.nan, values.value)
        )
        score = aggregate(base.tree, given, values_used, rules).value[:, base.tree.root]
        plain, _ = ranks_by_year(np.where(scored, score, np.nan), base.by_year)
        assert found.uncertainty.ranks[number].tolist() == plain[found.rows].tolist(), (number, normalisation, manner)


def test_quantiles_are_ranks_that_occurred() -> None:
    found = run(mixed(0.0), Draws(200, sensitivity=False))
    ordered = np.sort(found.uncertainty.ranks, axis=0)

    assert found.uncertainty.rank.tolist() == [ordered[9].tolist(), ordered[99].tolist(), ordered[189].tolist()]


def test_a_seed_gives_the_same_numbers_and_another_seed_others() -> None:
    base = mixed(0.1)
    first, again, other = (run(base, Draws(300, seed)) for seed in (1, 1, 2))

    assert np.array_equal(first.uncertainty.ranks, again.uncertainty.ranks)
    assert np.array_equal(first.uncertainty.score, again.uncertainty.score, equal_nan=True)
    assert first.sensitivity is not None
    assert again.sensitivity is not None
    assert first.sensitivity.inputs["weights"].total == again.sensitivity.inputs["weights"].total  # type: ignore[union-attr]
    assert not np.array_equal(first.uncertainty.ranks, other.uncertainty.ranks)


@pytest.mark.parametrize("gaps", [0.0, 0.1])
def test_the_size_of_the_blocks_and_the_number_of_draws_change_nothing(gaps: float) -> None:
    base = mixed(gaps)
    whole = run(base, Draws(300, 7))

    for block in (5, 1000):
        other = run(base, Draws(300, 7, block=block))
        assert np.array_equal(whole.uncertainty.ranks, other.uncertainty.ranks)
        assert whole.uncertainty.score == pytest.approx(other.uncertainty.score, abs=1e-6, nan_ok=True)
        assert whole.uncertainty.levels is not None
        assert np.array_equal(whole.uncertainty.levels, np.array(other.uncertainty.levels))
    longer = run(base, Draws(400, 7, sensitivity=False))
    assert np.array_equal(whole.uncertainty.ranks, longer.uncertainty.ranks[:300])


def test_levels_are_counted_in_draws_with_goalposts_only() -> None:
    compiled = questionnaire(
        [{"id": "x", "goalposts": {"start": 0, "end": 10}}, {"id": "y", "goalposts": {"start": 0, "end": 10}}]
    )
    result = worked(compiled, [[5.6, 6.3], [2, 9], [0, 0], [10, 10]], draws=Draws(400))
    assert result.robustness is not None
    unsure = result.robustness.uncertainty
    assert unsure.levels is not None

    assert 60 < unsure.declared < 160
    assert unsure.levels.sum(axis=0) == pytest.approx(1)
    assert unsure.levels[0, 2] == 1
    assert unsure.levels[5, 3] == 1
    assert 0 < unsure.levels[3, 0] < 1


def test_without_fixed_goalposts_there_are_no_level_shares() -> None:
    result = worked(questionnaire([{"id": "x", **kind("rank")}]), [[1], [2], [3]], draws=Draws(20))

    assert result.robustness is not None
    assert result.robustness.uncertainty.levels is None


def test_weights_stay_within_a_quarter_and_add_up() -> None:
    base = mixed(0.0)
    assert base.weights is not None
    sample = draw(500, 0, base.weights, (1, 1, 1))

    for own, drawn in zip(base.weights, sample.weights(np.arange(500), base.weights), strict=True):
        assert drawn.sum(axis=1) == pytest.approx(1)
        ratio = (drawn / drawn[:, :1]) / (own / own[0])
        assert ratio.min() > 0.75 / 1.25 - 1e-9
        assert ratio.max() < 1.25 / 0.75 + 1e-9
        assert len(own) == 1 or np.ptp(ratio) > 0.3


@pytest.mark.parametrize(
    ("indicators", "settings", "left_out"),
    [
        (
            [{"id": "x", "goalposts": {"start": 0, "end": 9}}],
            {},
            {("normalisation", kind, "constant") for kind in ("min-max", "z-score", "rank")},
        ),
        (
            [{"id": "x", **kind("min-max")}, {"id": "y", "goalposts": {"start": 0, "end": 9}}],
            {},
            {("normalisation", "goalposts", "no-rule")},
        ),
        (
            [{"id": "x", **kind("z-score", mean=0.0, sd=1.0)}],
            {},
            {("normalisation", "goalposts", "no-rule"), ("aggregation", "geometric", "off-scale")},
        ),
    ],
)
def test_alternatives_that_do_not_apply_are_named_with_their_reason(
    indicators: list[dict[str, Any]], settings: dict[str, Any], left_out: set[Any]
) -> None:
    rows = (
        [[5.0] * len(indicators)] * 2
        if "normalisation" not in indicators[0]
        else [[1.0] * len(indicators), [2.0] * len(indicators)]
    )
    found = worked(questionnaire(indicators, **settings), rows, draws=Draws(10)).robustness

    assert found is not None
    assert {(one.choice, one.name, reasons.NAMES[one.reason]) for one in found.alternatives.left_out} == left_out


def test_units_without_a_score_take_no_part() -> None:
    compiled = questionnaire([{"id": "x", "goalposts": {"start": 0, "end": 10}}])
    result = worked(compiled, [[1], [float("nan")], [3]], draws=Draws(10))

    assert result.robustness is not None
    assert result.robustness.rows.tolist() == [0, 2]
    assert worked(compiled, [[float("nan")]], draws=Draws(10)).robustness is None
    assert worked(compiled, [[1], [2]]).robustness is None


def test_shares_of_the_variance_lie_where_they_can() -> None:
    compiled = made_up(12)
    rows = regions(compiled, 30, seed=1)
    base = basis(compiled, rows, [None] * 30)
    nodes = base.nodes(base.figures, base.normalised(base.figures))
    rank, _ = ranks_by_year(nodes.value[:, base.tree.root], base.by_year)
    found = robustness(base, nodes, rank, Draws(2048))
    assert found is not None
    assert found.sensitivity is not None
    shares = {name: found.sensitivity.inputs[name] for name in INPUTS}
    assert shares["imputation"] is None
    known = [one for one in shares.values() if one is not None]

    assert all(-0.1 < one.first < 1.1 and -0.01 < one.total < 1.2 for one in known)
    assert all(one.total > one.first - 0.1 for one in known)
    assert sum(one.first for one in known) < 1.1


def test_sensitivity_agrees_with_its_formulas_written_out() -> None:
    base = mixed(0.0)
    found = run(base, Draws(64, seed=9))
    assert base.weights is not None
    assert found.sensitivity is not None
    scored = np.ones(UNITS, np.bool_)
    sample = draw(64, 9, base.weights, alternatives(base, scored).counts)
    nominal, _ = ranks_by_year(
        base.nodes(base.figures, base.normalised(base.figures)).value[:, base.tree.root], base.by_year
    )
    swapped = sample.part(0, 32).replaced("normalisation", sample.part(32, 64))
    assert np.array_equal(swapped.numbers[:, -3], sample.numbers[32:, -3])
    assert np.array_equal(np.delete(swapped.numbers, -3, axis=1), np.delete(sample.numbers[:32], -3, axis=1))
    shifts = np.abs(found.uncertainty.ranks.astype(float) - nominal[found.rows]).mean(axis=1)
    a, b = shifts[:32], shifts[32:]
    ab = np.abs(_ranks_of(base, found, swapped) - nominal[found.rows]).mean(axis=1)
    variance = np.concatenate([a, b]).var()

    shares = found.sensitivity.inputs["normalisation"]
    assert shares is not None
    assert shares.first == pytest.approx(((b - shifts.mean()) * (ab - a)).mean() / variance)
    assert shares.total == pytest.approx(((a - ab) ** 2).mean() / 2 / variance)


def _ranks_of(base: Basis, found: Robustness, sample: Any) -> Any:
    from scoring.index.runs import Runner, arrange  # noqa: PLC0415

    collected = np.empty((sample.size, len(found.rows)))
    runner = Runner(base, base.weights or (), found.alternatives, arrange(base, np.ones(UNITS, np.bool_)))

    def take(block: Any) -> None:
        collected[block.draws] = block.ranks

    runner.run(sample, take)
    return collected


@pytest.mark.parametrize("values", [[3.0, 1, 2, 2, 5], [1.0] * 4, [1e12, 0, -1e12, 1], [0.0], [1, 1 + 1e-10, 1 + 1e-8]])
def test_ranks_are_those_of_a_competition(values: list[float]) -> None:
    steps = [round(value * 1e9) for value in values]
    assert ranks(np.array([values])).tolist() == [[1 + sum(other > own for other in steps) for own in steps]]


def test_many_random_ranks_with_ties() -> None:
    values = np.random.Generator(np.random.PCG64(0)).integers(0, 50, (20, 100)) / 7
    assert ranks(values).tolist() == [[1 + int((row > own).sum()) for own in row] for row in values]


def test_an_index_of_one_unit_is_sure_of_its_rank() -> None:
    compiled = made_up(12)
    result = index(compiled, regions(compiled, 1), [None], Draws(10))

    assert result.robustness is not None
    assert result.robustness.uncertainty.rank.tolist() == [[1], [1], [1]]
    assert result.robustness.alternatives.names[0] == ("goalposts",)


def test_a_choice_that_alone_varies_has_all_of_the_variance() -> None:
    """One indicator: weights and means change nothing, so ranks move with the normalisation only. Breakpoints tie two units."""
    own = {"breakpoints": [[0, 0], [5, 50], [8, 50], [10, 100]]}
    found = worked(questionnaire([{"id": "x", **own}]), [[1], [5.5], [7], [9]], draws=Draws(512)).robustness
    assert found is not None
    assert found.sensitivity is not None
    shares = found.sensitivity.inputs["normalisation"]
    weights = found.sensitivity.inputs["weights"]
    assert shares is not None
    assert weights is not None

    assert shares.first == pytest.approx(1, abs=0.15)
    assert shares.total == pytest.approx(1, abs=0.15)
    assert (weights.first, weights.total) == (0, 0)
    assert np.isnan(shares.unit_first[0])
    assert shares.unit_total[found.rows.tolist().index(1)] == pytest.approx(1, abs=0.15)
