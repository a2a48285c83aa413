"""A ranking with intervals: a dot for the value, a bar for its 5–95 % range, one row a region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.palette import BRAND, INK, INK_2, INK_3, LEVELS, LINE, SEAL
from reports.charts.svg import circle, drawing, element, label, line, rect
from reports.charts.text import shortened

ROW, HEAD, RANK = 26.0, 8.0, 34.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A row: rank, name, value with its range (None where unknown), what stands at the end, and why there is no value."""

    rank: str
    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    end: str = ""
    lack: str = ""
    href: str = ""


def ranges(
    rows: list[Interval],
    scale: tuple[float, float],
    *,
    title: str,
    desc: str = "",
    reference: float | None = None,
    width: float = 640,
    names: float = 130,
    decimals: int = 1,
) -> Markup:
    """Draw the rows on `scale`; `reference` is a line through all of them."""
    left, right, height = RANK + names, width - 70, HEAD + len(rows) * ROW + 24
    low, high = scale

    def at(value: float) -> float:
        return left + (right - left) * min(1.0, max(0.0, (value - low) / (high - low)))

    parts = [one for tick in _ticks(low, high) for one in _grid(at(tick), tick, height, decimals)]
    if reference is not None:
        parts.append(line((at(reference), 0), (at(reference), height - 22), stroke=SEAL, stroke_width=1.2))
    for number, row in enumerate(rows):
        parts.append(_row(row, HEAD + (number + 0.5) * ROW, left, width, at))
    return drawing(width, height, title, desc, parts, role="group")


def _grid(x: float, tick: float, height: float, decimals: int) -> list[str]:
    return [
        line((x, 0), (x, height - 22), stroke=LINE, stroke_width=1),
        label(x, height - 9, f"{tick:.{decimals}f}", size=11, fill=INK_3, anchor="middle"),
    ]


def _ticks(low: float, high: float) -> list[float]:
    return [low + (high - low) * step / 5 for step in range(6)]


def _row(row: Interval, y: float, left: float, width: float, at: Callable[[float], float]) -> str:
    name = label(RANK, y, shortened(row.name, left - RANK - 10, 12.5), size=12.5, fill=BRAND if row.href else INK)
    parts = [
        label(RANK - 10, y, row.rank, size=12, fill=INK_2, anchor="end"),
        element("a", name, href=row.href) if row.href else name,
        label(width, y, row.end, size=11, fill=INK_3, anchor="end"),
    ]
    if row.value is None:
        return "".join([*parts, label(left + 4, y, row.lack, size=11.5, fill=INK_3)])
    if row.low is not None and row.high is not None:
        parts.append(rect(at(row.low), y - 3, max(2.0, at(row.high) - at(row.low)), 6, rx=3, fill=LEVELS[2]))
    parts.append(circle((at(row.value), y), 4.6, fill=LEVELS[4]))
    return "".join(parts)
