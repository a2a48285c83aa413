"""Score: a compiled model and answers in, results out. A single assessment is a batch of one and runs through the same code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.answers import Answers, Links, encode
from scoring.batch import Batch
from scoring.branching import evaluate_all
from scoring.columns import Bools, Bytes, Floats
from scoring.compiled import Compiled
from scoring.consistency import verdicts
from scoring.evaluation import Evaluation
from scoring.explain import explain
from scoring.measures import MeasureColumns
from scoring.outcome import OUTCOMES, outcomes
from scoring.result import Result
from scoring.spread import Spread
from scoring.tables import HIGH, LOW

NO_LEVEL: Final = -1


@dataclass(frozen=True, slots=True)
class NodeColumns:
    """A node or indicator in every row."""

    spread: Spread

    @property
    def live(self) -> Bools:
        """Where it is neither not applicable nor out of scope."""
        return self.spread.live

    @property
    def value(self) -> Floats:
        """Its value, NaN unless known."""
        return np.where(self.spread.live & ~self.spread.missing, self.spread.low, np.nan)

    @property
    def low(self) -> Floats:
        """The lowest value that its answers leave open, NaN unless live."""
        return np.where(self.spread.live, self.spread.low, np.nan)

    @property
    def high(self) -> Floats:
        """The highest value that its answers leave open, NaN unless live."""
        return np.where(self.spread.live, self.spread.high, np.nan)


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Results in columns, one row per assessment.

    `outcome` indexes `OUTCOMES`. `score` is NaN where a value is missing; `low` and `high` bound it. `level` and `band_level` are level
    numbers, NO_LEVEL where there is none; `level_low` and `level_high` bound the level, open vetoes taken as not hit. `na_share` is the
    share of the total weight that is not applicable. `nodes` has every inner node and, when asked for, every indicator. `measures` are by
    their ids, `findings` in the model's order, as places among `consistency.VERDICTS`.
    """

    outcome: Bytes
    score: Floats
    low: Floats
    high: Floats
    level: NDArray[np.int16]
    band_level: NDArray[np.int16]
    level_low: NDArray[np.int16]
    level_high: NDArray[np.int16]
    na_share: Floats
    nodes: dict[str, NodeColumns]
    measures: dict[str, MeasureColumns]
    findings: tuple[Bytes, ...]


class NeedsUnitsError(ValueError):
    """A questionnaire whose indicators are normalised among many units: one assessment alone has no score."""


def score(
    compiled: Compiled,
    answers: Answers,
    *,
    year: int | None = None,
    links: Links | None = None,
    industry: str | None = None,
) -> Result:
    """Return the result of one assessment with its whole trace; `industry` is a division's code.

    Raises FaultyAnswers, and NeedsUnitsError for a questionnaire that only makes sense among many units.
    """
    _refuse_relative(compiled)
    batch = encode(compiled, answers, links, year, industry)
    return explain(evaluate_all(compiled, batch, indicators=True), answers, links or {})


def score_batch(compiled: Compiled, batch: Batch, *, indicators: bool = False) -> BatchResult:
    """Return the results of many assessments in columns, with the indicators' own if asked for. Raises NeedsUnitsError."""
    _refuse_relative(compiled)
    evaluation = evaluate_all(compiled, batch, indicators=indicators)
    root = evaluation.root
    outcome, known = outcomes(evaluation), root.live & ~root.missing
    levels, numbers = evaluation.levels, _numbers(compiled)
    banded = any(level.lower is not None for level in compiled.model.levels)
    return BatchResult(
        outcome=outcome,
        score=np.where(known, root.low, np.nan),
        low=np.where(root.live, root.low, np.nan),
        high=np.where(root.live, root.high, np.nan),
        level=_where(outcome == OUTCOMES.index("level"), numbers[levels.awarded[LOW]]),
        band_level=_where(known & banded, numbers[levels.band[LOW]]),
        level_low=numbers[levels.awarded[LOW]],
        level_high=numbers[levels.awarded[HIGH]],
        na_share=root.na,
        nodes={name: NodeColumns(evaluation.spreads[name]) for name in _shown(compiled, indicators=indicators)},
        measures=_measures(evaluation),
        findings=_findings(evaluation),
    )


def _refuse_relative(compiled: Compiled) -> None:
    if compiled.model.needs_units:
        raise NeedsUnitsError(compiled.model.slug)


def _measures(evaluation: Evaluation) -> dict[str, MeasureColumns]:
    with np.errstate(all="ignore"):
        return {one.id: evaluation.values.measure(one.id) for one in evaluation.compiled.model.measures}


def _findings(evaluation: Evaluation) -> tuple[Bytes, ...]:
    with np.errstate(all="ignore"):
        return tuple(verdicts(rule, evaluation.values) for rule in evaluation.compiled.rules)


def _numbers(compiled: Compiled) -> NDArray[np.int16]:
    """Return the level number of each place."""
    levels = compiled.model.levels if compiled.model.outcome == "level" else ()
    return np.array([level.number for level in levels] or [NO_LEVEL], np.int16)


def _where(rows: Bools, numbers: NDArray[np.int16]) -> NDArray[np.int16]:
    return np.where(rows, numbers, np.int16(NO_LEVEL))


def _shown(compiled: Compiled, *, indicators: bool) -> list[str]:
    inner = [inner.node.id for inner in reversed(compiled.inners)]
    return [*inner, *compiled.leaves] if indicators else inner
