"""The colours of charts and reports; the web pages carry the same values as CSS tokens of the same names."""

from __future__ import annotations

from itertools import pairwise

PAPER, CARD, WASH = "#f7f5ef", "#fffefb", "#efece3"
INK, INK_2, INK_3 = "#14202b", "#44525f", "#5f6a75"
LINE, LINE_2 = "#e0dbcf", "#c6bfae"
BRAND, BRAND_WASH = "#0b4a60", "#e5eef0"
SEAL, SEAL_WASH = "#a9301f", "#faebe6"
LEVEL_0 = "#dcd7ca"
LEVELS = ("#cfe0e1", "#a3c7cc", "#6da5b0", "#2a6b7f", "#0b3d51")


def level_colours(count: int) -> list[str]:
    """Return `count` colours from the lightest to the darkest level, darker at every step, so that they also read in grey."""
    if count == 1:
        return [LEVELS[3]]
    return [_at(index / (count - 1)) for index in range(count)]


def ink_on(background: str) -> str:
    """Return black or white, whichever has the greater contrast on `background` (WCAG 2 relative luminance; never below 4.5)."""
    light = _luminance(background)
    return "#000000" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else "#ffffff"


def shade(fraction: float) -> str:
    """Return the colour at `fraction` (0 … 1) of the level scale."""
    return _at(min(1.0, max(0.0, fraction)))


def _at(position: float) -> str:
    stops = list(pairwise(LEVELS))
    scaled = position * len(stops)
    index = min(int(scaled), len(stops) - 1)
    low, high = (_rgb(stop) for stop in stops[index])
    return _hex(tuple(a + (b - a) * (scaled - index) for a, b in zip(low, high, strict=True)))


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(colour: str) -> float:
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
