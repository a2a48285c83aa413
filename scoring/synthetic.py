"""Made-up answers in bulk, for measuring and for tests: random, with gaps, and some that lie exactly on borders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from scoring.answers import ANSWERED, blank
from scoring.batch import CODE_NA, NO_ANSWER, PICKS_MISSING, PICKS_NA, Batch
from scoring.columns import Bools, Floats
from scoring.compiled import Asked, Compiled, Leaf
from scoring.model import Breakpoints
from scoring.slots import Slot

Random = np.random.Generator
USUAL_RANGE = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Mix:
    """Which shares of answers are missing, of answers that allow it not applicable, and of rows on a border."""

    missing: float = 0.05
    not_applicable: float = 0.1
    border: float = 0.01


class _Gap(NamedTuple):
    """How a lack of an answer is stored."""

    code: int
    picks: np.uint64
    number: float


_MISSING: Final = _Gap(NO_ANSWER, PICKS_MISSING, np.nan)
_NA: Final = _Gap(CODE_NA, PICKS_NA, np.inf)


def synthetic(compiled: Compiled, size: int, random: Random, mix: Mix | None = None) -> Batch:
    """Return a batch of made-up answers. On a border row every ladder and number stands at the border of a band."""
    mix = mix or Mix()
    batch = blank(compiled, size)
    for asked in compiled.questions.values():
        _answer(batch, asked, random)
    _leave_out(batch, compiled, random, mix)
    _put_on_borders(batch, compiled, random, random.random(size) < mix.border)
    batch.year[:] = 2025
    return batch


def _answer(batch: Batch, asked: Asked, random: Random) -> None:
    size, question = batch.size, asked.question
    for slot in asked.slots:
        if slot.store == "codes":
            batch.codes[slot.id][:] = random.integers(0, _options(asked, slot) or ANSWERED + 1, size)
        elif slot.store == "picks":
            batch.picks[slot.id][:] = random.integers(0, 1 << len(question.options), size, np.uint64)
        else:
            low, high = _range(asked, slot)
            batch.numbers[slot.id][:] = low + (high - low) * random.random(size)


def _options(asked: Asked, slot: Slot) -> int:
    """Return how many answers a slot of codes takes, 0 for words."""
    columns = {column.id: len(column.options) for column in asked.question.columns}
    return columns[slot.id.rpartition(".")[2]] if columns else len(asked.codes)


def _range(asked: Asked, slot: Slot) -> tuple[float, float]:
    """Return where numbers lie: between a question's bounds, never further from its lower bound than usual numbers."""
    question = asked.question
    row = slot.id.split(".")[-2] if question.rows else ""
    least, most = question.row_bounds.get(row, (question.minimum, question.maximum))
    low = USUAL_RANGE[0] if least is None else max(least, -USUAL_RANGE[1])
    return low, min(low + USUAL_RANGE[1], np.inf if most is None else most)


def _leave_out(batch: Batch, compiled: Compiled, random: Random, mix: Mix) -> None:
    for asked in compiled.questions.values():
        for slots in _groups_with_na(asked):
            _mark(batch, slots, random.random(batch.size) < mix.not_applicable, _NA)
        for slot in asked.slots:
            _mark(batch, [slot], random.random(batch.size) < mix.missing, _MISSING)


def _groups_with_na(asked: Asked) -> list[list[Slot]]:
    """Return the sets of slots that may be not applicable together."""
    if asked.question.na_allowed:
        return [list(asked.slots)]
    slots = {slot.id: slot for slot in asked.slots}
    allowed = {group.id for group in asked.question.groups if group.na_allowed}
    return [[slots[name] for name in group.slots] for group in asked.groups if group.id in allowed]


def _mark(batch: Batch, slots: list[Slot], rows: Bools, gap: _Gap) -> None:
    for slot in slots:
        if slot.store == "codes":
            batch.codes[slot.id][rows] = gap.code
        elif slot.store == "picks":
            batch.picks[slot.id][rows] = gap.picks
        else:
            batch.numbers[slot.id][rows] = gap.number


def _put_on_borders(batch: Batch, compiled: Compiled, random: Random, rows: Bools) -> None:
    borders = np.array([level.lower for level in compiled.model.levels if level.lower is not None])
    if not len(borders):
        return
    values = random.choice(borders, batch.size)
    for leaf in compiled.leaves.values():
        if leaf.asked is not None and leaf.table is not None:
            nearest = np.abs(leaf.table[0, : len(leaf.asked.codes), None] - borders).argmin(axis=0)
            codes = nearest[np.searchsorted(borders, values)].astype(np.uint8)
            batch.codes[leaf.asked.question.id][rows] = codes[rows]
        elif leaf.asked is not None and leaf.asked.question.kind == "number":
            batch.numbers[leaf.asked.question.id][rows] = _raw_for(leaf, values)[rows]


def _raw_for(leaf: Leaf, values: Floats) -> Floats:
    """Return raw numbers whose values are the given ones."""
    rule = leaf.indicator.rule
    if not isinstance(rule, Breakpoints):
        return values
    order = 1 if rule.value[0] <= rule.value[-1] else -1
    return np.interp(values, rule.value[::order], rule.raw[::order])
