"""What is known of an indicator or node, in columns: the range of values that the answers leave open, and what is not applicable."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.columns import (
    KNOWN,
    MISSING,
    NOT_APPLICABLE,
    OUT_OF_SCOPE,
    Bools,
    Bytes,
    Floats,
    Number,
    Truth,
    quantise,
    spread_out,
)
from scoring.model import Rule, Scale
from scoring.rules import on_scale
from scoring.tables import HIGH, LIVE, LOW, NA


@dataclass(slots=True)
class Spread:
    """A block (n, 4) of lowest value, highest value, live (1 or 0) and share not applicable, and where anything in it is missing (n).

    Where it is not live the values are 0; not live with a share of 0 is out of scope. A missing value spans the scale.
    """

    block: Floats
    missing: Bools

    def state(self) -> Bytes:
        settled = np.where(self.block[:, NA] > 0, np.uint8(NOT_APPLICABLE), np.uint8(OUT_OF_SCOPE))
        valued = np.where(self.block[:, LIVE] > 0, np.uint8(KNOWN), settled)
        return np.where(self.missing, np.uint8(MISSING), valued)

    def number(self) -> Number:
        """Return the values as numbers with gaps."""
        return Number(np.ascontiguousarray(self.block[:, LOW]), self.state())

    def fill(self, rows: Bools, spread: Spread) -> None:
        """Take the given rows over from another spread."""
        self.block[rows] = spread.block[rows]
        self.missing[rows] = spread.missing[rows]

    def confine(self, scope: Truth, scale: Scale) -> None:
        """Take rows outside a scope out, and open those in which the scope is unknown."""
        if scope.yes.all():
            return
        self.block[scope.no] = 0.0
        self.missing[scope.no] = False
        self.open(~(scope.yes | scope.no), scale)

    def open(self, rows: Bools, scale: Scale) -> None:
        """Let the given rows span the scale, as missing."""
        if rows.any():
            self.block[rows] = (scale.min, scale.max, 1.0, 0.0)
            self.missing[rows] = True


def constant(size: int, low: float, live: float, na: float) -> Spread:
    """Return the same known value, or lack of one, in every row."""
    block = np.empty((size, 4))
    block[:] = (low, low, live, na)
    return Spread(block, np.zeros(size, np.bool_))


def of_number(number: Number, rule: Rule, scale: Scale, size: int) -> Spread:
    """Return the spread of raw numbers put on the scale by a rule."""
    value = on_scale(rule, scale, spread_out(number.value, size))
    state = spread_out(number.state, size)
    block = np.empty((size, 4))
    missing = state == MISSING
    if not state.any():
        block[:, LOW] = block[:, HIGH] = value
        block[:, LIVE], block[:, NA] = 1.0, 0.0
        return Spread(block, missing)
    known = state == KNOWN
    block[:, LOW] = np.where(known, value, np.where(missing, scale.min, 0.0))
    block[:, HIGH] = np.where(known, value, np.where(missing, scale.max, 0.0))
    block[:, LIVE] = known | missing
    block[:, NA] = (state != OUT_OF_SCOPE) & (state > MISSING)
    return Spread(block, missing)


def of_clauses(total: Floats, missing: Bools, weight: float, scale: Scale) -> Spread:
    """Return the spread of a checklist from the weighted sum of its clause blocks and the weight of all its clauses.

    Its value is the weighted mean of the applicable clauses; the share not applicable is that of the other clauses' weight.
    """
    alive = total[:, LIVE] > 0
    divisor = np.where(alive, total[:, LIVE], 1.0)
    block = np.empty_like(total)
    for edge in (LOW, HIGH):
        block[:, edge] = quantise(scale.min + scale.width * (total[:, edge] / divisor)) * alive
    block[:, LIVE] = alive
    block[:, NA] = total[:, NA] / (weight or 1.0)
    return Spread(block, missing)
