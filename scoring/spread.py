"""What is known of an indicator or node, in columns: the range of values that the answers leave open, and what is not applicable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.columns import (
    KNOWN,
    MISSING,
    NOT_APPLICABLE,
    OUT_OF_SCOPE,
    Bools,
    Bytes,
    Floats,
    Indices,
    Number,
    Truth,
    every,
    quantise,
    select,
    some,
)
from scoring.model import Scale
from scoring.tables import HIGH, LIVE, LOW, NA

FAR: Final = 1e300
"""Added to a value that is to lose against every other: where a node is not live."""


@dataclass(slots=True)
class Spread:
    """A block (4, n): lowest value, highest value, live (1 or 0), share not applicable; and where anything in it is missing (n).

    Where it is not live the values are 0; not live with a share of 0 is out of scope. A missing value spans the scale.
    """

    block: Floats
    missing: Bools

    @property
    def edges(self) -> Floats:
        """The lowest and highest values (2, n)."""
        edges: Floats = self.block[:LIVE]
        return edges

    @property
    def low(self) -> Floats:
        low: Floats = self.block[LOW]
        return low

    @property
    def high(self) -> Floats:
        high: Floats = self.block[HIGH]
        return high

    @property
    def live(self) -> Bools:
        result: Bools = self.block[LIVE] > 0
        return result

    @property
    def na(self) -> Floats:
        na: Floats = self.block[NA]
        return na

    def state(self) -> Bytes:
        settled = select(self.na > 0, NOT_APPLICABLE, OUT_OF_SCOPE)
        return select(self.missing, MISSING, select(self.live, KNOWN, settled))

    def take(self, rows: Indices) -> Spread:
        return Spread(self.block.take(rows, axis=1), self.missing.take(rows))

    def put(self, other: Spread) -> None:
        """Take over another spread's content."""
        self.block[:] = other.block
        self.missing[:] = other.missing

    def number(self) -> Number:
        """Return the values as numbers with gaps."""
        return Number(self.low, self.state())

    def confine(self, scope: Truth, scale: Scale) -> None:
        """Take rows outside a scope out, and open those in which the scope is unknown."""
        if every(scope.yes):
            return
        self.block[:, scope.no] = 0.0
        self.missing[scope.no] = False
        self.open(~(scope.yes | scope.no), scale)

    def open(self, rows: Bools, scale: Scale) -> None:
        """Let the given rows span the scale, as missing."""
        if some(rows):
            self.block[:, rows] = [[scale.min], [scale.max], [1.0], [0.0]]
            self.missing[rows] = True


def of_values(value: Floats, state: Bytes, scale: Scale, out: Floats) -> Spread:
    """Return the spread of values on the scale, finite everywhere, and their states; its block is `out` (4, n)."""
    missing = state == MISSING
    if not some(state):
        out[:LIVE], out[LIVE], out[NA] = value, 1.0, 0.0
        return Spread(out, missing)
    known = state == KNOWN
    np.multiply(value, known, out=out[LOW])
    np.multiply(missing, scale.max, out=out[HIGH])
    out[HIGH] += out[LOW]
    if scale.min:
        out[LOW] += scale.min * missing
    out[LIVE], out[NA] = known | missing, state == NOT_APPLICABLE
    return Spread(out, missing)


def of_clauses(total: Floats, missing: Bools, weight: float, scale: Scale) -> Spread:
    """Return the spread of a checklist from the weighted sum of its clause blocks and the weight of all its clauses.

    Its value is the weighted mean of the applicable clauses; the share not applicable is that of the other clauses' weight.
    """
    alive = total[LIVE] > 0
    block = np.empty_like(total)
    edges = np.divide(total[:LIVE], total[LIVE] + ~alive, out=block[:LIVE])
    edges *= scale.width
    edges += scale.min
    np.multiply(quantise(edges), alive, out=edges)
    block[LIVE] = alive
    block[NA] = total[NA] / (weight or 1.0)
    return Spread(block, missing)
