"""Which questions are asked, as far as the answers given so far decide it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scoring.batch import Batch
from scoring.columns import Truth
from scoring.compiled import Asked, Compiled
from scoring.questions import Questions
from scoring.values import Values


def asked(compiled: Compiled, batch: Batch) -> frozenset[str]:
    """Return the ids of the questions that a batch of one is certainly asked, and `QUESTION.COLUMN` for each column of a table."""
    with np.errstate(all="ignore"):
        questions = Values(compiled, batch).questions
        return frozenset(part for one in compiled.questions.values() for part in _parts(questions, one))


def _parts(questions: Questions, one: Asked) -> Iterator[str]:
    if not _holds(questions.scope(one.scope)):
        return
    yield one.question.id
    for column in one.question.columns:
        slot = f"{one.question.id}.{one.question.rows[0]}.{column.id}"
        if _holds(questions.slot_scope(slot)):
            yield f"{one.question.id}.{column.id}"


def _holds(scope: Truth | None) -> bool:
    return scope is None or bool(scope.yes.all())
