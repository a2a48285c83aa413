"""The steps of a trace from answers to measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.compiled import CompiledMeasure
from scoring.result import MeasureResult, TraceStep
from scoring.trace_inputs import Inputs
from scoring.values import Values


def measure_steps(results: dict[str, MeasureResult], values: Values, inputs: Inputs) -> Iterator[TraceStep]:
    """Yield the formula of every measure that is valued or undefined (then with the reason), and its growth."""
    for name, result in results.items():
        compiled = values.compiled.measures[name]
        if result.state in {"valued", "undefined"}:
            yield _formula(compiled, result, inputs)
        if result.growth is not None and compiled.before is not None:
            pair = ((name, result.value), (compiled.before, results[compiled.before].value))
            yield TraceStep(name, "growth", pair, result.growth, {"kind": compiled.measure.growth})


def _formula(compiled: CompiledMeasure, result: MeasureResult, inputs: Inputs) -> TraceStep:
    formula = compiled.formula
    detail: dict[str, Any] = {"formula": formula.source, "measure": result.measure, "year": result.year}
    names = formula.shown
    if result.reason is not None:
        detail["reason"] = result.reason
        if result.reason.startswith("undefined:"):
            gap = compiled.gaps[int(result.reason.partition(":")[2])]
            detail["when"] = gap.source
            names = tuple(dict.fromkeys((*names, *gap.shown)))
    return TraceStep(result.id, "measure", inputs.numbers(names), result.value, detail | inputs.detail(names))
