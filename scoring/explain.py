"""From an evaluation of one row to its result: score, level, nodes, gates, gaps and trace."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scoring import ENGINE_VERSION
from scoring.answers import Answers, Links
from scoring.consistency import findings
from scoring.evaluation import Evaluation
from scoring.gaps import missing_answers
from scoring.measures import measure_results
from scoring.nodes import node_results
from scoring.outcome import OUTCOMES, outcomes
from scoring.result import Result
from scoring.snapshot import Cell, snapshot
from scoring.tables import LOW
from scoring.trace import Tracer
from scoring.verdicts import LevelInterval, gate_results

ROW = 0


def explain(evaluation: Evaluation, answers: Answers, links: Links) -> Result:
    """Return the result of a batch of one with its whole trace."""
    with np.errstate(all="ignore"):
        return _explain(evaluation, answers, links)


def _explain(evaluation: Evaluation, answers: Answers, links: Links) -> Result:
    model = evaluation.compiled.model
    cells = snapshot(evaluation)
    root = cells[evaluation.compiled.root]
    outcome = OUTCOMES[outcomes(evaluation)[ROW]]
    level_interval = _level_interval(evaluation, root)
    level = level_interval[0] if level_interval and outcome == "level" else None
    above, following = _margins(evaluation, root.value, level)
    result = Result(
        slug=model.slug,
        version=model.version,
        digest=model.digest,
        engine_version=ENGINE_VERSION,
        outcome=outcome,
        score=root.value,
        score_interval=root.interval,
        score_na_as_zero=_na_as_zero(evaluation, root),
        level=level,
        band_level=_band_level(evaluation, root),
        level_interval=level_interval,
        margin_above=above,
        margin_to_next=following,
        na_share=root.na,
        missing=missing_answers(evaluation),
        nodes=node_results(evaluation, cells) if model.is_scored else {},
        gates=gate_results(evaluation, cells, level_interval),
        measures=measure_results(evaluation.values),
        findings=findings(evaluation.values),
    )
    return replace(result, trace=tuple(Tracer(evaluation, result, answers, links).steps()))


def _na_as_zero(evaluation: Evaluation, root: Cell) -> float | None:
    if root.value is None or root.na == 0:
        return root.value
    return float(evaluation.stack.with_na_at_minimum().spreads[evaluation.compiled.root].low[ROW])


def _band_level(evaluation: Evaluation, root: Cell) -> int | None:
    levels = evaluation.compiled.model.levels
    if root.value is None or all(level.lower is None for level in levels):
        return None
    return levels[int(evaluation.levels.band[LOW, ROW])].number


def _level_interval(evaluation: Evaluation, root: Cell) -> LevelInterval:
    model = evaluation.compiled.model
    if model.outcome != "level" or not root.live:
        return None
    low, high = evaluation.levels.awarded[:, ROW].tolist()
    return model.levels[low].number, model.levels[high].number


def _margins(evaluation: Evaluation, score: float | None, level: int | None) -> tuple[float | None, float | None]:
    """Return how far the score is above the awarded level's band border, and how far below the next one's."""
    if score is None or level is None:
        return None, None
    borders = {one.number: one.lower for one in evaluation.compiled.model.levels}
    own, following = borders[level], next((borders[number] for number in borders if number > level), None)
    return None if own is None else score - own, None if following is None else following - score
