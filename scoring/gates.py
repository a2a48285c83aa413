"""Gates and levels in columns: which levels the score's band and every cap allow.

What holds is asked twice, at the lowest and at the highest values that the answers leave open: (2, n).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Bools, Floats, Indices, Truth, every, tick, ticks
from scoring.compiled import Compiled, CompiledGate
from scoring.spread import FAR, Spread
from scoring.tables import LOW
from scoring.values import Values

Places = NDArray[np.uint8]
"""Places among the levels, 0 the lowest."""

SpreadOf = Callable[[str], Spread]


class Least(Protocol):
    """Finds the smallest live value of nodes, indicators and checklist groups at the lowest and at the highest values (2, n).

    It is far above all others where none is live; where gaps block, -inf at the low end where one is missing.
    """

    def __call__(self, nodes: tuple[str, ...], *, gaps_block: bool) -> Floats: ...


@dataclass(frozen=True, slots=True)
class GateColumns:
    """A gate in every row: of a cap where it holds (2, n) per place from 1, of a veto or expectation its condition."""

    gate: CompiledGate
    holds: tuple[Bools, ...]
    condition: Truth | None


@dataclass(frozen=True, slots=True)
class LevelColumns:
    """The place (2, n) of the awarded level, and of what the band alone gives."""

    awarded: Places
    band: Places


def evaluate_gates(
    compiled: Compiled, values: Values, spread_of: SpreadOf, least: Least | None = None
) -> tuple[GateColumns, ...]:
    """Return every gate in every row; `spread_of` finds nodes, indicators and checklist groups, `least` their smallest values at once."""
    least = least or least_of(spread_of, values.batch.size)
    return tuple(_gate(gate, compiled, values, least) for gate in compiled.gates)


def evaluate_caps(
    gates: tuple[GateColumns, ...], rows: Indices, touched: frozenset[str], values: Values, spread_of: SpreadOf
) -> tuple[GateColumns, ...]:
    """Return the caps of branches: those that name nothing touched as they are in the rows that the branches belong to."""
    caps, least = [gate for gate in gates if gate.holds], least_of(spread_of, len(rows))
    return tuple(
        _gate(cap.gate, values.compiled, values, least)
        if touched & named(cap.gate)
        else GateColumns(cap.gate, tuple(holds.take(rows, axis=1) for holds in cap.holds), None)
        for cap in caps
    )


def named(gate: CompiledGate) -> set[str]:
    """Return the nodes that a cap names; of a checklist group also its indicator."""
    nodes = {node for check in gate.checks for node in check.nodes}
    return nodes | {node.rpartition(".")[0] for node in nodes}


def _gate(gate: CompiledGate, compiled: Compiled, values: Values, least: Least) -> GateColumns:
    if gate.condition is not None:
        return GateColumns(gate, (), values.questions.truth(gate.condition))
    always = np.ones((2, values.batch.size), np.bool_)
    holds = [always for _ in compiled.model.levels[1:]]
    for check in gate.checks:
        smallest = ticks(least(check.nodes, gaps_block=gate.gate.kind == "cap-steps"))
        for place, floor in check.floors.items():
            holds[place - 1] = holds[place - 1] & (smallest >= tick(floor))
    return GateColumns(gate, tuple(holds), None)


def least_of(spread_of: SpreadOf, size: int) -> Least:
    """Return what finds the smallest values of nodes, spread by spread."""

    def least(nodes: tuple[str, ...], *, gaps_block: bool) -> Floats:
        result = np.full((2, size), np.inf)
        for node in nodes:
            spread = spread_of(node)
            live = spread.live
            np.minimum(result, spread.edges if every(live) else spread.edges + FAR * ~live, out=result)
            if gaps_block:
                result[LOW, spread.missing] = -np.inf
        return result

    return least


def evaluate_levels(compiled: Compiled, root: Spread, gates: tuple[GateColumns, ...]) -> LevelColumns:
    """Return the highest place whose band and caps all hold."""
    scores = ticks(root.edges)
    bands = [_band(level.lower, scores) for level in compiled.model.levels[1:]]
    awarded = list(bands)
    for gate in gates:
        if gate.holds:
            awarded = [held & own for held, own in zip(awarded, gate.holds, strict=True)]
    return LevelColumns(highest(awarded, scores.shape[1]), highest(bands, scores.shape[1]))


def _band(lower: float | None, scores: Floats) -> Bools:
    reached: Bools = scores >= (-np.inf if lower is None else tick(lower))
    return reached


def highest(holds: Sequence[Bools], size: int) -> Places:
    """Return the highest place (2, n) that holds."""
    places = np.zeros((2, size), np.uint8)
    for place, held in enumerate(holds, start=1):
        np.maximum(places, held * np.uint8(place), out=places)
    return places
