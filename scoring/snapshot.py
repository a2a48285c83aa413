"""One row of an evaluation as plain numbers."""

from __future__ import annotations

from typing import NamedTuple

from scoring.compiled import Compiled
from scoring.evaluation import Evaluation
from scoring.result import State
from scoring.spread import Spread


class Cell(NamedTuple):
    """A spread in one row: lowest and highest value (0 unless live), whether live, the share not applicable, and whether missing."""

    low: float
    high: float
    live: float
    na: float
    missing: bool

    @property
    def state(self) -> State:
        if self.missing:
            return "missing"
        return "valued" if self.live else "not-applicable" if self.na else "out-of-scope"

    @property
    def value(self) -> float | None:
        return self.low if self.live and not self.missing else None


Snapshot = dict[str, Cell]


def snapshot(evaluation: Evaluation, row: int = 0) -> Snapshot:
    """Return every node, indicator and checklist group of a row."""
    spreads = evaluation.spreads | {name: evaluation.values.group(name) for name in group_names(evaluation.compiled)}
    return {name: cell(spread, row) for name, spread in spreads.items()}


def cell(spread: Spread, row: int = 0) -> Cell:
    """Return one spread in one row."""
    low, high, live, na = spread.block[row].tolist()
    return Cell(low, high, live, na, bool(spread.missing[row]))


def group_names(compiled: Compiled) -> list[str]:
    """Return the names of all checklist groups, INDICATOR.GROUP."""
    return [f"{name}.{group.id}" for name, leaf in compiled.leaves.items() if leaf.asked for group in leaf.asked.groups]
