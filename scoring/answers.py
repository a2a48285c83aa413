"""From stored answers to columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from scoring.batch import CODE_NA, NO_ANSWER, PICKS_MISSING, PICKS_NA, Batch
from scoring.compiled import Asked, Compiled
from scoring.faults import MAPPINGS, NA, Fault, faults
from scoring.parameters import UNKNOWN, code_of
from scoring.slots import Slot, cell_code, cell_slot, clause_slot
from scoring.syntax import day_number
from scoring.tables import NONE_MET

ANSWERED: Final = 0
"""The code of a text or file that is there."""

Answers = Mapping[str, Any]


class FaultyAnswers(ValueError):  # noqa: N818 — it names the thing that is wrong
    """Answers that cannot be scored, with all their faults."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.code}" for fault in found))
        self.faults = found


@dataclass(frozen=True, slots=True)
class LinkedValue:
    """A raw value or figure from another result, and where it comes from as plain values (slug, submission, digest …) for the trace."""

    value: float
    source: dict[str, Any] = field(default_factory=dict)


Links = Mapping[str, LinkedValue]
"""What is read from other results, by the id of an indicator, a number or a cell (`QUESTION.ROW.COLUMN`)."""


def encode(
    compiled: Compiled,
    answers: Answers,
    links: Links | None = None,
    year: int | None = None,
    industry: str | None = None,
) -> Batch:
    """Return the answers of one assessment as a batch of one; `industry` is a division's code. Raises FaultyAnswers."""
    return encode_many(compiled, [answers], [links or {}], [year], [industry])


def encode_many(
    compiled: Compiled,
    answers: Sequence[Answers],
    links: Sequence[Links] | None = None,
    years: Sequence[int | None] | None = None,
    industries: Sequence[str | None] | None = None,
) -> Batch:
    """Return the answers of many assessments, a row each. Raises FaultyAnswers for the first that has faults."""
    batch = blank(compiled, len(answers))
    for row, given in enumerate(answers):
        found = faults(compiled.model, given)
        if found:
            raise FaultyAnswers(found)
        for name, answer in given.items():
            asked = compiled.questions[name]
            _KINDS[asked.question.kind](batch, row, asked, answer)
    for row, linked in enumerate(links or ()):
        for name, value in linked.items():
            batch.links[name][row] = value.value
            if name in batch.numbers:  # the figure of a question: what is read beats what is typed
                batch.numbers[name][row] = value.value
    for row, year in enumerate(years or ()):
        batch.year[row] = np.nan if year is None else year
    for row, industry in enumerate(industries or ()):
        batch.industry[row] = code_of(industry)
    return batch


def blank(compiled: Compiled, size: int) -> Batch:
    """Return a batch in which everything is missing."""
    layout = compiled.layout
    return Batch(
        size=size,
        codes=dict(zip(layout.codes, np.full((len(layout.codes), size), NO_ANSWER, np.uint8), strict=True)),
        picks=dict(zip(layout.picks, np.full((len(layout.picks), size), PICKS_MISSING), strict=True)),
        numbers=dict(zip(layout.numbers, np.full((len(layout.numbers), size), np.nan), strict=True)),
        links=dict(zip(layout.links, np.full((len(layout.links), size), np.nan), strict=True)),
        year=np.full(size, np.nan),
        industry=np.full(size, UNKNOWN, np.uint8),
    )


def _is_na(answer: object) -> bool:
    return isinstance(answer, MAPPINGS) and NA in answer


def _put_na(batch: Batch, row: int, slots: Sequence[Slot]) -> None:
    for slot in slots:
        if slot.store == "codes":
            batch.codes[slot.id][row] = CODE_NA
        elif slot.store == "picks":
            batch.picks[slot.id][row] = PICKS_NA
        else:
            batch.numbers[slot.id][row] = np.inf


def _or_na(put: Callable[[Batch, int, Asked, Any], None]) -> Callable[[Batch, int, Asked, Any], None]:
    def put_or_na(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
        if _is_na(answer):
            _put_na(batch, row, asked.slots)
        else:
            put(batch, row, asked, answer)

    return put_or_na


def _put_ladder(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
    degree = answer.get("degree") if answer["level"] else None
    batch.codes[asked.question.id][row] = asked.codes[f"{answer['level']}:{degree or NONE_MET}"]


def _put_checklist(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
    name = asked.question.id
    for group, part in answer.items():
        if _is_na(part):
            prefix = f"{name}.{group}."
            _put_na(batch, row, [slot for slot in asked.slots if slot.id.startswith(prefix)])
            continue
        for clause, degree in part.items():
            batch.codes[clause_slot(name, group, clause)][row] = asked.codes[degree]


def _put_choice(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
    batch.codes[asked.question.id][row] = asked.codes[answer]


def _put_picks(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
    batch.picks[asked.question.id][row] = np.uint64(sum(1 << asked.codes[option] for option in answer))


def _put_text(batch: Batch, row: int, asked: Asked, _: Any) -> None:
    batch.codes[asked.question.id][row] = ANSWERED


def _put_number(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
    batch.numbers[asked.question.id][row] = answer


def _put_date(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
    batch.numbers[asked.question.id][row] = day_number(answer)


def _put_table(batch: Batch, row: int, asked: Asked, answer: Any) -> None:
    for name, cells in answer.items():
        for column, value in cells.items():
            slot = cell_slot(asked.question.id, name, column)
            if isinstance(value, str):
                batch.codes[slot][row] = asked.codes.get(cell_code(column, value), ANSWERED)
            else:
                batch.numbers[slot][row] = value


_KINDS: Final[dict[str, Callable[[Batch, int, Asked, Any], None]]] = {
    "ladder": _or_na(_put_ladder),
    "checklist": _or_na(_put_checklist),
    "choice": _or_na(_put_choice),
    "multi-choice": _or_na(_put_picks),
    "text": _or_na(_put_text),
    "file": _or_na(_put_text),
    "number": _or_na(_put_number),
    "date": _or_na(_put_date),
    "table": _or_na(_put_table),
}

__all__ = ["Answers", "Fault", "FaultyAnswers", "LinkedValue", "Links", "blank", "encode", "encode_many", "faults"]
