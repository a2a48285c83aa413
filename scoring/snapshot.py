"""One row of an evaluation as plain numbers."""

from __future__ import annotations

from typing import NamedTuple

from scoring.compiled import Compiled
from scoring.evaluation import Evaluation
from scoring.result import State
from scoring.spread import Spread


class Cell(NamedTuple):
    """A spread in one row: lowest and highest value (0 unless live), whether live, the share not applicable, its state and value."""

    low: float
    high: float
    live: float
    na: float
    state: State
    value: float | None


Snapshot = dict[str, Cell]


def snapshot(evaluation: Evaluation, row: int = 0) -> Snapshot:
    """Return every node, indicator and checklist group of a row."""
    spreads = evaluation.spreads | {name: evaluation.values.group(name) for name in group_names(evaluation.compiled)}
    return {name: cell(spread, row) for name, spread in spreads.items()}


def cell(spread: Spread, row: int = 0) -> Cell:
    """Return one spread in one row."""
    low, high, live, na = spread.block[:, row].tolist()
    if spread.missing[row]:
        return Cell(low, high, live, na, "missing", None)
    if live:
        return Cell(low, high, live, na, "valued", low)
    return Cell(low, high, live, na, "not-applicable" if na else "out-of-scope", None)


def group_names(compiled: Compiled) -> list[str]:
    """Return the names of all checklist groups, INDICATOR.GROUP."""
    return [f"{name}.{group.id}" for name, leaf in compiled.leaves.items() if leaf.asked for group in leaf.asked.groups]
