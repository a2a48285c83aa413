"""The way from one figure to another: a row for each step, its name on the left, its figure on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from reports.charts.palette import BRAND, CARD, INK, INK_2, INK_3, LEVELS, LINE_2
from reports.charts.svg import drawing, label, line, rect
from reports.charts.text import clipped, width_of

TALL, THICK, SIZE, GAP = 27.0, 15.0, 11.0, 8.0
WIDEST_LABEL = 0.34


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """A step: a total, an addition (its value may be negative) or a deduction (its value is what is taken away)."""

    label: str
    kind: Literal["total", "plus", "minus"]
    value: float
    figure: str

    @property
    def change(self) -> float:
        """What the step adds to the level reached."""
        return -self.value if self.kind == "minus" else self.value


def waterfall(bars: Sequence[WaterfallBar], *, title: str, desc: str = "", width: float = 620) -> Markup:
    """Draw the steps one under another: totals dark from zero, what adds filled, what takes away outlined, so that it reads in grey."""
    reached = _reached(bars)
    figures = [_signed(bar) for bar in bars]
    left = min(WIDEST_LABEL * width, max(width_of(bar.label, SIZE) for bar in bars) + GAP)
    right = width - max(width_of(figure, SIZE) for figure in figures) - GAP
    low, high = min(0.0, *(min(pair) for pair in reached)), max(0.0, *(max(pair) for pair in reached))
    scale = (right - left) / ((high - low) or 1.0)
    at = [(left + (start - low) * scale, left + (end - low) * scale) for start, end in reached]
    zero = left + (0.0 - low) * scale
    height = TALL * len(bars)
    parts = [line((zero, 0), (zero, height), stroke=LINE_2, stroke_width=1)]
    for place, (bar, (start, end), figure) in enumerate(zip(bars, at, figures, strict=True)):
        parts += _row(bar, start, end, y=place * TALL, left=left, width=width, figure=figure)
        if place + 1 < len(bars):
            y = place * TALL + (TALL + THICK) / 2
            parts.append(line((end, y), (end, y + TALL - THICK), stroke=INK_3, stroke_width=0.8))
    return drawing(width, height, title, desc, parts)


def _reached(bars: Sequence[WaterfallBar]) -> list[tuple[float, float]]:
    """Return where each bar starts and ends; a total starts at zero."""
    found, level = [], 0.0
    for bar in bars:
        start = 0.0 if bar.kind == "total" else level
        level = bar.value if bar.kind == "total" else level + bar.change
        found.append((start, level))
    return found


def _row(bar: WaterfallBar, start: float, end: float, *, y: float, left: float, width: float, figure: str) -> list[str]:
    middle, total = y + TALL / 2, bar.kind == "total"
    weight = 600 if total else None
    names = clipped(bar.label, left - GAP, 9.5 if width_of(bar.label, SIZE) > left - GAP else SIZE, 2)
    size = SIZE if len(names) == 1 and width_of(bar.label, SIZE) <= left - GAP else 9.5
    first = middle - (len(names) - 1) * 5.5
    return [
        *(
            label(0, first + row * 11, name, size=size, fill=INK if total else INK_2, weight=weight)
            for row, name in enumerate(names)
        ),
        _bar(bar, min(start, end), max(start, end), middle - THICK / 2),
        label(width, middle, figure, size=SIZE, anchor="end", weight=weight),
    ]


def _bar(bar: WaterfallBar, x: float, end: float, y: float) -> str:
    wide = max(1.0, end - x)
    if bar.kind == "total":
        return rect(x, y, wide, THICK, fill=BRAND)
    if bar.change >= 0:
        return rect(x, y, wide, THICK, fill=LEVELS[2])
    return rect(x + 0.5, y + 0.5, wide - 1, THICK - 1, fill=CARD, stroke=INK_2, stroke_width=1)


def _signed(bar: WaterfallBar) -> str:
    """Return the figure with its sign in the sum; a total and a zero bare."""
    bare = bar.figure.lstrip("-−")
    if bar.kind == "total":
        return f"−{bare}" if bar.value < 0 else bare
    return bare if bar.value == 0 else f"{'+' if bar.change > 0 else '−'}{bare}"
