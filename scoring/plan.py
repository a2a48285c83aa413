"""Plan how all indicators and nodes are worked out together: what is read from codes in one go, and which nodes make a layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from scoring.columns import Indices
from scoring.compiled import Clauses, Coded, Inner, Layer, Leaf, Plan, Scope

Places = dict[str, int]


def plan(leaves: Mapping[str, Leaf], inners: Sequence[Inner]) -> Plan:
    """Return the plan for the leaves and inner nodes of a model, the latter given children before parents."""
    by_scope = _by_scope(leaves)
    coded = [leaf for group in by_scope.values() for leaf in group]
    names = [leaf.indicator.id for leaf in coded]
    others = tuple(name for name in leaves if name not in set(names))
    groups = tuple(_group_names(leaves))
    places = {name: place for place, name in enumerate([*names, *others, *groups])}
    steps = tuple(_steps(inners, places))
    return Plan(places, _coded(by_scope, coded), others, groups, _clauses(leaves), steps)


def _group_names(leaves: Mapping[str, Leaf]) -> Iterator[str]:
    for name, leaf in leaves.items():
        for group in leaf.asked.groups if leaf.asked else ():
            yield f"{name}.{group.id}"


def _clauses(leaves: Mapping[str, Leaf]) -> Clauses:
    """Return all checklist groups, each once however many indicators read it."""
    asked = {
        leaf.asked.question.id: leaf.asked for leaf in leaves.values() if leaf.asked and leaf.asked.groups
    }.values()
    groups = sorted((group for one in asked for group in one.groups), key=lambda group: -len(group.slots))
    by_question = tuple((one.scope, tuple(slot for group in one.groups for slot in group.slots)) for one in asked)
    at = {slot: place for place, slot in enumerate(slot for _, slots in by_question for slot in slots)}
    turns = _turns([list(zip(group.slots, group.tables, strict=True)) for group in groups])
    clauses = [clause for turn in turns for clause in turn]
    return Clauses(
        groups=tuple(groups),
        slots=by_question,
        order=np.array([at[slot] for slot, _ in clauses], np.intp),
        tables=np.concatenate([np.empty(0), *(table for _, table in clauses)], axis=None),
        starts=_starts(len(clauses)),
        turns=_bounds(turns),
    )


def _turns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return the first of each row, then the second of each that has one, and so on."""
    return [[row[turn] for row in rows if turn < len(row)] for turn in range(max(map(len, rows), default=0))]


def _bounds(turns: Sequence[Sequence[Any]]) -> tuple[tuple[int, int], ...]:
    return tuple(pairwise(np.cumsum([0, *map(len, turns)]).tolist()))


def _starts(tables: int) -> Indices:
    """Return where the lines (tables, 4, 1) of so many tables one behind the other begin."""
    return np.arange(tables * 4, dtype=np.intp).reshape(tables, 4, 1) * 256


def _by_scope(leaves: Mapping[str, Leaf]) -> dict[tuple[str, ...], list[Leaf]]:
    """Return the leaves that nothing but their codes decides, by the scope of their questions."""
    found: dict[tuple[str, ...], list[Leaf]] = {}
    for leaf in leaves.values():
        if leaf.asked is not None and leaf.weighted is not None:
            found.setdefault(tuple(condition.source for condition in leaf.asked.scope), []).append(leaf)
    return found


def _coded(by_scope: Mapping[tuple[str, ...], list[Leaf]], coded: Sequence[Leaf]) -> Coded:
    tables = [leaf.table for leaf in coded if leaf.table is not None]
    raws = [leaf.asked.raw for leaf in coded if leaf.asked is not None]
    return Coded(
        names=frozenset(leaf.indicator.id for leaf in coded),
        slots=tuple(map(_slots, by_scope.values())),
        tables=np.concatenate([np.empty(0), *tables], axis=None),
        starts=_starts(len(coded)),
        raws=np.concatenate([np.empty(0), *raws]),
    )


def _slots(leaves: Sequence[Leaf]) -> tuple[Scope, tuple[str, ...]]:
    asked = [leaf.asked for leaf in leaves if leaf.asked is not None]
    return asked[0].scope, tuple(one.question.id for one in asked)


def _steps(inners: Sequence[Inner], places: Places) -> Iterator[Layer | Inner]:
    """Yield the nodes layer by layer from the lowest, giving them their places; those that cannot go together one by one."""
    for nodes in _by_height(inners):
        joint = sorted((inner for inner in nodes if _is_joint(inner)), key=lambda inner: -len(inner.children))
        apart = [inner for inner in nodes if not _is_joint(inner)]
        for inner in (*joint, *apart):
            places[inner.node.id] = len(places)
        if joint:
            yield _layer(joint, places)
        yield from apart


def _is_joint(inner: Inner) -> bool:
    return inner.node.aggregation.kind == "arithmetic" and inner.steady and bool(inner.children)


def _by_height(inners: Sequence[Inner]) -> list[list[Inner]]:
    heights: dict[str, int] = {}
    layers: list[list[Inner]] = []
    for inner in inners:
        height = max((heights[name] + 1 for name, _ in inner.children if name in heights), default=0)
        heights[inner.node.id] = height
        layers += [[]] * (height - len(layers) + 1)
        layers[height] = [*layers[height], inner]
    return layers


def _layer(nodes: Sequence[Inner], places: Places) -> Layer:
    turns = _turns([inner.children for inner in nodes])
    children = [child for turn in turns for child in turn]
    start = places[nodes[0].node.id]
    return Layer(
        start=start,
        stop=start + len(nodes),
        children=np.array([places[name] for name, _ in children]),
        weights=np.array([weight for _, weight in children]).reshape(-1, 1, 1),
        turns=_bounds(turns),
        totals=np.array([[sum(weight for _, weight in inner.children) or 1.0] for inner in nodes]),
    )
