"""What something consists of, by year: a stacked bar a year, and below it every part with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from markupsafe import Markup

from reports.charts.lines import Trace
from reports.charts.palette import CARD, INK, INK_2, LINE, ink_on, shade
from reports.charts.svg import drawing, label, line, rect
from reports.charts.text import shortened, width_of

TALL, THICK, ROW, SIZE, GAP = 26.0, 18.0, 18.0, 10.5, 10.0


def stacks(
    parts: Sequence[Trace],
    years: Sequence[str],
    totals: Sequence[str],
    *,
    title: str,
    desc: str = "",
    width: float = 620,
) -> Markup:
    """Draw the parts of every year, numbered alike in the bars and below, from dark to light, so that they also read in grey.

    A negative part has no bar; its figure says that it is one.
    """
    left = max(width_of(year, SIZE) for year in years) + GAP
    right = width - max(width_of(total, SIZE) for total in totals) - GAP
    sums = [sum(max(0.0, part.values[place] or 0.0) for part in parts) for place in range(len(years))]
    scale = (right - left) / (max(sums) or 1.0)
    drawn = [
        piece
        for place, year in enumerate(years)
        for piece in _bar(
            parts, place, year=year, total=totals[place], left=left, y=place * TALL, width=width, scale=scale
        )
    ]
    top = len(years) * TALL + 8
    drawn += _key(parts, years, top, width)
    return drawing(width, top + ROW * (len(parts) + 1), title, desc, drawn)


def _bar(
    parts: Sequence[Trace], place: int, *, year: str, total: str, left: float, y: float, width: float, scale: float
) -> list[str]:
    middle, top = y + TALL / 2, y + (TALL - THICK) / 2
    sizes = [max(0.0, part.values[place] or 0.0) * scale for part in parts]
    starts = [left, *(left + end for end in accumulate(sizes))]
    found = [label(0, middle, year, size=SIZE, fill=INK_2)]
    for number, (start, size) in enumerate(zip(starts, sizes, strict=False)):
        if size > 0:
            found += _piece(number, len(parts), start, top, size)
    found.append(label(width, middle, total, size=SIZE, anchor="end", weight=600))
    return found


def _piece(number: int, count: int, x: float, y: float, size: float) -> list[str]:
    fill = _fill(number, count)
    text = str(number + 1)
    found = [rect(x, y, size, THICK, fill=fill, stroke=CARD, stroke_width=1)]
    if size > width_of(text, 9.5) + 4:
        found.append(label(x + size / 2, y + THICK / 2, text, size=9.5, fill=ink_on(fill), anchor="middle"))
    return found


def _fill(number: int, count: int) -> str:
    return shade(1 - number / max(1, count - 1) if count > 1 else 0.75)


def _key(parts: Sequence[Trace], years: Sequence[str], top: float, width: float) -> list[str]:
    """Write each part with its number and its figures, a column a year."""
    columns = [
        max(width_of(year, SIZE), *(width_of(part.figures[place], SIZE) for part in parts)) + 14
        for place, year in enumerate(years)
    ]
    ends = [width - sum(columns[place + 1 :]) for place in range(len(columns))]
    room = width - sum(columns) - 24
    head = top + ROW / 2
    found = [
        label(end, head, year, size=SIZE - 1, fill=INK_2, anchor="end") for end, year in zip(ends, years, strict=True)
    ]
    for number, part in enumerate(parts):
        middle, fill = top + ROW * (number + 1.5), _fill(number, len(parts))
        found += [
            line((0, middle - ROW / 2), (width, middle - ROW / 2), stroke=LINE, stroke_width=0.8),
            rect(0, middle - 6.5, 16, 13, fill=fill),
            label(8, middle, str(number + 1), size=9, fill=ink_on(fill), anchor="middle"),
            label(24, middle, shortened(part.name, room, SIZE), size=SIZE, fill=INK),
        ]
        found += [
            label(end, middle, figure, size=SIZE, fill=INK, anchor="end")
            for end, figure in zip(ends, part.figures, strict=True)
        ]
    return found
