"""Fills in a downloaded workbook as a clerk does: options by their labels, figures as figures."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import Any

import openpyxl

from questionnaires.types import Questionnaire
from questionnaires.workbooks.parts import parts_of
from questionnaires.workbooks.plan import Cell, sheets


def filled_in(
    data: bytes, questionnaire: Questionnaire, year: int, answers: Mapping[str, Any], notes: Mapping[str, str]
) -> bytes:
    """Return a Chinese workbook with these answers and notes typed in."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in sheets(questionnaire, year):
        page = book[sheet.name.zh]
        rows = {cell.value: cell.row for cell in page["A"] if cell.value}
        for row in sheet.rows:
            if not row.key:
                continue
            parts = parts_of(
                questionnaire.questions[row.question], answers.get(row.question), notes.get(row.question, "")
            )
            for cell in row.cells:
                if cell.part in parts:
                    page.cell(rows[row.key], cell.column + 1).value = _typed(cell, parts[cell.part])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(cell: Cell, value: Any) -> Any:
    if cell.holds == "option":
        return dict(cell.options)[value].zh
    return datetime.date.fromisoformat(value) if cell.holds == "date" else value
