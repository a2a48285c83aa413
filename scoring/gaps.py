"""Which answers a row still lacks."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.compiled import Leaf
from scoring.evaluation import Evaluation, needed


def missing_answers(evaluation: Evaluation, row: int = 0) -> tuple[str, ...]:
    """Return the slots of required questions without an answer, then of others that an indicator still waits for."""
    return tuple(dict.fromkeys(_missing(evaluation, row))) if evaluation.incomplete[row] else ()


def _missing(evaluation: Evaluation, row: int) -> Iterator[str]:
    compiled, values = evaluation.compiled, evaluation.values
    for asked in compiled.questions.values():
        if asked.question.required and needed(asked, compiled, values)[row]:
            yield from _blanks(evaluation, asked.question.id, row)
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
    for name in _inputs(leaf):
        if name in compiled.questions:
            yield from _blanks(evaluation, name, row)
        elif name in compiled.owners:
            yield from (slot for slot in _blanks(evaluation, compiled.owners[name], row) if slot == name)


def _inputs(leaf: Leaf) -> Iterator[str]:
    if leaf.asked is not None:
        yield leaf.asked.question.id
        yield from (name for condition in leaf.asked.scope for name in condition.names)
    if leaf.formula is not None:
        yield from leaf.formula.names
    for condition in leaf.extra:
        yield from condition.names
    for remedy in leaf.remedies:
        yield from remedy.when.names
        yield from remedy.formula.names if remedy.formula else ()
        yield from [remedy.rule.question] if remedy.rule.question else []
