"""The verdict of every gate in one row, and what it would take to pass it."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.columns import tick
from scoring.evaluation import Evaluation
from scoring.gates import GateColumns, highest
from scoring.result import Blocker, GateResult, Verdict
from scoring.snapshot import Snapshot

LevelInterval = tuple[int, int] | None


def gate_results(
    evaluation: Evaluation, cells: Snapshot, levels: LevelInterval, row: int = 0
) -> tuple[GateResult, ...]:
    """Return the gates' results in the model's order; `levels` is the interval of the level, if there is one."""
    return tuple(_gate(gate, evaluation, cells, levels, row) for gate in evaluation.gates)


def _gate(gate: GateColumns, evaluation: Evaluation, cells: Snapshot, levels: LevelInterval, row: int) -> GateResult:
    own = gate.gate.gate
    if gate.condition is not None:
        holds = bool(gate.condition.yes[row]) or (None if not gate.condition.no[row] else False)
        return GateResult(
            own.id, own.kind, _veto(holds) if own.kind == "veto" else _expectation(holds, own.level, levels)
        )
    numbers = [level.number for level in evaluation.compiled.model.levels]
    low, high = highest(gate.holds, len(evaluation.incomplete))[:, row].tolist()
    blockers = tuple(_blockers(gate, cells, low + 1))
    return GateResult(own.id, own.kind, _cap(low, high, len(numbers) - 1, own.kind), numbers[low], blockers)


def _veto(holds: bool | None) -> Verdict:
    return "open" if holds is None else "hit" if holds else "not-hit"


def _expectation(holds: bool | None, level: int | None, levels: LevelInterval) -> Verdict:
    """Return the verdict of an expectation from `level` up: skipped below it, open while it is open whether that is reached."""
    if level is not None and levels is not None and levels[0] < level:
        return "skipped" if levels[1] < level else "open"
    return "open" if holds is None else "met" if holds else "not-met"


def _cap(low: int, high: int, top: int, kind: str) -> Verdict:
    """Return the verdict of a cap from the places it holds at the lowest and highest values; steps are never open, a gap blocks."""
    if low == top:
        return "met"
    return "open" if low != high and kind != "cap-steps" else "not-met"


def _blockers(gate: GateColumns, cells: Snapshot, place: int) -> Iterator[Blocker]:
    """Yield the nodes that stay below the floors of a place; of missing ones the value is None."""
    for check in gate.gate.checks:
        floor = check.floors.get(place)
        if floor is None:
            continue
        for node in check.nodes:
            cell = cells[node]
            gap = cell.state == "missing" and gate.gate.gate.kind == "cap-steps"
            if cell.live and (gap or tick(cell.low) < tick(floor)):
                yield Blocker(node, cell.value, floor)
