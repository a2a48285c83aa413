"""Figures over the years: a line for each, its name at the end, every figure in writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.palette import BRAND, CARD, INK, INK_2, INK_3, LEVELS, LINE, LINE_2, SEAL
from reports.charts.svg import Point, drawing, element, label, line, number, polygon, rect
from reports.charts.text import apart, clipped, width_of

TOP, BOTTOM, SIZE, NAME = 20.0, 26.0, 10.5, 11.0
ROOM = 34.0
"""How far the next point above must be for a figure to stand above its own."""
STYLES = ((BRAND, None), (LEVELS[2], "7 4"), (INK_3, "2 3"), (SEAL, "10 3 2 3"))


@dataclass(frozen=True, slots=True)
class Trace:
    """A line: its name, its values (None where there is none) and their text."""

    name: str
    values: tuple[float | None, ...]
    figures: tuple[str, ...]


def lines_chart(
    traces: Sequence[Trace],
    years: Sequence[str],
    *,
    title: str,
    desc: str = "",
    width: float = 620,
    height: float = 210,
) -> Markup:
    """Draw the traces over the years; strokes and marks differ, so that they can be told apart in grey."""
    left, right = 30.0, width * 0.68
    known = [value for trace in traces for value in trace.values if value is not None]
    low, high = min(0.0, *known), max(0.0, *known)
    floor = height - BOTTOM
    span = (high - low) or 1.0
    xs = [left + (right - left) * (place / (len(years) - 1) if len(years) > 1 else 0.5) for place in range(len(years))]
    points = [
        [
            None if value is None else (x, floor - (value - low) / span * (floor - TOP))
            for x, value in zip(xs, trace.values, strict=True)
        ]
        for trace in traces
    ]
    parts = [line((x, TOP - 6), (x, floor), stroke=LINE, stroke_width=1) for x in xs]
    zero = floor - (0.0 - low) / span * (floor - TOP)
    parts.append(line((0, zero), (right, zero), stroke=LINE_2, stroke_width=1))
    parts += [
        label(x, height - 10, year, size=SIZE, fill=INK_2, anchor="middle") for x, year in zip(xs, years, strict=True)
    ]
    for place, found in enumerate(points):
        parts += _line(found, place)
    for column in range(len(years)):
        parts += _figures(traces, points, column, floor, last=column == len(years) - 1)
    parts += _ends(traces, points, right + 12, width, floor)
    return drawing(width, height, title, desc, parts)


def _line(points: Sequence[Point | None], place: int) -> list[str]:
    colour, dash = STYLES[place % len(STYLES)]
    known = [point for point in points if point]
    path = " ".join(f"{number(x)},{number(y)}" for x, y in known)
    drawn = [element("polyline", points=path, fill="none", stroke=colour, stroke_width=2, stroke_dasharray=dash)]
    return (drawn if len(known) > 1 else []) + [_mark(point, place) for point in known]


def _mark(at: Point, place: int) -> str:
    (x, y), (colour, _) = at, STYLES[place % len(STYLES)]
    match place % len(STYLES):
        case 0:
            return element("circle", cx=x, cy=y, r=4, fill=colour)
        case 1:
            return rect(x - 4, y - 4, 8, 8, fill=CARD, stroke=colour, stroke_width=2)
        case 2:
            return polygon([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)], fill=colour)
    return polygon([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)], fill=CARD, stroke=colour, stroke_width=2)


def _figures(
    traces: Sequence[Trace], points: Sequence[Sequence[Point | None]], column: int, floor: float, *, last: bool
) -> list[str]:
    """Write a year's figures above their points, below where another is close above; those of the last year stand with the names."""
    if last:
        return []
    found = sorted(
        (point[1], point[0], trace.figures[column])
        for trace, row in zip(traces, points, strict=True)
        if (point := row[column])
    )
    above = [place == 0 or y - found[place - 1][0] > ROOM for place, (y, _, _) in enumerate(found)]
    wants = [y - 19 if up else y + 8 for up, (y, _, _) in zip(above, found, strict=True)]
    tops = apart(wants, [SIZE] * len(found), 0, floor - 2, 2)
    return [
        label(x + 5, top + SIZE / 2, text, size=SIZE, fill=INK_2) for top, (_, x, text) in zip(tops, found, strict=True)
    ]


def _ends(
    traces: Sequence[Trace], points: Sequence[Sequence[Point | None]], x: float, width: float, floor: float
) -> list[str]:
    """Write figure and name at the end of each line."""
    found = sorted(
        (row[-1][1] if row[-1] else floor, place, trace.figures[-1], trace.name)
        for place, (trace, row) in enumerate(zip(traces, points, strict=True))
    )
    room = width - x - 14
    names = [clipped(name, room - width_of(figure, NAME) - 8, NAME - 1, 2) for _, _, figure, name in found]
    sizes = [max(14.0, 12.5 * len(rows)) for rows in names]
    tops = apart([y - size / 2 for (y, *_), size in zip(found, sizes, strict=True)], sizes, 0, floor + 8, 3)
    parts = []
    for top, size, rows, (_, place, figure, _) in zip(tops, sizes, names, found, strict=True):
        middle = top + size / 2
        start = x + 14 + width_of(figure, NAME) + 6
        parts += [_mark((x + 4, middle), place), label(x + 14, middle, figure, size=NAME, fill=INK, weight=600)]
        parts += [
            label(start, middle + (row - (len(rows) - 1) / 2) * 12.5, text, size=NAME - 1, fill=INK_2)
            for row, text in enumerate(rows)
        ]
    return parts
