"""Columns of made-up answers: gaps as asked for, the same as rows one by one, branches beyond the limit, and the measuring itself."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest
from engine_models import BANDS, flat, ladder, model, number

from scoring.answers import encode
from scoring.batch import CODE_NA, NO_ANSWER
from scoring.bench import bench_scoring, bench_single
from scoring.branching import expand
from scoring.compile import compile as compile_model
from scoring.decisions import MOST_BRANCHES
from scoring.engine import score, score_batch
from scoring.synthetic import Mix, synthetic

ASKED = flat(
    [ladder("a", na_allowed=True), ladder("b"), number("n", maximum=100)],
    gates=[{"id": "key", "kind": "cap-key", "nodes": ["a"], "floor": "level - 1.2"}],
)
COMPILED = compile_model(ASKED)


def test_made_up_answers_have_the_gaps_asked_for() -> None:
    batch = synthetic(COMPILED, 40_000, np.random.default_rng(7), Mix(missing=0.05, not_applicable=0.1, border=0.0))
    assert np.mean(batch.codes["a"] == NO_ANSWER) == pytest.approx(0.05, abs=0.005)
    assert np.mean(batch.codes["a"] == CODE_NA) == pytest.approx(0.095, abs=0.005)
    assert not (batch.codes["b"] == CODE_NA).any()
    assert np.mean(np.isnan(batch.numbers["n"])) == pytest.approx(0.05, abs=0.005)


def test_border_rows_stand_on_a_border() -> None:
    batch = synthetic(COMPILED, 500, np.random.default_rng(7), Mix(missing=0.0, not_applicable=0.0, border=1.0))
    result = score_batch(COMPILED, batch)
    borders = [border for border in BANDS.values() if border is not None]
    distance = np.min(np.abs(result.score[:, None] - borders), axis=1)
    assert (distance < 1e-9).all()
    assert (result.level > 0).all()


def test_slices_and_rows_of_a_batch_score_as_the_whole() -> None:
    batch = synthetic(COMPILED, 64, np.random.default_rng(3))
    whole, part = score_batch(COMPILED, batch), score_batch(COMPILED, batch.part(10, 20))
    some = score_batch(COMPILED, batch.take(np.array([63, 5, 5])))
    assert part.low.tobytes() == whole.low[10:20].tobytes()
    assert some.level_high.tolist() == whole.level_high[[63, 5, 5]].tolist()


def test_branches_beyond_the_limit_count_as_missing() -> None:
    """Nine open options are 512 branches: too many, so what depends on them spans the scale."""
    nodes = [["total", "total", None, 1], ["d", "dimension", "total", 1], ["d1", "domain", "d", 1]]

    def asked(options: int) -> tuple[float, float]:
        modes = {"id": "modes", "kind": "multi-choice", "options": {f"o{place}": None for place in range(options)}}
        plain = {
            "nodes": nodes,
            "questions": [modes, number("p"), number("q", when="'o1' in modes")],
            "indicators": [
                {"id": "p", "parent": "d1", "question": "p"},
                {"id": "q", "parent": "d1", "question": "q", "when": "'o1' in modes"},
            ],
        }
        compiled = compile_model(model(plain))
        _, owner = expand(compiled, encode(compiled, {"p": 3, "q": 4}), compiled.decisions)
        assert len(owner) in {1, 2**options}
        assert len(owner) <= MOST_BRANCHES
        interval = score(compiled, {"p": 3, "q": 4}).score_interval
        assert interval is not None
        return interval.low, interval.high

    assert asked(8) == (3.0, 3.5)
    assert asked(9) == (1.5, 4.0)


def test_measuring_takes_the_clock_it_is_given() -> None:
    ticking = count()
    single = bench_single(COMPILED, {"b": {"level": 0}}, runs=5, clock=lambda: float(next(ticking)))
    assert (single.runs, single.median_seconds, single.best_seconds) == (5, 1.0, 1.0)
    many = bench_scoring(COMPILED, rows=20_000, seed=1, clock=lambda: float(next(ticking)))
    assert (many.rows, many.code_columns, many.number_columns, many.ratio) == (20_000, 2, 1, 1.0)
    assert many.engine_seconds == many.baseline_seconds == 2.0
