"""One pass over a batch: values, nodes, gates and levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from scoring.aggregation import aggregate
from scoring.batch import Batch
from scoring.columns import Bools, Indices, some
from scoring.compiled import Asked, Compiled, Inner
from scoring.gates import GateColumns, LevelColumns, evaluate_caps, evaluate_gates, evaluate_levels, named
from scoring.lead import Leaders
from scoring.spread import Spread
from scoring.stack import Stack, stack
from scoring.values import Values


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that a batch came to.

    `spreads` has the inner nodes, and the indicators if they were asked for; `incomplete` is where a
    needed answer is missing; `leads` who leads in the nodes that go by a leader; `kept` is the array that all
    spreads lie in, if the indicators were asked for.
    """

    compiled: Compiled
    values: Values
    spreads: dict[str, Spread]
    leads: dict[str, Leaders]
    gates: tuple[GateColumns, ...]
    levels: LevelColumns
    incomplete: Bools
    kept: Stack | None

    @property
    def stack(self) -> Stack:
        """All spreads in one array. Raises ValueError unless the indicators were asked for."""
        if self.kept is None:
            raise ValueError("the indicators were not asked for")
        return self.kept

    @property
    def root(self) -> Spread:
        return self.spreads[self.compiled.root]

    def spread(self, name: str) -> Spread:
        """Return the spread of an indicator, node or checklist group."""
        return _spread(self.spreads, self.values, name)


def evaluate(compiled: Compiled, batch: Batch, *, indicators: bool) -> Evaluation:
    """Evaluate a batch, with spreads of all indicators if asked for, taking what depends on an open question as missing."""
    with np.errstate(all="ignore"):
        values = Values(compiled, batch)
        whole = stack(compiled, values) if indicators else None
        spreads = whole.spreads if whole else {}
        leads = whole.work_up() if whole else _aggregate(compiled.inners, values, spreads)
        gates = evaluate_gates(
            compiled, values, lambda name: _spread(spreads, values, name), whole.least if whole else None
        )
        levels = evaluate_levels(compiled, spreads[compiled.root], gates)
        return Evaluation(
            compiled,
            values,
            spreads,
            leads,
            gates,
            levels,
            _incomplete(compiled, values) | spreads[compiled.root].missing,
            whole,
        )


def evaluate_branches(
    whole: Evaluation, batch: Batch, rows: Indices, touched: frozenset[str]
) -> tuple[dict[str, Spread], LevelColumns]:
    """Evaluate what branches of rows can change, taking the rest from the whole; `rows` are the rows that the branches belong to.

    Returns the spreads of the inner nodes touched (and of their indicators, if the whole has those) and the levels.
    """
    compiled = whole.compiled
    with np.errstate(all="ignore"):
        values = Values(compiled, batch)
        spreads = {name: values.spread(name) for name in compiled.leaves if name in touched and name in whole.spreads}
        spreads |= {name: whole.spread(name).take(rows) for name in _beside(compiled, touched)}
        _aggregate((inner for inner in compiled.inners if inner.node.id in touched), values, spreads)
        caps = evaluate_caps(whole.gates, rows, touched, values, lambda name: _spread(spreads, values, name))
        levels = evaluate_levels(compiled, spreads[compiled.root], caps)
    return {name: spread for name, spread in spreads.items() if name in touched}, levels


def _beside(compiled: Compiled, touched: frozenset[str]) -> Iterator[str]:
    """Yield what is not touched and yet read beside what is, by a parent or a cap: inner nodes, and indicators that are worth keeping."""
    capped = set[str]().union(*(nodes for gate in compiled.gates if touched & (nodes := named(gate))))
    for inner in compiled.inners:
        node = inner.node
        if node.id not in touched and (node.parent in touched or node.id in capped):
            yield node.id
    for name, leaf in compiled.leaves.items():
        if leaf.computed and name not in touched and leaf.indicator.parent in touched:
            yield name


def _spread(spreads: dict[str, Spread], values: Values, name: str) -> Spread:
    if name in spreads:
        return spreads[name]
    return values.spread(name) if name in values.compiled.leaves else values.group(name)


def _aggregate(inners: Iterable[Inner], values: Values, spreads: dict[str, Spread]) -> dict[str, Leaders]:
    """Add the spreads of inner nodes, children before parents, and return who leads where."""
    leads: dict[str, Leaders] = {}
    for inner in inners:
        spreads[inner.node.id] = aggregate(inner, spreads, values, leads)
    return leads


def _incomplete(compiled: Compiled, values: Values) -> Bools:
    """Return where a required question in scope has a blank that no indicator shows as missing."""
    result = np.zeros(values.batch.size, np.bool_)
    for name in compiled.unscored:
        asked = compiled.questions[name]
        for slot in asked.slots:
            if slot.id not in asked.optional and some(blank := values.questions.blank(slot)):
                scope = values.questions.slot_scope(slot.id)
                result |= blank & needed(asked, compiled, values) & (True if scope is None else scope.yes)
    return result


def needed(asked: Asked, compiled: Compiled, values: Values) -> Bools:
    """Return where a question needs its answer: everywhere, unless a rule for the undefined has settled its own indicator without it."""
    leaf = compiled.leaves.get(asked.question.id)
    if leaf is None or not leaf.remedies:
        return np.ones(values.batch.size, np.bool_)
    return values.spread(asked.question.id).missing
