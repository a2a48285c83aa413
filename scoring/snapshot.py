"""One row of an evaluation as plain numbers."""

from __future__ import annotations

from typing import NamedTuple

from scoring.evaluation import Evaluation
from scoring.result import Interval, State


class Cell(NamedTuple):
    """A spread in one row: lowest value (0 unless live), whether live, share not applicable, range if live, state, value if known."""

    low: float
    live: float
    na: float
    interval: Interval | None
    state: State
    value: float | None


Snapshot = dict[str, Cell]


def snapshot(evaluation: Evaluation, row: int = 0) -> Snapshot:
    """Return every node, indicator and checklist group of a row."""
    stack = evaluation.stack
    return dict(zip(stack.spreads, map(_cell, *stack.row(row)), strict=True))


def _cell(block: list[float], missing: object) -> Cell:
    low, high, live, na = block
    if missing:
        return Cell(low, live, na, Interval(low, high) if live else None, "missing", None)
    if live:
        return Cell(low, live, na, Interval(low, high), "valued", low)
    return Cell(low, live, na, None, "not-applicable" if na else "out-of-scope", None)
