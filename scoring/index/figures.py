"""Raw figures of many units as a matrix, read by the engine's own questions, formulas and rules for the undefined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.batch import Batch
from scoring.columns import KNOWN, MISSING, NOT_APPLICABLE, Bools, Bytes, Floats
from scoring.compiled import Compiled, Leaf
from scoring.index import reasons
from scoring.values import Values


@dataclass(frozen=True, slots=True)
class Figures:
    """Of n units (rows) and k indicators (columns in the model's order).

    `raw` (n, k) is NaN where there is none; `own` (n, k) the value by the indicator's own rule as a single assessment has it, NaN where
    there is none; `settled` (n, k) where a rule for the undefined gave that value; `reason` (n, k) why there is none; `imputed` (n, k)
    where `raw` was put in.
    """

    raw: Floats
    own: Floats
    settled: Bools
    reason: Bytes
    imputed: Bools

    @property
    def given(self) -> Bools:
        """Where there is data: a figure of the unit's own, or a settled value."""
        return (np.isfinite(self.raw) & ~self.imputed) | self.settled

    @property
    def aside(self) -> Bools:
        """Where an indicator does not concern a unit: not applicable or out of scope."""
        aside: Bools = (self.reason == reasons.NOT_APPLICABLE) | (self.reason == reasons.OUT_OF_SCOPE)
        return aside


def figures(compiled: Compiled, batch: Batch) -> tuple[Figures, Values]:
    """Return the raw figures of a batch, and the columns that gates and conditions read."""
    with np.errstate(all="ignore"):
        values = Values(compiled, batch)
        columns = [_column(values, leaf) for leaf in compiled.leaves.values()]
    raw = np.stack([column[0] for column in columns], axis=1)
    own = np.stack([column[1] for column in columns], axis=1)
    settled = np.stack([column[2] for column in columns], axis=1)
    reason = np.stack([column[3] for column in columns], axis=1)
    return Figures(raw, own, settled, reason, np.zeros(raw.shape, np.bool_)), values


def _column(values: Values, leaf: Leaf) -> tuple[Floats, Floats, Bools, Bytes]:
    name = leaf.indicator.id
    spread, computed = values.spread(name), values.computed(name)
    state, remedied = spread.state(), np.zeros(values.batch.size, np.bool_)
    for hit in computed.hits if computed else ():
        remedied |= hit.rows
    raw = computed.source.value if computed else _asked(values, leaf)
    known = (state == KNOWN) & ~remedied & np.isfinite(raw)
    settled = (state == KNOWN) & remedied
    own = np.where(known | settled, spread.low, np.nan)
    return np.where(known, raw, np.nan), own, settled, _reason(state, known | settled)


def _asked(values: Values, leaf: Leaf) -> Floats:
    assert leaf.asked is not None  # noqa: S101 — what has no question is computed
    return values.questions.raw(leaf.asked).value


def _reason(state: Bytes, known: Bools) -> Bytes:
    words = np.full(len(state), reasons.OUT_OF_SCOPE, np.uint8)
    words[state == NOT_APPLICABLE] = reasons.NOT_APPLICABLE
    words[(state == MISSING) | (state == KNOWN)] = reasons.MISSING
    words[known] = reasons.NONE
    return words
