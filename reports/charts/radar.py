"""The radar of domains, with names set in two columns so that no two can touch; bars where there are too few spokes for a shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.bars import bar_parts
from reports.charts.palette import BRAND, INK, INK_2, INK_3, LINE_2, SEAL, shade
from reports.charts.svg import Point, circle, drawing, label, line, lines, polygon
from reports.charts.text import apart, clipped, shortened

SIZE = 11.0
ROW = SIZE * 1.3
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Spoke:
    """A named value; None where there is none. `low` and `high` span what is still possible."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class _Wheel:
    centre: Point
    radius: float
    low: float
    high: float
    count: int

    def point(self, index: int, value: float, beyond: float = 0) -> Point:
        angle = 2 * math.pi * index / self.count
        distance = self.radius * (value - self.low) / (self.high - self.low) + beyond
        return self.centre[0] + distance * math.sin(angle), self.centre[1] - distance * math.cos(angle)


@dataclass(frozen=True, slots=True)
class _Name:
    """A label of a spoke: its lines, the height it wants and the side it stands on (−1 left, 0 middle, 1 right)."""

    index: int
    rows: list[str]
    wants: float
    side: int

    @property
    def tall(self) -> float:
        return len(self.rows) * ROW


def radar(
    spokes: Sequence[Spoke],
    *,
    scale: tuple[float, float],
    title: str,
    desc: str = "",
    rings: Sequence[float] = (),
    threshold: float | None = None,
    width: float = 460,
) -> Markup:
    """Draw `spokes` clockwise from the top on `scale`; `rings` are the levels' borders, `threshold` the cinnabar one.

    The height follows from the number of names. Fewer than three spokes become bars.
    """
    if len(spokes) < FEWEST:
        return _bars(spokes, scale=scale, title=title, desc=desc, threshold=threshold, width=width)
    radius = min(width * 0.235, 170)
    height = max(2 * radius + 4.4 * ROW, _tallest(spokes, _room(width, radius)) + 4.4 * ROW)
    wheel = _Wheel((width / 2, height / 2), radius, *scale, len(spokes))
    names = _names(wheel, spokes, width)
    parts = [*_web(wheel, rings, threshold), *_shape(wheel, spokes)]
    parts += [part for name, y in names for part in _name_parts(wheel, name, y)]
    return drawing(width, height, title, desc, parts)


def _room(width: float, radius: float) -> float:
    """Return the width that a name has beside the wheel."""
    return width / 2 - radius - 18


def _rows(spokes: Sequence[Spoke]) -> int:
    return 3 if len(spokes) <= 16 else 2


def _tallest(spokes: Sequence[Spoke], room: float) -> float:
    heights = [len(clipped(spoke.name, room, SIZE, _rows(spokes))) * ROW + 3 for spoke in spokes[1:]]
    half = math.ceil(len(heights) / 2)
    return max(sum(heights[:half]), sum(heights[half:]))


def _web(wheel: _Wheel, rings: Sequence[float], threshold: float | None) -> list[str]:
    circles = sorted({*rings, wheel.high} - {wheel.low} - {threshold})
    parts = [
        line(wheel.centre, wheel.point(index, wheel.high), stroke=LINE_2, stroke_width=0.5)
        for index in range(wheel.count)
    ]
    parts += [_ring(wheel, value, LINE_2, 0.7) for value in circles]
    return [*parts, _ring(wheel, threshold, SEAL, 1.1, "5 3")] if threshold is not None else parts


def _ring(wheel: _Wheel, value: float, stroke: str, width: float, dash: str | None = None) -> str:
    corners = [wheel.point(index, value) for index in range(wheel.count)]
    return polygon(corners, fill="none", stroke=stroke, stroke_width=width, stroke_dasharray=dash)


def _shape(wheel: _Wheel, spokes: Sequence[Spoke]) -> list[str]:
    known = [(index, spoke.value) for index, spoke in enumerate(spokes) if spoke.value is not None]
    corners = [wheel.point(index, value) for index, value in known]
    parts = [_range(wheel, index, spoke) for index, spoke in enumerate(spokes)]
    if len(corners) >= FEWEST:
        parts.append(
            polygon(
                corners, fill=shade(0.75), fill_opacity=0.2, stroke=BRAND, stroke_width=1.6, stroke_linejoin="round"
            )
        )
    return [*parts, *(circle(corner, 2.6, fill=BRAND) for corner in corners)]


def _range(wheel: _Wheel, index: int, spoke: Spoke) -> str:
    if spoke.value is not None or spoke.low is None or spoke.high is None:
        return ""
    return line(
        wheel.point(index, spoke.low), wheel.point(index, spoke.high), stroke=SEAL, stroke_width=2.4, stroke_opacity=0.7
    )


def _names(wheel: _Wheel, spokes: Sequence[Spoke], width: float) -> list[tuple[_Name, float]]:
    """Return every name with the height of its first line: the top and bottom ones alone, the others in two columns."""
    labels = [_name(wheel, index, spoke, width, _rows(spokes)) for index, spoke in enumerate(spokes)]
    height = 2 * wheel.centre[1]
    placed = [(name, ROW * 0.6 if name.index == 0 else height - ROW * 0.6) for name in labels if name.side == 0]
    for side in (-1, 1):
        column = sorted((name for name in labels if name.side == side), key=lambda name: name.wants)
        wants = [name.wants - name.tall / 2 for name in column]
        tops = apart(wants, [name.tall for name in column], ROW * 1.3, height - ROW * 1.3, 3)
        placed += [(name, top + ROW / 2) for name, top in zip(column, tops, strict=True)]
    return placed


def _name(wheel: _Wheel, index: int, spoke: Spoke, width: float, rows: int) -> _Name:
    x, y = wheel.point(index, wheel.high, 12)
    side = 0 if abs(x - wheel.centre[0]) < 1 else 1 if x > wheel.centre[0] else -1
    room = width * 0.8 if side == 0 else _room(width, wheel.radius)
    return _Name(index, clipped(spoke.name, room, SIZE, 1 if side == 0 else rows), y, side)


def _name_parts(wheel: _Wheel, name: _Name, y: float) -> list[str]:
    if name.side == 0:
        return [lines(wheel.centre[0], y, name.rows, size=SIZE)]
    edge = wheel.point(name.index, wheel.high, 3)
    middle = y - ROW / 2 + name.tall / 2
    x = wheel.centre[0] + name.side * _offset(wheel, edge, middle, name.tall)
    anchor = "start" if name.side > 0 else "end"
    moved = abs(middle - edge[1]) > ROW
    leader = [line(edge, (x - name.side * 3, middle), stroke=INK_3, stroke_width=0.5)] if moved else []
    return [*leader, lines(x, y, name.rows, size=SIZE, fill=INK, anchor=anchor)]


def _offset(wheel: _Wheel, edge: Point, middle: float, tall: float) -> float:
    """Return how far from the axis a name must start to stay outside the wheel over its whole height."""
    nearest = max(0.0, abs(middle - wheel.centre[1]) - tall / 2)
    inside = math.sqrt(max(0.0, (wheel.radius + 10) ** 2 - nearest**2))
    return min(max(inside, abs(edge[0] - wheel.centre[0]) + 6), wheel.radius + 14)


def _bars(
    spokes: Sequence[Spoke], *, scale: tuple[float, float], title: str, desc: str, threshold: float | None, width: float
) -> Markup:
    """Draw one bar under another, each below its name: what a radar of one or two spokes would fail to show."""
    parts: list[str] = []
    for row, spoke in enumerate(spokes):
        y = 10 + row * 44
        parts += [
            label(
                0,
                y,
                shortened(spoke.name, width, SIZE + 1),
                size=SIZE + 1,
                fill=INK if spoke.value is not None else INK_2,
            )
        ]
        parts += bar_parts(spoke.value, scale, y + 14, width, 12, threshold=threshold, span=_known_span(spoke))
    return drawing(width, max(1, len(spokes)) * 44 + 4, title, desc, parts)


def _known_span(spoke: Spoke) -> tuple[float, float] | None:
    return (spoke.low, spoke.high) if spoke.low is not None and spoke.high is not None else None
