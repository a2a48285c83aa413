"""A bar for one value: in a row of a table, or on its own."""

from __future__ import annotations

from markupsafe import Markup

from reports.charts.palette import SEAL, WASH, shade
from reports.charts.svg import drawing, line, rect

Range = tuple[float, float]


def bar(
    value: float | None,
    *,
    scale: Range,
    title: str,
    desc: str = "",
    threshold: float | None = None,
    span: Range | None = None,
    width: float = 190,
    height: float = 14,
) -> Markup:
    """Draw `value` on `scale`, with the `threshold` as a cinnabar line; without a value, the `span` that is still possible."""
    thick = height * 0.58
    parts = bar_parts(value, scale, (height - thick) / 2, width, thick, threshold=threshold, span=span)
    return drawing(width, height, title, desc, parts)


def bar_parts(
    value: float | None,
    scale: Range,
    y: float,
    width: float,
    thick: float,
    *,
    threshold: float | None = None,
    span: Range | None = None,
) -> list[str]:
    """Return the parts of a horizontal bar whose track starts at x = 0."""
    parts = [rect(0, y, width, thick, fill=WASH)]
    if value is not None:
        share = position(value, scale)
        parts.append(rect(0, y, width * share, thick, fill=shade(0.4 + 0.6 * share)))
    elif span:
        start, end = (width * position(end, scale) for end in span)
        parts.append(rect(start, y, max(2.0, end - start), thick, fill=SEAL, fill_opacity=0.35))
    if threshold is not None:
        x = width * position(threshold, scale)
        parts.append(line((x, y - 3), (x, y + thick + 3), stroke=SEAL, stroke_width=1.4))
    return parts


def position(value: float, scale: Range) -> float:
    """Return where `value` stands on `scale`, from 0 to 1, clamped."""
    return min(1.0, max(0.0, (value - scale[0]) / (scale[1] - scale[0])))
