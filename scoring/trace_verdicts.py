"""The last steps of a trace: from the score over band and gates to the level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.compiled import CompiledGate
from scoring.evaluation import Evaluation
from scoring.result import GateResult, Result, TraceStep


def verdict_steps(evaluation: Evaluation, result: Result) -> Iterator[TraceStep]:
    """Yield the share not applicable, the band, every gate and the level."""
    model = evaluation.compiled.model
    if model.is_scored:
        yield TraceStep("na_share", "na-share", (), result.na_share, {"ceiling": model.na_ceiling})
    borders = {str(level.number): level.lower for level in model.levels if level.lower is not None}
    if borders:
        yield TraceStep("band", "band", (("score", result.score),), _number(result.band_level), {"from": borders})
    for columns, gate in zip(evaluation.gates, result.gates, strict=True):
        yield _gate(columns.gate, gate, evaluation, result)
    if not model.is_scored:
        return
    held = tuple((gate.id, _number(gate.level_held)) for gate in result.gates if gate.level_held is not None)
    inputs = (("band", _number(result.band_level)), *held)
    yield TraceStep("level", "level", inputs, _number(result.level), {"outcome": result.outcome})


def _gate(compiled: CompiledGate, gate: GateResult, evaluation: Evaluation, result: Result) -> TraceStep:
    numbers = [level.number for level in evaluation.compiled.model.levels]
    names = dict.fromkeys(node for check in compiled.checks for node in check.nodes)
    inputs = tuple((name, result.nodes[name].value) for name in names)
    detail: dict[str, Any] = {"kind": gate.kind, "verdict": gate.verdict}
    if compiled.condition is not None:
        detail["condition"] = compiled.condition.source
    else:
        detail["checks"] = [
            {
                "nodes": list(check.nodes),
                "floors": {str(numbers[place]): floor for place, floor in check.floors.items()},
            }
            for check in compiled.checks
        ]
    return TraceStep(gate.id, "gate", inputs, _number(gate.level_held), detail)


def _number(level: int | None) -> float | None:
    return None if level is None else float(level)
