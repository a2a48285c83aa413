"""Gates and levels in columns: which levels the score's band and every cap allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Bools, Floats, Truth, tick, ticks
from scoring.compiled import Check, Compiled, CompiledGate
from scoring.spread import Spread
from scoring.tables import HIGH, LIVE, LOW
from scoring.values import Values

Places = NDArray[np.int16]
SpreadOf = Callable[[str], Spread]


@dataclass(frozen=True, slots=True)
class Edges:
    """A truth at both ends of what the answers leave open: at the lowest values and at the highest, n rows each."""

    low: Bools
    high: Bools

    def __and__(self, other: Edges) -> Edges:
        return Edges(self.low & other.low, self.high & other.high)


@dataclass(frozen=True, slots=True)
class GateColumns:
    """A gate in every row: of a cap what it holds per place from 1, of a veto or expectation its condition."""

    gate: CompiledGate
    holds: tuple[Edges, ...]
    condition: Truth | None


@dataclass(slots=True)
class LevelColumns:
    """Places among the levels (0 the lowest): the awarded one and what the band alone gives, at the lowest and highest values."""

    low: Places
    high: Places
    band_low: Places
    band_high: Places


def evaluate_gates(compiled: Compiled, values: Values, spread_of: SpreadOf) -> tuple[GateColumns, ...]:
    """Return every gate in every row; `spread_of` finds nodes, indicators and checklist groups."""
    return tuple(_gate(gate, compiled, values, spread_of) for gate in compiled.gates)


def _gate(gate: CompiledGate, compiled: Compiled, values: Values, spread_of: SpreadOf) -> GateColumns:
    if gate.condition is not None:
        return GateColumns(gate, (), values.questions.truth(gate.condition))
    size = values.batch.size
    holds = [Edges(np.ones(size, np.bool_), np.ones(size, np.bool_)) for _ in compiled.model.levels[1:]]
    for check in gate.checks:
        for place, edges in _check(check, size, spread_of, gaps_block=gate.gate.kind == "cap-steps"):
            holds[place - 1] = holds[place - 1] & edges
    return GateColumns(gate, tuple(holds), None)


def _check(check: Check, size: int, spread_of: SpreadOf, *, gaps_block: bool) -> Iterable[tuple[int, Edges]]:
    """Yield for each place whether every live node reaches the floor; where gaps block, a missing node never does at the low end."""
    low, high = np.full(size, np.inf), np.full(size, np.inf)
    for node in check.nodes:
        spread = spread_of(node)
        live = spread.block[:, LIVE] > 0
        node_low = np.where(spread.missing, -np.inf, spread.block[:, LOW]) if gaps_block else spread.block[:, LOW]
        low = np.minimum(low, np.where(live, node_low, np.inf))
        high = np.minimum(high, np.where(live, spread.block[:, HIGH], np.inf))
    low, high = ticks(low), ticks(high)
    for place, floor in check.floors.items():
        needed = tick(floor)
        yield place, Edges(low >= needed, high >= needed)


def evaluate_levels(compiled: Compiled, root: Spread, gates: tuple[GateColumns, ...]) -> LevelColumns:
    """Return the highest place whose band and caps all hold, at both ends."""
    low, high = ticks(root.block[:, LOW]), ticks(root.block[:, HIGH])
    bands = [_band(level.lower, low, high) for level in compiled.model.levels[1:]]
    awarded = list(bands)
    for gate in gates:
        awarded = [held & own for held, own in zip(awarded, gate.holds, strict=True)] if gate.holds else awarded
    size = len(low)
    return LevelColumns(
        _highest([edges.low for edges in awarded], size),
        _highest([edges.high for edges in awarded], size),
        _highest([edges.low for edges in bands], size),
        _highest([edges.high for edges in bands], size),
    )


def _band(lower: float | None, low: Floats, high: Floats) -> Edges:
    border = -np.inf if lower is None else tick(lower)
    return Edges(low >= border, high >= border)


def highest_held(gate: GateColumns, size: int) -> tuple[Places, Places]:
    """Return the highest place that a cap alone allows, at both ends."""
    return _highest([edges.low for edges in gate.holds], size), _highest([edges.high for edges in gate.holds], size)


def _highest(holds: list[Bools], size: int) -> Places:
    places = np.zeros(size, np.int16)
    for place, held in enumerate(holds, start=1):
        places[held] = place
    return places
