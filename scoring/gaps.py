"""Which answers a row still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.compiled import Compiled, Leaf, Remedy
from scoring.evaluation import Evaluation, needed
from scoring.formula import Condition, Formula


def missing_answers(evaluation: Evaluation, row: int = 0) -> tuple[str, ...]:
    """Return the slots of required questions without an answer, then of others that an indicator still waits for."""
    return tuple(dict.fromkeys(_missing(evaluation, row))) if evaluation.incomplete[row] else ()


def _missing(evaluation: Evaluation, row: int) -> Iterator[str]:
    compiled, values = evaluation.compiled, evaluation.values
    for asked in compiled.questions.values():
        if asked.question.required and needed(asked, compiled, values)[row]:
            yield from (slot for slot in _blanks(evaluation, asked.question.id, row) if slot not in asked.optional)
    for leaf in compiled.leaves.values():
        if values.spread(leaf.indicator.id).missing[row]:
            yield from _awaited(evaluation, leaf, row)


def _blanks(evaluation: Evaluation, question: str, row: int) -> Iterator[str]:
    questions = evaluation.values.questions
    for slot in evaluation.compiled.questions[question].slots:
        scope = questions.slot_scope(slot.id)
        if (scope is None or scope.yes[row]) and questions.blank(slot)[row]:
            yield slot.id


def _awaited(evaluation: Evaluation, leaf: Leaf, row: int) -> Iterator[str]:
    """Yield the blanks that keep an indicator missing."""
    compiled = evaluation.compiled
    for name in _spelled_out(compiled, _inputs(evaluation, leaf, row)):
        if name in compiled.questions:
            yield from _blanks(evaluation, name, row)
        elif name in compiled.owners:
            yield from (slot for slot in _blanks(evaluation, compiled.owners[name], row) if slot == name)


def _inputs(evaluation: Evaluation, leaf: Leaf, row: int) -> Iterator[str]:
    """Yield what an indicator is made of in a row: its scope, its rules for the undefined up to the one that decides, else its source."""
    for condition in (*leaf.extra, *(leaf.asked.scope if leaf.asked else ())):
        yield from condition.names
    for remedy in leaf.remedies:
        when = evaluation.values.questions.truth(remedy.when)
        if when.no[row]:
            continue
        yield from _of_rule(remedy) if when.yes[row] else remedy.when.names
        return
    if leaf.asked is not None:
        yield leaf.asked.question.id
    if leaf.formula is not None:
        yield from leaf.formula.names


def _spelled_out(compiled: Compiled, names: Iterable[str]) -> Iterator[str]:
    """Yield what is read through measures in the place of their names."""
    for name in names:
        measure = compiled.measures.get(name)
        if measure is None:
            yield name
        else:
            expressions: tuple[Formula | Condition, ...] = (*measure.scope, *measure.gaps, measure.formula)
            yield from _spelled_out(compiled, (read for one in expressions for read in one.names))


def _of_rule(remedy: Remedy) -> Iterator[str]:
    if remedy.formula is not None:
        yield from remedy.formula.names
    if remedy.rule.question is not None:
        yield remedy.rule.question
