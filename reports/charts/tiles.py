"""A tile for each province, roughly where it lies: no map, and it says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from reports.charts.palette import INK_3, LINE_2, WASH, ink_on, shade
from reports.charts.svg import drawing, element, label, rect

SIDE, GAP = 46.0, 4.0
GRID: Final = """
.. .. .. .. .. .. .. .. 23
65 .. .. .. .. .. 15 .. 22
.. .. .. 62 64 14 11 12 21
54 .. 63 .. 61 41 13 37 ..
.. .. .. 51 50 42 34 32 31
.. .. .. 53 52 43 36 33 ..
.. .. .. .. 45 44 35 .. 71
.. .. .. .. 46 81 82 .. ..
"""
"""Where each province stands, by the first two digits of its code."""
PLACES: Final = {
    code: (column, row)
    for row, line in enumerate(GRID.strip().splitlines())
    for column, code in enumerate(line.split())
    if code != ".."
}
COLUMNS, ROWS = 9, 8


@dataclass(frozen=True, slots=True)
class Tile:
    """A province: its short name, what is written below it, how far it stands on the scale (0 … 1; None: nothing to show), and a link."""

    code: str
    name: str
    value: str
    share: float | None
    title: str
    href: str = ""


def tiles(shown: list[Tile], *, title: str, desc: str = "") -> Markup:
    """Draw the provinces; those without a value are hatched in the colour of paper."""
    step = SIDE + GAP
    parts = [_tile(one, *PLACES[one.code[:2]]) for one in shown if one.code[:2] in PLACES]
    return drawing(COLUMNS * step - GAP, ROWS * step - GAP, title, desc, parts, role="group")


def _tile(tile: Tile, column: int, row: int) -> str:
    x, y = column * (SIDE + GAP), row * (SIDE + GAP)
    ground = WASH if tile.share is None else shade(tile.share)
    ink = INK_3 if tile.share is None else ink_on(ground)
    box = rect(x, y, SIDE, SIDE, rx=3, fill=ground, stroke=LINE_2 if tile.share is None else None)
    name = label(
        x + SIDE / 2,
        y + SIDE * 0.36,
        tile.name,
        size=13 if len(tile.name) < 4 else 11,
        fill=ink,
        anchor="middle",
        weight=600,
    )
    value = label(x + SIDE / 2, y + SIDE * 0.72, tile.value, size=11, fill=ink, anchor="middle")
    drawn = element("g", element("title", str(Markup.escape(tile.title))), box, name, value)
    return element("a", drawn, href=tile.href) if tile.href else drawn
