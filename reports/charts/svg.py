"""Small pieces of SVG: presentation attributes only, so that a strict Content-Security-Policy lets every chart through."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from reports.charts.palette import INK
from reports.charts.text import FONT, width_of

Point = tuple[float, float]


def number(value: float) -> str:
    """Return a coordinate with at most two decimals."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """Return an element; `_` in attribute names becomes `-`, None leaves the attribute out, children are markup already."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{_written(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def drawing(width: float, height: float, title: str, desc: str, parts: Iterable[str], *, role: str = "img") -> Markup:
    """Return an SVG of `width` × `height` px that scales, with `title` and `desc` for those who cannot see it.

    An image is one thing; where parts of it are links, its role is `group`.
    """
    described = [element("title", str(escape(title)))] + ([element("desc", str(escape(desc)))] if desc else [])
    body = "".join([*described, *parts])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" font-family="{escape(FONT)}">'
    )
    return Markup(f"{head}{body}</svg>")  # noqa: S704 - every text above is escaped


def rect(x: float, y: float, width: float, height: float, **attributes: str | float | None) -> str:
    """Return a rectangle."""
    return element("rect", x=x, y=y, width=max(0.0, width), height=max(0.0, height), **attributes)


def line(start: Point, end: Point, **attributes: str | float | None) -> str:
    """Return a straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **attributes)


def circle(centre: Point, radius: float, **attributes: str | float | None) -> str:
    """Return a circle."""
    return element("circle", cx=centre[0], cy=centre[1], r=radius, **attributes)


def polygon(points: Iterable[Point], **attributes: str | float | None) -> str:
    """Return a closed polygon."""
    return element("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in points), **attributes)


def label(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 12,
    fill: str = INK,
    anchor: str = "start",
    weight: int | None = None,
) -> str:
    """Return a line of text whose middle height is `y`."""
    anchored = None if anchor == "start" else anchor
    return element(
        "text",
        str(escape(text)),
        x=x,
        y=y + 0.36 * size,
        font_size=size,
        fill=fill,
        text_anchor=anchored,
        font_weight=weight,
    )


def lines(
    x: float,
    y: float,
    texts: list[str],
    *,
    size: float,
    fill: str = INK,
    anchor: str = "middle",
    weight: int | None = None,
) -> str:
    """Return lines of text one under another, the first with its middle height at `y`."""
    return "".join(
        label(x, y + row * size * 1.3, text, size=size, fill=fill, anchor=anchor, weight=weight)
        for row, text in enumerate(texts)
    )


def clear_x(x: float, text: str, size: float, left: float, right: float) -> float:
    """Return the centre nearest to `x` at which `text` stays between `left` and `right`."""
    half = width_of(text, size) / 2
    return (left + right) / 2 if right - left < 2 * half else min(max(x, left + half), right - half)


def _written(value: str | float) -> str:
    return number(value) if isinstance(value, int | float) else str(escape(value))
