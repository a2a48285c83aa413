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
    """Return the ids of the questions that a batch of one is certainly asked.

    Of a table also `QUESTION.ROW.COLUMN` for each cell that is, and `QUESTION.COLUMN` for each column with such a cell.
    """
    with np.errstate(all="ignore"):
        questions = Values(compiled, batch).questions
        return frozenset(part for one in compiled.questions.values() for part in _parts(questions, one))


def _parts(questions: Questions, one: Asked) -> Iterator[str]:
    if not _holds(questions.scope(one.scope)):
        return
    yield one.question.id
    if one.question.kind == "table":
        cells = [slot.id for slot in one.slots if _holds(questions.slot_scope(slot.id))]
        yield from cells
        yield from {f"{one.question.id}.{cell.rpartition('.')[2]}" for cell in cells}


def _holds(scope: Truth | None) -> bool:
    return scope is None or bool(scope.yes.all())
