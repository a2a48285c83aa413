"""Which questions decide what is in scope, how they can be answered, and what hangs on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from typing import Final

from scoring import order
from scoring.batch import CODE_NA, PICKS_NA
from scoring.compiled import Asked, CompiledMeasure, Decision, Inner, Leaf
from scoring.vocabulary import Ids

MOST_BRANCHES: Final = 256
"""Branches per row; a question that would go beyond stays open, and what depends on it counts as missing (which only widens)."""


def decisions(
    ids: Ids,
    questions: Mapping[str, Asked],
    leaves: Mapping[str, Leaf],
    measures: Mapping[str, CompiledMeasure],
    inners: tuple[Inner, ...],
) -> tuple[Decision, ...]:
    """Return the choices and multi-choices that a scope names, each after those its own scope depends on. Raises CycleError."""
    graph = order.dependencies(ids, questions, leaves, measures)
    keys = order.sort(graph)
    named = {ids.question_of(name) for name in order.scope_names(questions, leaves)}
    asked = [name for key in keys if (name := key.removeprefix("?")) in named and key.startswith("?")]
    found = (
        Decision(name, possible_answers(questions[name]), _touched(ids, name, graph, leaves, inners)) for name in asked
    )
    return tuple(decision for decision in found if decision.answers and decision.touched)


def possible_answers(asked: Asked) -> tuple[int, ...]:
    """Return every answer to a choice or multi-choice, as codes or words of bits; none for other kinds or when there are too many."""
    question = asked.question
    if question.kind == "choice":
        answers = [*range(len(question.options)), *([CODE_NA] if question.na_allowed else [])]
    elif question.kind == "multi-choice" and len(question.options) < MOST_BRANCHES.bit_length():
        answers = [*_subsets(asked), *([int(PICKS_NA)] if question.na_allowed else [])]
    else:
        return ()
    return tuple(answers) if len(answers) <= MOST_BRANCHES else ()


def _subsets(asked: Asked) -> Iterator[int]:
    question = asked.question
    places = {option.id: place for place, option in enumerate(question.options)}
    fewest, most = int(question.minimum or 0), int(question.maximum or len(places))
    for size in range(fewest, most + 1):
        for picked in combinations(places, size):
            if size == 1 or not set(picked) & set(question.exclusive):
                yield sum(1 << places[option] for option in picked)


def _touched(
    ids: Ids, question: str, graph: Mapping[str, tuple[str, ...]], leaves: Collection[str], inners: tuple[Inner, ...]
) -> frozenset[str]:
    """Return the indicators and inner nodes that an answer can make a difference to."""
    keys = order.dependents(graph, f"?{question}")
    touched = {key for key in keys if key in leaves}
    for inner in inners:
        lead = inner.node.aggregation.lead
        read = [*lead.shares.values(), *([lead.declared] if lead.declared else [])] if lead else []
        read += [name for condition in inner.scope for name in condition.names]
        if touched & {name for name, _ in inner.children} or keys & {f"?{ids.asked_as(name)}" for name in read}:
            touched.add(inner.node.id)
    return frozenset(touched)
