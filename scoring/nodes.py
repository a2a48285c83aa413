"""The result of every node, indicator and checklist group of one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from scoring.columns import KNOWN, UNDEFINED, Number
from scoring.compiled import ClauseTables, Leaf
from scoring.contributions import NOTHING, Share, group_shares, shares
from scoring.evaluation import Evaluation
from scoring.model import Node
from scoring.result import NodeResult
from scoring.snapshot import Cell, Snapshot
from scoring.values import Values

Kind = Literal["total", "dimension", "domain", "group", "indicator", "checklist-group"]
_Place = tuple[str, Kind, str | None, float]
"""Id, kind, parent and declared weight."""


def node_results(evaluation: Evaluation, cells: Snapshot, row: int = 0) -> dict[str, NodeResult]:
    """Return the results in the model's order, checklist groups after their indicator; contributions only where the total is known."""
    parts = shares(evaluation, cells, row)
    results = {node.id: _inner(node, cells[node.id], parts[node.id]) for node in evaluation.compiled.model.nodes}
    for node in _leaves(evaluation, cells, parts, row):
        results[node.id] = node
    if cells[evaluation.compiled.root].value is None:
        return {name: node._replace(contribution=None) for name, node in results.items()}
    return results


def _inner(node: Node, cell: Cell, share: Share) -> NodeResult:
    reason = "children" if cell.state == "not-applicable" else None
    return _result((node.id, node.kind, node.parent, node.weight), cell, share, None, reason)


def _leaves(evaluation: Evaluation, cells: Snapshot, parts: dict[str, Share], row: int) -> Iterator[NodeResult]:
    raws = evaluation.stack.raws(row)
    for name, leaf in evaluation.compiled.leaves.items():
        cell, own = cells[name], leaf.indicator
        reason = _reason(evaluation.values, leaf, row) if cell.state == "not-applicable" else None
        raw = raws[name] if name in raws else _at(evaluation.values.shown_raw(name), row)
        yield _result((name, "indicator", own.parent, own.weight), cell, parts[name], raw, reason)
        if leaf.asked is not None and leaf.asked.groups:
            yield from _groups(name, leaf.asked.groups, cells, parts[name])


def _groups(name: str, groups: Sequence[ClauseTables], cells: Snapshot, share: Share) -> Iterator[NodeResult]:
    own = group_shares(share, {group.id: (cells[f"{name}.{group.id}"], group.weight) for group in groups})
    for group in groups:
        cell, part = cells[f"{name}.{group.id}"], own.get(group.id, NOTHING)
        reason = "answered" if cell.state == "not-applicable" else None
        yield _result((f"{name}.{group.id}", "checklist-group", name, group.weight), cell, part, None, reason)


def _result(place: _Place, cell: Cell, share: Share, raw: float | None, reason: str | None) -> NodeResult:
    name, kind, parent, weight = place
    _, _, _, interval, state, value = cell
    contribution = None if value is None else share[1]
    return NodeResult(name, kind, parent, state, value, interval, weight, share[0], contribution, raw, reason)


def _reason(values: Values, leaf: Leaf, row: int) -> str:
    computed = values.computed(leaf.indicator.id)
    place = computed.rule_at(row) if computed else None
    if place is not None:
        return f"undefined:{place}"
    if leaf.formula is None or computed is None:
        return "answered"
    return "division-by-zero" if computed.source.state[row] == UNDEFINED else "inputs"


def _at(number: Number, row: int) -> float | None:
    return float(number.value[row]) if number.state[row] == KNOWN else None
