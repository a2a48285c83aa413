"""Open questions that decide what is in scope: the row is scored in every branch they leave, and the worst and best count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from scoring.batch import Batch
from scoring.columns import Bools, Indices, some
from scoring.compiled import Compiled, Decision
from scoring.decisions import MOST_BRANCHES
from scoring.evaluation import Evaluation, evaluate, evaluate_branches
from scoring.gates import LevelColumns
from scoring.slots import Slot
from scoring.spread import FAR, Spread
from scoring.tables import HIGH, LOW
from scoring.values import Values

ROWS_AT_ONCE: Final = 16_384


def evaluate_all(compiled: Compiled, batch: Batch, *, indicators: bool) -> Evaluation:
    """Evaluate a batch, with the intervals of rows with open branches taken over all their branches."""
    whole = evaluate(compiled, batch, indicators=indicators)
    for rows, decisions in _open_rows(whole):
        touched = frozenset[str]().union(*(decision.touched for decision in decisions))
        step = max(1, ROWS_AT_ONCE // _most_branches(decisions))
        for start in range(0, len(rows), step):
            piece = rows[start : start + step]
            branches, owner = expand(compiled, batch.take(piece), decisions)
            if len(owner) > len(piece):
                spreads, levels = evaluate_branches(whole, branches, piece[owner], touched)
                _take_over(whole, spreads, levels, piece, owner)
    return whole


def _open_rows(whole: Evaluation) -> Iterator[tuple[Indices, list[Decision]]]:
    """Yield rows with the deciding questions that may be open in them: those with a single one by that, all others together."""
    blanks = [(decision, _blank(whole.values, decision)) for decision in whole.compiled.decisions]
    blanks = [(decision, blank) for decision, blank in blanks if some(blank)]
    count = np.zeros(len(whole.incomplete), np.intp)
    for _, blank in blanks:
        count += blank
    for decision, blank in blanks:
        yield np.flatnonzero(blank & (count == 1)), [decision]
    yield np.flatnonzero(count > 1), [decision for decision, _ in blanks]


def expand(compiled: Compiled, batch: Batch, decisions: Sequence[Decision]) -> tuple[Batch, Indices]:
    """Return a row per branch of each row, and the row of the batch that each belongs to, ascending."""
    owner = np.arange(batch.size)
    for decision in decisions:
        opened = _opened(compiled, batch, decision)
        turns = np.where(opened, len(decision.answers), 1)
        opened &= (np.bincount(owner, turns) <= MOST_BRANCHES)[owner]
        if some(opened):
            index = np.repeat(np.arange(batch.size), np.where(opened, len(decision.answers), 1))
            batch, owner = batch.take(index), owner[index]
            _answer(batch, compiled.questions[decision.question].slots[0], decision, opened[index])
    return batch, owner


def _blank(values: Values, decision: Decision) -> Bools:
    return values.questions.blank(values.compiled.questions[decision.question].slots[0])


def _opened(compiled: Compiled, batch: Batch, decision: Decision) -> Bools:
    """Return where a deciding question is in scope and without an answer."""
    values = Values(compiled, batch)
    with np.errstate(all="ignore"):
        scope = values.questions.scope(compiled.questions[decision.question].scope)
    blank = _blank(values, decision)
    return blank if scope is None else blank & scope.yes


def _answer(batch: Batch, slot: Slot, decision: Decision, opened: Bools) -> None:
    """Fill in the answers of opened rows in turn, in columns of the batch's own."""
    turns = np.arange(np.count_nonzero(opened)) % len(decision.answers)
    if slot.store == "codes":
        batch.codes[slot.id][opened] = np.array(decision.answers, np.uint8)[turns]
    else:
        batch.picks[slot.id][opened] = np.array(decision.answers, np.uint64)[turns]


def _most_branches(decisions: list[Decision]) -> int:
    most = 1
    for decision in decisions:
        most *= len(decision.answers)
    return min(most, MOST_BRANCHES)


def _take_over(
    whole: Evaluation, spreads: Mapping[str, Spread], levels: LevelColumns, rows: Indices, owner: Indices
) -> None:
    """Write the worst and best over each row's branches into the whole."""
    starts = np.searchsorted(owner, np.arange(len(rows)))
    for name, spread in spreads.items():
        _take_over_spread(whole.spreads[name], spread, rows, starts)
    for own, other in ((whole.levels.awarded, levels.awarded), (whole.levels.band, levels.band)):
        own[LOW, rows] = np.minimum.reduceat(other[LOW], starts)
        own[HIGH, rows] = np.maximum.reduceat(other[HIGH], starts)


def _take_over_spread(whole: Spread, branches: Spread, rows: Indices, starts: Indices) -> None:
    low = np.minimum.reduceat(branches.low + FAR * ~branches.live, starts)
    high = np.maximum.reduceat(branches.high - FAR * ~branches.live, starts)
    ever = low < FAR
    whole.block[LOW, rows[ever]], whole.block[HIGH, rows[ever]] = low[ever], high[ever]
