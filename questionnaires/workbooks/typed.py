"""What a cell holds, read as what its question asks for."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from openpyxl.cell.cell import Cell as Found
from openpyxl.cell.cell import MergedCell

from questionnaires.days import read_day
from questionnaires.faults import did_you_mean
from questionnaires.figures import FigureError, check_range, half_width, read_figure
from questionnaires.text import Text

from .plan import Cell

PERCENT: Final = "%"
DIGITS: Final = 15
NEAR: Final = 1e-6


class CellError(ValueError):
    """What stands in the cell cannot be taken; `code` and `detail` as in the messages of workbooks."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell's value; `other` is what it may have been meant as (a bare 0.3 where the unit is percent: 30)."""

    value: Any
    other: float | None = None


def read_cell(found: Found | MergedCell, cell: Cell) -> Typed | None:
    """Return what stands in the cell, None when it is blank; raises `CellError`."""
    value = found.value
    if found.data_type == "f" or (value is not None and not isinstance(value, _PLAIN)):
        raise CellError("workbook-formula")
    if found.data_type == "e":
        raise CellError("workbook-error", found=str(value))
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    match cell.holds:
        case "number":
            return _number(value, found.number_format or "", cell)
        case "option":
            return Typed(_option(value, cell))
        case "date":
            return Typed(_date(value))
    return Typed(_text(value, cell))


_PLAIN: Final = (str, int, float, bool, datetime.datetime, datetime.date, datetime.time)


def _number(value: Any, number_format: str, cell: Cell) -> Typed:
    try:
        if isinstance(value, str):
            figure = read_figure(value, cell.bounds)
            assert figure is not None  # noqa: S101 - blank text was taken out before
            return Typed(figure)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CellError("figure-text", typed=_shown(value))
        return _bare(float(value), number_format, cell)
    except FigureError as error:
        raise CellError(error.code, **error.detail) from None


def _bare(value: float, number_format: str, cell: Cell) -> Typed:
    percent = PERCENT in cell.bounds.units
    if PERCENT in number_format:
        if not percent:
            raise CellError("workbook-percent", unit=Text(*_pair(cell.bounds.units)))
        return Typed(_kept(_rounded(value * 100), cell))
    figure = _kept(value, cell)
    doubtful = percent and 0 < abs(value) <= 1 and cell.bounds.decimals > 0
    return Typed(figure, _rounded(value * 100) if doubtful else None)


def _pair(units: tuple[str, ...]) -> tuple[str, str]:
    return (units[0], units[-1]) if units else ("", "")


def _rounded(value: float) -> float:
    """Drop what binary fractions add: 0.07 · 100 is 7."""
    return float(f"{value:.{DIGITS}g}")


def _kept(value: float, cell: Cell) -> float | int:
    """Return the figure with as many decimals as are kept: sheets show 12.35 and hold 12.3456789."""
    decimals = cell.bounds.decimals
    figure = round(_rounded(value), decimals)
    if decimals == 0 and abs(figure - value) > NEAR:
        raise CellError("figure-whole")
    if abs(figure) >= 10**DIGITS:
        raise CellError("figure-digits", digits=DIGITS)
    check_range(figure, cell.bounds)
    return figure if decimals else int(figure)


def _option(value: Any, cell: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    typed = half_width(str(value))
    for id_, label in cell.options:
        if typed in {id_, half_width(label.zh), half_width(label.en)}:
            return id_
    labels = [label.zh for _, label in cell.options]
    raise CellError("workbook-option", found=_shown(value), hint=did_you_mean(typed, labels))


def _date(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    day = value if isinstance(value, datetime.date) else read_day(str(value))
    if day is None:
        raise CellError("workbook-date", found=_shown(value))
    return day.isoformat()


def _text(value: Any, cell: Cell) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    kept = [one for one in str(value).replace("\r\n", "\n") if one == "\n" or unicodedata.category(one) != "Cc"]
    text = "".join(kept).strip()
    if len(text) > cell.longest:
        raise CellError("workbook-long", found=len(text), most=cell.longest)
    return text


def _shown(value: Any) -> str:
    text = str(value).strip()
    return text if len(text) <= 20 else f"{text[:20]}…"
