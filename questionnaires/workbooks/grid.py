"""A plain table in a workbook: the first sheet as rows of text, as a CSV file would give them."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.cell.cell import Cell, MergedCell

from questionnaires.faults import Fault, Faulty
from questionnaires.sheet import SheetRow

from .opening import open_workbook

EXACT = 1e15
"""Below it a float holds whole numbers exactly."""


def read_grid(data: bytes, name: str) -> list[SheetRow]:
    """Return the rows of the first sheet that are not empty. Raises `Faulty` when there is no workbook, or for cells that hold no value."""
    sheet = open_workbook(data, name).worksheets[0]
    rows = list(sheet.iter_rows())
    faults = [fault for line, row in enumerate(rows, start=1) for fault in _faults(row, line, name)]
    if faults:
        raise Faulty(faults)
    texts = [SheetRow(line, tuple(_text(cell) for cell in row)) for line, row in enumerate(rows, start=1)]
    filled = [row for row in texts if any(row.cells)]
    width = max((place for row in filled for place, text in enumerate(row.cells, start=1) if text), default=0)
    return [SheetRow(row.line, row.cells[:width]) for row in filled]


def _faults(row: tuple[Cell | MergedCell, ...], line: int, name: str) -> Iterator[Fault]:
    for cell in row:
        if cell.data_type == "f":
            yield Fault.of("workbook-formula", name, line, (), {"place": cell.coordinate})
        elif cell.data_type == "e":
            yield Fault.of("workbook-error", name, line, (), {"place": cell.coordinate, "found": str(cell.value)})


def _text(cell: Cell | MergedCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int | float) and "%" in (cell.number_format or ""):
        return f"{value:.6%}"  # what it shows: whether a fraction or a percentage is meant is not for us to guess
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    return str(value).strip()
