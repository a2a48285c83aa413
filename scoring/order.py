"""Who depends on whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.compiled import Asked, CompiledMeasure, Leaf, Scope
from scoring.formula import Condition, Formula
from scoring.vocabulary import Ids

Expression = Formula | Condition


class CycleError(ValueError):
    """Ids that wait for one another, the first repeated at the end."""

    def __init__(self, path: list[str]) -> None:
        super().__init__(" → ".join(path))
        self.path = path


def dependencies(
    ids: Ids, questions: Mapping[str, Asked], leaves: Mapping[str, Leaf], measures: Mapping[str, CompiledMeasure]
) -> dict[str, tuple[str, ...]]:
    """Return for every indicator and measure, and every question and cell (under `?ID`), what must be known before it."""
    graph: dict[str, tuple[str, ...]] = {}
    families = {one.measure.family: name for name, one in measures.items() if not one.measure.year}
    own = {**{name: name for name in (*leaves, *measures)}, **families}
    for name, asked in questions.items():
        graph[f"?{name}"] = _needed(ids, leaves, own, asked.scope)
        for slot, scope in asked.slot_scopes.items():
            graph[f"?{slot}"] = (f"?{name}", *_needed(ids, leaves, own, scope))
    for name, leaf in leaves.items():
        read = [leaf.asked.question.id] if leaf.asked else []
        read += [remedy.rule.question for remedy in leaf.remedies if remedy.rule.question]
        graph[name] = (*(f"?{asked}" for asked in read), *_needed(ids, leaves, own, _expressions(leaf)))
    for name, measure in measures.items():
        graph[name] = _needed(ids, leaves, own, (measure.formula, *measure.scope, *measure.gaps))
    return graph


def sort(graph: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return all keys, each after those it depends on. Raises CycleError."""
    done: dict[str, bool] = {}
    order: list[str] = []

    def visit(key: str, path: list[str]) -> None:
        if done.get(key):
            return
        if key in path:
            raise CycleError([part.removeprefix("?") for part in [*path[path.index(key) :], key]])
        for needed in graph.get(key, ()):
            visit(needed, [*path, key])
        done[key] = True
        order.append(key)

    for key in graph:
        visit(key, [])
    return order


def dependents(graph: Mapping[str, tuple[str, ...]], key: str) -> set[str]:
    """Return a key and all that depend on it, however indirectly."""
    found = {key}
    for other in sort(graph):
        if found & set(graph.get(other, ())):
            found.add(other)
    return found


def scope_names(questions: Mapping[str, Asked], leaves: Mapping[str, Leaf]) -> set[str]:
    """Return the ids that any scope names."""
    scopes = [
        *(leaf.extra for leaf in leaves.values()),
        *(scope for asked in questions.values() for scope in _scopes(asked)),
    ]
    return {name for scope in scopes for condition in scope for name in condition.names}


def _scopes(asked: Asked) -> list[Scope]:
    return [asked.scope, *asked.slot_scopes.values()]


def _expressions(leaf: Leaf) -> list[Expression]:
    formulas = [leaf.formula, *(remedy.formula for remedy in leaf.remedies)]
    conditions = [*leaf.extra, *(remedy.when for remedy in leaf.remedies)]
    return [*(formula for formula in formulas if formula), *conditions]


def _needed(
    ids: Ids, leaves: Mapping[str, Leaf], own: Mapping[str, str], expressions: Iterable[Expression]
) -> tuple[str, ...]:
    """Return the keys that expressions lead to: indicators whose value they use, measures, questions and cells."""
    keys: list[str] = []
    for expression in expressions:
        computed = {name for name in expression.raws if leaves[name].asked is None}
        keys += [
            own[name] for name in expression.names if name in own and (name in expression.values or name in computed)
        ]
        keys += [f"?{asked}" for name in expression.names if (asked := ids.asked_as(name))]
    return tuple(dict.fromkeys(keys))
