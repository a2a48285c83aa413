"""Charts as SVG, the same for pages and PDF: pure functions of plain values; the caller gives title and description in words."""

from reports.charts.bands import band_scale
from reports.charts.bars import bar
from reports.charts.coverage import Cell, coverage
from reports.charts.ladder import Rung, cover_steps, emblem, ladder
from reports.charts.radar import Spoke, radar
from reports.charts.ranges import Interval, ranges
from reports.charts.tiles import Tile, tiles

__all__ = [
    "Cell",
    "Interval",
    "Rung",
    "Spoke",
    "Tile",
    "band_scale",
    "bar",
    "cover_steps",
    "coverage",
    "emblem",
    "ladder",
    "radar",
    "ranges",
    "tiles",
]
