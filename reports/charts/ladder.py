"""The level ladder: rising steps, a cinnabar marker on the one that is held, and how much of the next is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.charts.palette import BRAND, INK, INK_2, LINE_2, SEAL, ink_on, level_colours
from reports.charts.svg import circle, clear_x, drawing, label, line, lines, rect
from reports.charts.text import fitted

NAME_SIZES = (13.0, 12.0, 11.0, 10.0, 9.0)
MARKER_ROOM, FOOT_ROOM, GROUND = 46.0, 40.0, 44.0


@dataclass(frozen=True, slots=True)
class Rung:
    """A level: its number, name and the lower border of its band (None where gates alone decide)."""

    number: int
    name: str
    lower: float | None = None


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the steps stand: `count` columns right of `ground` px of level ground, the highest top at MARKER_ROOM."""

    count: int
    width: float
    height: float
    ground: float = 0.0

    @property
    def pitch(self) -> float:
        return (self.width - self.ground) / self.count

    @property
    def step(self) -> float:
        return self.pitch * 0.86

    @property
    def foot(self) -> float:
        return self.height - FOOT_ROOM

    def left(self, index: int) -> float:
        return self.ground + index * self.pitch + (self.pitch - self.step) / 2

    def centre(self, index: int) -> float:
        return self.left(index) + self.step / 2

    def rise(self, index: int) -> float:
        return (self.foot - MARKER_ROOM) * (index + 1.0) / self.count

    def top(self, index: int) -> float:
        return self.foot - self.rise(index)


def ladder(
    rungs: Sequence[Rung],
    *,
    awarded: int | None,
    title: str,
    desc: str = "",
    score: float | None = None,
    mark: str = "",
    interval: tuple[int, int] | None = None,
    width: float = 380,
    height: float = 250,
) -> Markup:
    """Draw the steps of `rungs` (ascending; a level of number 0 is the ground and has no step).

    `awarded` is the level held, `mark` the text at the marker (the score), and `score` fills the next step as far as it reaches between
    the two borders. Without a level, `interval` marks the levels that are still possible.
    """
    steps = [rung for rung in rungs if rung.number > 0]
    held = awarded if awarded is not None else interval[0] if interval else 0
    on_ground = held <= 0 and (awarded is not None or interval is not None)
    grid = _Grid(max(1, len(steps)), width, height, GROUND if on_ground else 0.0)
    parts = [line((0, grid.foot), (width, grid.foot), stroke=LINE_2, stroke_width=1)]
    parts += [_step(grid, index, rung, steps, held=held) for index, rung in enumerate(steps)]
    parts += [_reached(grid, index, steps, held, score) for index in range(len(steps))] if awarded is not None else []
    parts += [_number(grid, index, rung, steps, held) for index, rung in enumerate(steps)]
    parts += _names(grid, steps)
    if awarded is not None:
        parts += _marker(grid, _index(steps, awarded), mark)
    elif interval:
        parts += _span(grid, _index(steps, interval[0]), _index(steps, interval[1]), mark)
    return drawing(width, height, title, desc, parts)


def _index(steps: list[Rung], number: int) -> int:
    """Return the index of the highest step at or below `number`, −1 for the ground."""
    return sum(step.number <= number for step in steps) - 1


def _step(grid: _Grid, index: int, rung: Rung, steps: list[Rung], *, held: int) -> str:
    box = (grid.left(index), grid.top(index), grid.step, grid.rise(index))
    if rung.number <= held:
        return rect(*box, fill=level_colours(len(steps))[index])
    return rect(*box, fill="none", stroke=LINE_2, stroke_width=1, stroke_dasharray="4 3")


def _reached(grid: _Grid, index: int, steps: list[Rung], held: int, score: float | None) -> str:
    """Fill the step after the held one as far as the score has come from the held border to its own."""
    if score is None or index != _index(steps, held) + 1:
        return ""
    start, end = (steps[index - 1].lower if index else 0.0), steps[index].lower
    if start is None or end is None or end <= start:
        return ""
    share = min(1.0, max(0.0, (score - start) / (end - start)))
    tall = grid.rise(index) * share
    return rect(
        grid.left(index), grid.foot - tall, grid.step, tall, fill=level_colours(len(steps))[index], fill_opacity=0.28
    )


def _number(grid: _Grid, index: int, rung: Rung, steps: list[Rung], held: int) -> str:
    fill = ink_on(level_colours(len(steps))[index]) if rung.number <= held else INK_2
    size = min(15.0, grid.step * 0.5, grid.rise(index) * 0.8)
    return label(
        grid.centre(index),
        grid.top(index) + size * 0.95,
        str(rung.number),
        size=size,
        fill=fill,
        anchor="middle",
        weight=600,
    )


def _names(grid: _Grid, steps: list[Rung]) -> list[str]:
    """Write the names below their steps, all in one size; where one does not fit, the numbers on the steps must do."""
    for size in NAME_SIZES:
        broken = [fitted(step.name, grid.pitch * 0.98, sizes=(size,), rows=2) for step in steps]
        if all(broken):
            rows = [found[1] for found in broken if found]
            return [
                lines(grid.centre(index), grid.foot + 13, row, size=size, fill=INK) for index, row in enumerate(rows)
            ]
    return []


def _marker(grid: _Grid, index: int, mark: str) -> list[str]:
    x = grid.centre(index) if index >= 0 else grid.ground / 2
    top = grid.top(index) if index >= 0 else grid.foot
    return [
        line((x, top - 3), (x, top - 16), stroke=SEAL, stroke_width=2),
        circle((x, top - 18), 4.5, fill=SEAL),
        label(clear_x(x, mark, 14, 0, grid.width), top - 34, mark, size=14, fill=SEAL, anchor="middle", weight=600)
        if mark
        else "",
    ]


def _span(grid: _Grid, low: int, high: int, mark: str) -> list[str]:
    """Draw a bracket over the steps that are still possible."""
    start, end = (grid.left(low) if low >= 0 else grid.ground * 0.25), grid.left(max(high, 0)) + grid.step
    y = (grid.top(high) if high >= 0 else grid.foot) - 9
    parts = [line((start, y), (end, y), stroke=SEAL, stroke_width=2)]
    parts += [line((x, y - 4), (x, y + 4), stroke=SEAL, stroke_width=2) for x in (start, end)]
    return [
        *parts,
        label(
            clear_x((start + end) / 2, mark, 13, 0, grid.width),
            y - 14,
            mark,
            size=13,
            fill=SEAL,
            anchor="middle",
            weight=600,
        ),
    ]


def emblem(count: int = 5, size: float = 24, *, title: str = "") -> Markup:
    """Draw the mark of the tool: rising steps."""
    wide = size / count
    steps = [
        rect(index * wide, size * (1 - (index + 1) / count), wide * 0.78, size * (index + 1) / count, fill=colour)
        for index, colour in enumerate(level_colours(count))
    ]
    return drawing(size, size, title or "ServiMeter", "", steps)


def cover_steps(
    count: int, held: int, *, interval: tuple[int, int] | None = None, width: float = 620, height: float = 420
) -> str:
    """Return the parts of the cover's steps: `held` of `count` are solid, the others outlined, a marker above the last solid one."""
    grid = _Grid(max(1, count), width, height + FOOT_ROOM)
    colours = level_colours(max(1, count))
    parts = [
        rect(grid.left(index), grid.top(index), grid.step, grid.rise(index), fill=colours[index])
        if index < held
        else rect(
            grid.left(index), grid.top(index), grid.step, grid.rise(index), fill="none", stroke=LINE_2, stroke_width=1.4
        )
        for index in range(count)
    ]
    if interval:
        return "".join([*parts, *_span(grid, interval[0] - 1, interval[1] - 1, "")])
    if held > 0:
        parts.append(circle((grid.centre(held - 1), grid.top(held - 1) - 20), 8, fill=SEAL))
    return "".join(parts) or rect(0, height - 2, width, 2, fill=BRAND)
