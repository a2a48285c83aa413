"""The result of every node, indicator and checklist group of one row."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from scoring.columns import KNOWN, UNDEFINED
from scoring.compiled import Leaf
from scoring.contributions import NOTHING, Share, group_shares, shares
from scoring.evaluation import Evaluation
from scoring.result import Interval, NodeResult
from scoring.snapshot import Cell, Snapshot
from scoring.values import Values

Kind = Literal["total", "dimension", "domain", "group", "indicator", "checklist-group"]


class _Place(NamedTuple):
    """Where something stands in the tree."""

    id: str
    kind: Kind
    parent: str | None
    weight: float


def node_results(evaluation: Evaluation, cells: Snapshot, row: int = 0) -> dict[str, NodeResult]:
    """Return the results in the model's order, checklist groups after their indicator; contributions only where the total is known."""
    parts = shares(evaluation, cells, row)
    scored = cells[evaluation.compiled.root].value is not None
    results = [*_inner(evaluation, cells, parts, scored=scored), *_leaves(evaluation, cells, parts, row, scored=scored)]
    return {node.id: node for node in results}


def _inner(evaluation: Evaluation, cells: Snapshot, parts: dict[str, Share], *, scored: bool) -> Iterator[NodeResult]:
    for node in evaluation.compiled.model.nodes:
        cell = cells[node.id]
        reason = "children" if cell.state == "not-applicable" else None
        place = _Place(node.id, node.kind, node.parent, node.weight)
        yield _result(place, cell, _shown(parts[node.id], scored=scored), reason=reason)


def _leaves(
    evaluation: Evaluation, cells: Snapshot, parts: dict[str, Share], row: int, *, scored: bool
) -> Iterator[NodeResult]:
    for name, leaf in evaluation.compiled.leaves.items():
        cell, place = cells[name], _Place(name, "indicator", leaf.indicator.parent, leaf.indicator.weight)
        reason = _reason(evaluation.values, leaf, row) if cell.state == "not-applicable" else None
        raw = _raw(evaluation.values, leaf, row)
        yield _result(place, cell, _shown(parts[name], scored=scored), raw, reason)
        if leaf.asked is not None and leaf.asked.groups:
            yield from _groups(leaf, cells, parts[name], scored=scored)


def _groups(leaf: Leaf, cells: Snapshot, share: Share, *, scored: bool) -> Iterator[NodeResult]:
    groups = leaf.asked.groups if leaf.asked else ()
    name = leaf.indicator.id
    live = {group.id: (cells[f"{name}.{group.id}"], group.weight) for group in groups}
    own = group_shares(share, live)
    for group in groups:
        cell = cells[f"{name}.{group.id}"]
        reason = "answered" if cell.state == "not-applicable" else None
        place = _Place(f"{name}.{group.id}", "checklist-group", name, group.weight)
        yield _result(place, cell, _shown(own.get(group.id, NOTHING), scored=scored), reason=reason)


def _shown(share: Share, *, scored: bool) -> tuple[float, float | None]:
    return share.effective_weight, share.contribution if scored else None


def _result(
    place: _Place, cell: Cell, share: tuple[float, float | None], raw: float | None = None, reason: str | None = None
) -> NodeResult:
    name, kind, parent, weight = place
    low, high, live, _, state, value = cell
    interval = Interval(low, high) if live else None
    contribution = None if value is None else share[1]
    return NodeResult(name, kind, parent, state, value, interval, weight, share[0], contribution, raw, reason)


def _raw(values: Values, leaf: Leaf, row: int) -> float | None:
    name = leaf.indicator.id
    if leaf.table is not None and leaf.asked is not None and not leaf.remedies:
        worth = float(leaf.asked.raw[values.questions.codes(leaf.asked.question.id)[row]])
        return None if math.isnan(worth) else worth
    raw = values.shown_raw(name)
    return float(raw.value[row]) if raw.state[row] == KNOWN else None


def _reason(values: Values, leaf: Leaf, row: int) -> str:
    computed = values.computed(leaf.indicator.id)
    place = computed.rule_at(row) if computed else None
    if place is not None:
        return f"undefined:{place}"
    if leaf.formula is None or computed is None:
        return "answered"
    return "division-by-zero" if computed.source.state[row] == UNDEFINED else "inputs"
