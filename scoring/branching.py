"""Open questions that decide what is in scope: the row is scored in every branch they leave, and the worst and best count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from scoring.batch import CODE_NA, PICKS_NA, Batch
from scoring.columns import Bools, Indices, some
from scoring.compiled import Asked, Compiled
from scoring.evaluation import Evaluation, evaluate
from scoring.spread import FAR, Spread
from scoring.tables import HIGH, LOW
from scoring.values import Values

MOST_BRANCHES: Final = 256
"""Branches per row; a question that would go beyond stays open, and what depends on it counts as missing (which only widens)."""
ROWS_AT_ONCE: Final = 16_384


def evaluate_branches(compiled: Compiled, batch: Batch, *, indicators: bool) -> Evaluation:
    """Evaluate a batch with the intervals of rows with open branches taken over all their branches."""
    whole = evaluate(compiled, batch, indicators=indicators)
    rows = np.flatnonzero(_open_rows(compiled, batch))
    step = max(1, ROWS_AT_ONCE // _most_branches(compiled, batch))
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        expanded, owner = expand(compiled, batch.take(some))
        if len(owner) > len(some):
            _take_over(whole, evaluate(compiled, expanded, indicators=indicators), some, owner)
    return whole


def expand(compiled: Compiled, batch: Batch) -> tuple[Batch, Indices]:
    """Return a row per branch of each row, and the row of the batch that each belongs to, ascending."""
    owner = np.arange(batch.size)
    for name in compiled.deciding:
        asked = compiled.questions[name]
        answers = possible_answers(asked)
        if not 0 < len(answers) <= MOST_BRANCHES:
            continue
        with np.errstate(all="ignore"):
            opened = _opened(compiled, batch, asked)
        branches = np.bincount(owner, np.where(opened, len(answers), 1))
        opened &= (branches <= MOST_BRANCHES)[owner]
        if opened.any():
            index = np.repeat(np.arange(batch.size), np.where(opened, len(answers), 1))
            batch, owner = _answered(batch.take(index), asked, answers, opened[index]), owner[index]
    return batch, owner


def possible_answers(asked: Asked) -> list[int]:
    """Return every answer to a choice or multi-choice, as codes or words of bits; none when there are too many."""
    question = asked.question
    if question.kind == "choice":
        return [*range(len(question.options)), *([CODE_NA] if question.na_allowed else [])]
    if len(question.options) > MOST_BRANCHES.bit_length():
        return []
    return [*_subsets(asked), *([int(PICKS_NA)] if question.na_allowed else [])]


def _subsets(asked: Asked) -> Iterator[int]:
    question = asked.question
    places = {option.id: place for place, option in enumerate(question.options)}
    fewest, most = int(question.minimum or 0), int(question.maximum or len(places))
    for size in range(fewest, most + 1):
        for picked in combinations(places, size):
            if size == 1 or not set(picked) & set(question.exclusive):
                yield sum(1 << places[option] for option in picked)


def _opened(compiled: Compiled, batch: Batch, asked: Asked) -> Bools:
    """Return where a question is in scope and without an answer."""
    questions = Values(compiled, batch).questions
    blank = questions.blank(asked.slots[0])
    scope = questions.scope(asked.scope)
    return blank if scope is None else blank & scope.yes


def _answered(batch: Batch, asked: Asked, answers: list[int], opened: Bools) -> Batch:
    """Return the batch with the answers of opened rows filled in turn."""
    name = asked.question.id
    turns = np.arange(np.count_nonzero(opened)) % len(answers)
    if asked.slots[0].store == "codes":
        codes = batch.codes[name]
        codes[opened] = np.array(answers, np.uint8)[turns]
        return batch.with_codes(name, codes)
    picks = batch.picks[name]
    picks[opened] = np.array(answers, np.uint64)[turns]
    return batch.with_picks(name, picks)


def _open_rows(compiled: Compiled, batch: Batch) -> Bools:
    """Return where any deciding question is blank."""
    questions = Values(compiled, batch).questions
    rows = np.zeros(batch.size, np.bool_)
    for name in compiled.deciding:
        rows |= questions.blank(compiled.questions[name].slots[0])
    return rows


def _most_branches(compiled: Compiled, batch: Batch) -> int:
    questions = Values(compiled, batch).questions
    most = 1
    for name in compiled.deciding:
        asked = compiled.questions[name]
        if some(questions.blank(asked.slots[0])):
            most *= max(1, len(possible_answers(asked)))
    return min(most, MOST_BRANCHES)


def _take_over(whole: Evaluation, branches: Evaluation, rows: Indices, owner: Indices) -> None:
    """Write the worst and best over each row's branches into the whole."""
    starts = np.searchsorted(owner, np.arange(len(rows)))
    for name, spread in branches.spreads.items():
        _take_over_spread(whole.spreads[name], spread, rows, starts)
    for own, other in (
        (whole.levels.awarded, branches.levels.awarded),
        (whole.levels.band, branches.levels.band),
    ):
        own[LOW, rows] = np.minimum.reduceat(other[LOW], starts)
        own[HIGH, rows] = np.maximum.reduceat(other[HIGH], starts)


def _take_over_spread(whole: Spread, branches: Spread, rows: Indices, starts: Indices) -> None:
    low = np.minimum.reduceat(branches.low + FAR * ~branches.live, starts)
    high = np.maximum.reduceat(branches.high - FAR * ~branches.live, starts)
    ever = low < FAR
    whole.block[LOW, rows[ever]], whole.block[HIGH, rows[ever]] = low[ever], high[ever]
