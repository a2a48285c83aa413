"""Outcomes in columns, in their precedence: vetoed, incomplete, not rateable, else what the questionnaire is for."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from scoring.columns import Bools, Bytes, tick, ticks
from scoring.evaluation import Evaluation

OutcomeName = Literal["vetoed", "incomplete", "not-rateable", "level", "index", "measured"]
OUTCOMES: Final[tuple[OutcomeName, ...]] = ("vetoed", "incomplete", "not-rateable", "level", "index", "measured")


def outcomes(evaluation: Evaluation) -> Bytes:
    """Return the place in OUTCOMES of each row's outcome."""
    model = evaluation.compiled.model
    result = np.full(len(evaluation.incomplete), OUTCOMES.index(model.outcome), np.uint8)
    result[_not_rateable(evaluation)] = OUTCOMES.index("not-rateable")
    result[evaluation.incomplete] = OUTCOMES.index("incomplete")
    result[_vetoed(evaluation)] = OUTCOMES.index("vetoed")
    return result


def _not_rateable(evaluation: Evaluation) -> Bools:
    """Return where too much is not applicable; where nothing at all has a value only a measured outcome remains."""
    root, model = evaluation.root, evaluation.compiled.model
    above: Bools = ticks(root.na) > tick(model.na_ceiling)
    return above if model.outcome == "measured" else above | ~root.live


def _vetoed(evaluation: Evaluation) -> Bools:
    vetoed = np.zeros(len(evaluation.incomplete), np.bool_)
    for gate in evaluation.gates:
        if gate.gate.gate.kind == "veto" and gate.condition is not None:
            vetoed |= gate.condition.yes
    return vetoed
