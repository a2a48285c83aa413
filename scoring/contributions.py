"""How much of the total score each node and indicator brings: effective weights and contributions of one row.

Both are handed down from the total (weight 1, contribution = its value), each parent dividing its own among its live children:

- arithmetic: weights by declared weight, contributions by weight × value;
- geometric, harmonic: weights by declared weight, contributions by weight × value, values taken at the floor where they lie below it;
- minimum: both go to the smallest child, to equal ones by declared weight;
- lead: the leader takes the lead's weight, the best child the rest, equal ones the same part each; where the leader is out of scope
  the best child takes all.

So the contributions of the indicators add up to the total, whatever the aggregations. (A lead with nothing in scope has nobody to hand
its own to: its share stays with it, and it is 0 on a scale that starts at 0.)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scoring.aggregation import FLOORED
from scoring.compiled import Inner
from scoring.evaluation import Evaluation
from scoring.snapshot import Cell, Snapshot


class Share(NamedTuple):
    """A node's part of the total."""

    effective_weight: float
    contribution: float


_Child = tuple[str, float, float]
"""Name, weight and value."""


NOTHING = Share(0.0, 0.0)


def shares(evaluation: Evaluation, cells: Snapshot, row: int = 0) -> dict[str, Share]:
    """Return the share of every node and indicator in a row, taking missing values at their lowest."""
    root = evaluation.compiled.root
    result = dict.fromkeys(evaluation.spreads, NOTHING)
    if cells[root].live:
        result[root] = Share(1.0, cells[root].low)
    for inner in reversed(evaluation.compiled.inners):
        own = result[inner.node.id]
        if own.effective_weight:
            result.update(_divide(inner, own, cells, evaluation, row))
    return result


def _divide(inner: Inner, own: Share, cells: Snapshot, evaluation: Evaluation, row: int) -> dict[str, Share]:
    kind = inner.node.aggregation.kind
    counting = [(name, weight) for name, weight in inner.children if weight > 0 or kind == "lead"]
    children = [(name, weight, cell.low) for name, weight in counting if (cell := cells[name]).live]
    if not children:
        return {}
    if kind == "minimum":
        return _among_smallest(children, own)
    if kind == "lead":
        return _lead(inner, children, own, leading(inner, evaluation, row))
    floor = inner.floor if kind in FLOORED else None
    return _by_weight(children, own, floor)


def _by_weight(children: list[_Child], own: Share, floor: float | None) -> dict[str, Share]:
    if floor is not None:
        children = [(name, weight, max(value, floor)) for name, weight, value in children]
    weights = sum([weight for _, weight, _ in children])
    weighted = sum([weight * value for _, weight, value in children])
    share = own.effective_weight / weights
    if weighted == 0:
        points = own.contribution / weights
        return {name: Share(share * weight, points * weight) for name, weight, _ in children}
    ratio = own.contribution / weighted
    return {name: Share(share * weight, ratio * weight * value) for name, weight, value in children}


def _among_smallest(children: list[_Child], own: Share) -> dict[str, Share]:
    least = min(value for _, _, value in children)
    smallest = {name: weight for name, weight, value in children if value == least}
    total, (effective, points) = sum(smallest.values()), own
    return {name: Share(effective * weight / total, points * weight / total) for name, weight in smallest.items()}


def leading(inner: Inner, evaluation: Evaluation, row: int = 0) -> list[str]:
    """Return the groups of a lead that lead for certain in a row, in scope or not."""
    certain = evaluation.leads[inner.node.id].certain
    return [name for (name, _), leads in zip(inner.children, certain, strict=True) if leads[row]]


def _lead(inner: Inner, children: list[_Child], own: Share, names: list[str]) -> dict[str, Share]:
    lead = inner.node.aggregation.lead
    leading, led = _best([child for child in children if child[0] in names])
    best, most = _best(children)
    weight = lead.weight if lead is not None and leading else 0.0
    scores = {True: weight * led if leading else 0.0, False: (1.0 - weight) * most}
    result: dict[str, Share] = {}
    for is_leader, group, part in ((True, leading, weight), (False, best, 1.0 - weight)):
        share = _part(scores[is_leader], sum(scores.values()), part)
        for name in group:
            before = result.get(name, NOTHING)
            result[name] = Share(
                before.effective_weight + own.effective_weight * part / len(group),
                before.contribution + own.contribution * share / len(group),
            )
    return result


def _best(children: list[_Child]) -> tuple[list[str], float]:
    """Return the names of those with the highest value, and that value."""
    most = max((value for _, _, value in children), default=0.0)
    return [name for name, _, value in children if value == most], most


def _part(score: float, total: float, otherwise: float) -> float:
    return score / total if total else otherwise


def group_shares(indicator: Share, groups: Mapping[str, tuple[Cell, float]]) -> dict[str, Share]:
    """Return the shares of a checklist's live groups (cell and weight) in their indicator's, as for an arithmetic mean."""
    children = [(name, weight, cell.low) for name, (cell, weight) in groups.items() if cell.live and weight > 0]
    return _by_weight(children, indicator, None) if children else {}
