"""Slots: the columns that a question's answers take. An id of a slot is that of the question, clause or cell."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from scoring.model import Question

Store = Literal["codes", "picks", "numbers"]

_STORES: Final[dict[str, Store]] = {
    "ladder": "codes",
    "checklist": "codes",
    "choice": "codes",
    "text": "codes",
    "file": "codes",
    "multi-choice": "picks",
    "number": "numbers",
    "date": "numbers",
    "table": "numbers",
}


class Slot(NamedTuple):
    """One column of a batch."""

    id: str
    store: Store


def store_of(question: Question) -> Store:
    """Return where a question's answers are kept."""
    return _STORES[question.kind]


def slots_of(question: Question) -> tuple[Slot, ...]:
    """Return the slots of a question in its order: one, or one per clause or cell."""
    store = store_of(question)
    if question.kind == "checklist":
        return tuple(
            Slot(clause_slot(question.id, group.id, c.id), store) for group in question.groups for c in group.clauses
        )
    if question.kind == "table":
        return tuple(
            Slot(cell_slot(question.id, row, column.id), "numbers" if column.kind == "number" else "codes")
            for row in question.rows
            for column in question.columns
        )
    return (Slot(question.id, store),)


def clause_slot(question: str, group: str, clause: str) -> str:
    """Return the id of a clause's slot."""
    return f"{question}.{group}.{clause}"


def cell_slot(question: str, row: str, column: str) -> str:
    """Return the id of a cell's slot."""
    return f"{question}.{row}.{column}"


def cell_code(column: str, option: str) -> str:
    """Return the key of the code of an option of a table's column of options."""
    return f"{column}:{option}"
