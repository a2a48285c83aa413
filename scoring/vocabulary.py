"""What the ids of a model mean in formulas and conditions."""

from __future__ import annotations

from scoring.model import Column, Model, Question
from scoring.parameters import INDUSTRIES
from scoring.slots import cell_slot

YEAR = "year"
INDUSTRY = "industry"
NO_YEAR = "no_year"
"""Stands where a measure reaches beyond the years that there are."""


class Ids:
    """The vocabulary of a model: which ids are numbers, which are questions, and the options to compare with."""

    def __init__(self, model: Model) -> None:
        self._questions = {question.id: question for question in model.questions}
        self._indicators = {indicator.id: indicator for indicator in model.indicators}
        self._linked = {slot for question in model.questions for slot in question.links}
        self._cells: dict[str, tuple[str, Column]] = {}
        self.columns: dict[str, tuple[str, ...]] = {}
        for question in model.questions:
            self._lay_out(question)
        self._derived = {NO_YEAR, *(one.id for one in model.parameters)}
        self._derived |= {name for one in model.measures for name in (one.id, *([one.family] if not one.year else []))}

    def _lay_out(self, table: Question) -> None:
        for column in table.columns:
            cells = tuple(cell_slot(table.id, row, column.id) for row in table.rows)
            self._cells |= dict.fromkeys(cells, (table.id, column))
            if column.kind == "number":
                self.columns[f"{table.id}.{column.id}"] = cells

    def is_number(self, name: str) -> bool:
        question = self._questions.get(name)
        numeric = question is not None and _is_numeric(question)
        cell = name in self._cells and self._cells[name][1].kind == "number"
        return numeric or cell or name == YEAR or name in self._indicators or name in self._derived

    def cells(self, name: str) -> tuple[str, ...]:
        """Return the cells of a table's column of figures, named `TABLE.COLUMN`."""
        return self.columns.get(name, ())

    def has_raw(self, name: str) -> bool:
        return name in self._indicators

    def is_question(self, name: str) -> bool:
        return self.question_of(name) is not None

    def is_linked(self, name: str) -> bool:
        indicator = self._indicators.get(name)
        return name in self._linked or (indicator is not None and indicator.link is not None)

    def is_date(self, name: str) -> bool:
        return self._has_kind(name, "date")

    def options(self, name: str) -> tuple[str, ...] | None:
        if name == INDUSTRY:
            return INDUSTRIES
        if name in self._cells:
            return self._cells[name][1].options or None
        return self._options(name, "choice")

    def picks(self, name: str) -> tuple[str, ...] | None:
        return self._options(name, "multi-choice")

    def question_of(self, name: str) -> str | None:
        """Return the question that an id of a question, cell or indicator leads to."""
        if name in self._questions:
            return name
        if name in self._cells:
            return self._cells[name][0]
        indicator = self._indicators.get(name)
        return indicator.question if indicator else None

    def asked_as(self, name: str) -> str | None:
        """Return the cell or question that an id leads to."""
        return name if name in self._cells else self.question_of(name)

    def _options(self, name: str, kind: str) -> tuple[str, ...] | None:
        question = self._questions.get(self.question_of(name) or "")
        return tuple(option.id for option in question.options) if question and question.kind == kind else None

    def _has_kind(self, name: str, kind: str) -> bool:
        question = self._questions.get(name)
        return question is not None and question.kind == kind


def _is_numeric(question: Question) -> bool:
    if question.kind in {"choice", "multi-choice"}:
        return all(option.value is not None for option in question.options)
    return question.kind in {"ladder", "checklist", "number", "date"}
