"""Measures: numbers worked out from the answers, in columns, with the reason where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.columns import (
    BEYOND,
    KNOWN,
    MISSING,
    NOT_APPLICABLE,
    OUT_OF_SCOPE,
    UNDEFINED,
    Bytes,
    Floats,
    Number,
    checked,
    select,
    spread_out,
    tick,
)
from scoring.compiled import CompiledMeasure
from scoring.result import MeasureResult, MeasureState

if TYPE_CHECKING:
    from scoring.values import Values

NO_RULE: Final = -1
_STATES: Final[dict[int, MeasureState]] = {KNOWN: "valued", MISSING: "missing", OUT_OF_SCOPE: "out-of-scope"}
_REASONS: Final = {UNDEFINED: "division-by-zero", BEYOND: "no-year", NOT_APPLICABLE: "inputs"}


class MeasureColumns(NamedTuple):
    """A measure in every row: its value where `state` is KNOWN, and the place of the rule that left it undefined (NO_RULE: none)."""

    value: Floats
    state: Bytes
    rule: NDArray[np.int16]

    def number(self) -> Number:
        """Return it as other formulas read it: an undefined input leaves them undefined for a reason of their own."""
        return Number(self.value, select(self.state == UNDEFINED, NOT_APPLICABLE, self.state))


def measure_columns(compiled: CompiledMeasure, values: Values) -> MeasureColumns:
    """Return a measure in n rows: by its formula, unless one of its rules holds (of an unknown one it waits) or it is out of scope."""
    size = values.batch.size
    raw = checked(compiled.formula.evaluate(values))
    state = spread_out(raw.state, size)
    state = select(state == OUT_OF_SCOPE, NOT_APPLICABLE, state)
    pending, rule = state != BEYOND, np.full(size, NO_RULE, np.int16)
    for place, gap in enumerate(compiled.gaps):
        when = values.questions.truth(gap)
        rule[pending & when.yes] = place
        state = select(pending & when.yes, NOT_APPLICABLE, state)
        state = select(pending & ~(when.yes | when.no), MISSING, state)
        pending = pending & when.no
    scope = values.questions.scope(compiled.scope)
    if scope is not None:
        state = select(scope.yes, state, select(scope.no, OUT_OF_SCOPE, MISSING))
    return MeasureColumns(spread_out(raw.value, size), state, rule)


def measure_results(values: Values, row: int = 0) -> dict[str, MeasureResult]:
    """Return every measure of a row with its growth, in the model's order."""
    found = {one.id: _result(values, values.compiled.measures[one.id], row) for one in values.compiled.model.measures}
    return {name: _grown(values.compiled.measures[name], one, found) for name, one in found.items()}


def _result(values: Values, compiled: CompiledMeasure, row: int) -> MeasureResult:
    own, columns = compiled.measure, values.measure(compiled.measure.id)
    code, rule = int(columns.state[row]), int(columns.rule[row])
    state = _STATES.get(code, "undefined")
    reason = None
    if state == "undefined":
        reason = f"undefined:{rule}" if rule != NO_RULE and code == NOT_APPLICABLE else _REASONS[code]
    value = float(columns.value[row]) if state == "valued" else None
    return MeasureResult(own.id, own.family, own.year, state, value, None, reason)


def _grown(compiled: CompiledMeasure, one: MeasureResult, found: dict[str, MeasureResult]) -> MeasureResult:
    kind = compiled.measure.growth
    if kind is None or one.value is None:
        return one
    before = found.get(compiled.before or "")
    if before is None or before.value is None:
        beyond = before is None or before.reason == "no-year"
        return one._replace(growth_reason="no-year" if beyond else "values")
    if kind == "relative" and tick(before.value) <= 0:
        return one._replace(growth_reason="base")
    step = one.value - before.value
    return one._replace(growth=step / before.value * 100 if kind == "relative" else step)
