"""Levels of many units by the questionnaire's bands and gates, where the scale is fixed."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Bools, Bytes, tick, ticks
from scoring.gates import evaluate_gates, evaluate_levels
from scoring.index import reasons
from scoring.index.aggregation import Nodes
from scoring.index.basis import Basis, spread_of
from scoring.spread import Spread
from scoring.tables import LOW

NO_LEVEL: Final = -1
Levels = NDArray[np.int16]


def borders(base: Basis) -> list[float] | None:
    """Return the lower borders of the bands above the lowest level; None where levels have no meaning."""
    levels = base.compiled.model.levels
    lower = [level.lower for level in levels if level.lower is not None]
    return None if not lower or _hindrance(base) else lower


def _hindrance(base: Basis) -> int:
    """Return why nobody has a level, NONE where they may."""
    if base.compiled.model.outcome != "level":
        return reasons.NO_BANDS
    fixed = all(leaf.indicator.normalisation.kind == "goalposts" for leaf in base.tree.leaves)
    return reasons.NONE if fixed else reasons.NO_FIXED_SCALE


def levels(base: Basis, nodes: Nodes) -> tuple[Levels, Bytes]:
    """Return the level numbers (n), NO_LEVEL where there is none, and why there is none."""
    size, hindrance = len(nodes.value), _hindrance(base)
    if hindrance:
        return np.full(size, NO_LEVEL, np.int16), np.full(size, hindrance, np.uint8)
    with np.errstate(all="ignore"):
        gates = evaluate_gates(base.compiled, base.values, lambda name: _spread(base, nodes, name))
        root = spread_of(nodes, base.tree.root, base.compiled)
        places = evaluate_levels(base.compiled, root, gates).awarded[LOW]
    numbers = np.array([level.number for level in base.compiled.model.levels], np.int16)
    vetoes = [gate.condition for gate in gates if gate.gate.gate.kind == "veto" and gate.condition is not None]
    reason = np.zeros(size, np.uint8)
    reason[_exceeds(base, nodes)] = reasons.NOT_RATEABLE
    for veto in vetoes:
        reason[~(veto.yes | veto.no)] = reasons.MISSING
    reason[~np.isfinite(nodes.value[:, base.tree.root])] = reasons.NO_SCORE
    for veto in vetoes:
        reason[veto.yes] = reasons.VETOED
    return np.where(reason == reasons.NONE, numbers[places], NO_LEVEL).astype(np.int16), reason


def _exceeds(base: Basis, nodes: Nodes) -> Bools:
    above: Bools = ticks(nodes.not_applicable[:, base.tree.root]) > tick(base.compiled.model.na_ceiling)
    return above


def _spread(base: Basis, nodes: Nodes, name: str) -> Spread:
    if name in base.tree.names:
        return spread_of(nodes, base.tree.place(name), base.compiled)
    return base.values.group(name)
