"""The map of the standards system: a cell per node, the darker the stronger, outlined where nothing was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.bars import Range, position
from reports.charts.palette import CARD, INK_3, LINE_2, ink_on, shade
from reports.charts.svg import drawing, label, rect
from reports.charts.text import shortened

GAP, TALL = 3.0, 34.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A node: its code, what is written below the code, its value (None where there is none) and whether it was asked at all."""

    code: str
    value: float | None
    note: str = ""
    asked: bool = True


def coverage(
    rows: Sequence[Sequence[Cell]], *, scale: Range, title: str, desc: str = "", width: float = 460, columns: int = 10
) -> Markup:
    """Draw rows of cells, each row broken after `columns`; a row is a branch of the tree."""
    wide = (width - GAP * (columns - 1)) / columns
    broken = [row[start : start + columns] for row in rows for start in range(0, len(row), columns)]
    parts = [
        part
        for line, row in enumerate(broken)
        for place, cell in enumerate(row)
        for part in _cell(cell, scale, place * (wide + GAP), line * (TALL + GAP), wide)
    ]
    return drawing(width, max(1, len(broken)) * (TALL + GAP) - GAP, title, desc, parts)


def _cell(cell: Cell, scale: Range, x: float, y: float, wide: float) -> list[str]:
    middle, known = x + wide / 2, cell.value is not None
    fill = shade(position(cell.value, scale)) if cell.value is not None else CARD
    ink = ink_on(fill) if known else INK_3
    stroke = None if known else LINE_2
    dash = None if known or cell.asked else "3 2"
    inset = 0.0 if known else 0.5
    return [
        rect(x + inset, y + inset, wide - 2 * inset, TALL - 2 * inset, fill=fill, stroke=stroke, stroke_dasharray=dash),
        label(middle, y + 12, shortened(cell.code, wide - 4, 11), size=11, fill=ink, anchor="middle", weight=600),
        label(middle, y + 25, shortened(cell.note, wide - 4, 9.5), size=9.5, fill=ink, anchor="middle"),
    ]
