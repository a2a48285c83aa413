"""How wide a text is, roughly, and how it breaks into lines: enough to keep labels apart without measuring fonts."""

from __future__ import annotations

import re
import unicodedata

FONT = "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif"
ELLIPSIS = "…"
NARROW, WIDE, CAPITAL = 0.58, 1.0, 0.68
WORDS = re.compile(r"[⺀-鿿＀-￯、-〿][，。、；：）」』】》]*|[^\s⺀-鿿＀-￯、-〿]+|\s+")


def width_of(text: str, size: float) -> float:
    """Return an upper estimate of the width of `text` in px at font size `size`."""
    return sum(map(_em, text)) * size


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Break `text` into lines not wider than `width`: between words, between Chinese characters; a longer word stays whole."""
    rows = [""]
    for word in WORDS.findall(text):
        if rows[-1] and width_of((rows[-1] + word).rstrip(), size) > width:
            rows.append("")
        rows[-1] += word if rows[-1] else word.lstrip()
    return [row.rstrip() for row in rows if row.strip()]


def fitted(text: str, width: float, *, sizes: tuple[float, ...], rows: int) -> tuple[float, list[str]] | None:
    """Return the first of `sizes` at which `text` fits `width` in at most `rows` lines, and the lines; None when none does."""
    for size in sizes:
        broken = wrapped(text, width, size)
        if len(broken) <= rows and all(width_of(row, size) <= width for row in broken):
            return size, broken
    return None


def shortened(text: str, width: float, size: float) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `width`."""
    return text if width_of(text, size) <= width else _ended(text, width, size)


def clipped(text: str, width: float, size: float, rows: int) -> list[str]:
    """Break `text` into at most `rows` lines, the last one cut with an ellipsis when there is more."""
    broken = wrapped(text, width, size)
    kept = broken[:rows]
    if len(broken) > rows:
        return [*kept[:-1], _ended(kept[-1], width, size)]
    return [shortened(row, width, size) for row in kept]


def apart(wants: list[float], sizes: list[float], low: float, high: float, gap: float) -> list[float]:
    """Return a start for each of several boxes in a row, as near to the starts it `wants` as its neighbours and the borders let it."""
    starts, free = [], low
    for want, size in zip(wants, sizes, strict=True):
        starts.append(max(want, free))
        free = starts[-1] + size + gap
    limit = high
    for place in reversed(range(len(starts))):
        starts[place] = min(starts[place], limit - sizes[place])
        limit = starts[place] - gap
    return starts


def _ended(row: str, width: float, size: float) -> str:
    while row and width_of(row + ELLIPSIS, size) > width:
        row = row[:-1]
    return row.rstrip() + ELLIPSIS


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF" or character in "—…·":
        return WIDE
    if character in "iljtfrI.,:;'|!()[] ":
        return 0.36
    return CAPITAL if character.isupper() or character in "mw%" else NARROW
