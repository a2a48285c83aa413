"""The scale with its bands, and where the score, or the interval in which it must lie, stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from reports.charts.bars import Range, position
from reports.charts.ladder import Rung
from reports.charts.palette import INK, INK_2, LEVEL_0, SEAL, level_colours
from reports.charts.svg import circle, clear_x, drawing, label, line, rect
from reports.charts.text import apart, width_of

TOP, THICK, NAME = 28.0, 16.0, 11.0


def band_scale(
    rungs: Sequence[Rung],
    *,
    scale: Range,
    title: str,
    desc: str = "",
    score: float | None = None,
    interval: Range | None = None,
    mark: str = "",
    width: float = 460,
) -> Markup:
    """Draw the bands of `rungs` along `scale` with their borders below; a score is a marker, an interval a bracket, `mark` its text."""
    parts = _bands(rungs, scale, width)
    if score is not None:
        x = width * position(score, scale)
        parts += [line((x, TOP - 6), (x, TOP + THICK), stroke=SEAL, stroke_width=2), circle((x, TOP - 8), 4, fill=SEAL)]
    elif interval is not None:
        parts += _bracket(width * position(interval[0], scale), width * position(interval[1], scale))
    middle = score if score is not None else sum(interval) / 2 if interval else None
    if mark and middle is not None:
        x = clear_x(width * position(middle, scale), mark, 12, 0, width)
        parts.append(label(x, TOP - 21, mark, size=12, fill=SEAL, anchor="middle", weight=600))
    return drawing(width, TOP + THICK + 36, title, desc, parts)


def _bands(rungs: Sequence[Rung], scale: Range, width: float) -> list[str]:
    bordered = [rung for rung in rungs if rung.lower is not None and rung.number > 0]
    edges = [scale[0], *(rung.lower for rung in bordered if rung.lower is not None), scale[1]]
    colours = [LEVEL_0, *level_colours(len(bordered))] if bordered else [LEVEL_0]
    names = [_ground(rungs), *(rung.name for rung in bordered)]
    at = [width * position(edge, scale) for edge in edges]
    parts = [
        rect(start, TOP, end - start, THICK, fill=colour)
        for (start, end), colour in zip(pairwise(at), colours, strict=True)
    ]
    return parts + _borders(edges, at, width) + _names(names, at, width)


def _ground(rungs: Sequence[Rung]) -> str:
    return next((rung.name for rung in rungs if rung.number <= 0), "")


def _names(names: list[str], at: list[float], width: float) -> list[str]:
    """Write each band's name below its middle, moved aside where two would touch; none where they need more room than there is."""
    sizes = [width_of(name, NAME) for name in names]
    if sum(sizes) + 6 * len(names) > width:
        return []
    wants = [(start + end - size) / 2 for (start, end), size in zip(pairwise(at), sizes, strict=True)]
    starts = apart(wants, sizes, 0, width, 6)
    placed = zip(names, starts, sizes, strict=True)
    return [
        label(start + size / 2, TOP + THICK + 26, name, size=NAME, fill=INK, anchor="middle")
        for name, start, size in placed
        if name
    ]


def _borders(edges: list[float], at: list[float], width: float) -> list[str]:
    """Write the borders below, leaving out one that would touch its neighbour."""
    parts, free = [], 0.0
    for edge, x in zip(edges, at, strict=True):
        text = f"{edge:g}"
        half = width_of(text, 10) / 2
        centre = clear_x(x, text, 10, 0, width)
        if centre - half >= free:
            parts.append(label(centre, TOP + THICK + 10, text, size=10, fill=INK_2, anchor="middle"))
            free = centre + half + 4
    return parts


def _bracket(start: float, end: float) -> list[str]:
    y = TOP - 7
    ends = [line((x, y - 4), (x, TOP + THICK), stroke=SEAL, stroke_width=1.6) for x in (start, end)]
    return [line((start, y), (end, y), stroke=SEAL, stroke_width=2), *ends]
