"""Reads a figure as people type it: full-width digits, thousands separators, a trailing unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 60
MOST_DIGITS = 15
"""Significant digits that a float64 keeps apart."""

_SEPARATOR = r"[,' ]"
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d*)?|[+-]?\.\d+", re.ASCII)
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:({_SEPARATOR})\d{{3}})(?:\1\d{{3}})*(?:\.\d*)?", re.ASCII)
_ALIKE = str.maketrans({"。": ".", "、": ",", "’": "'", "‘": "'", "−": "-", "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a figure must keep to: closed range, decimal places, and the names of its unit that may be typed behind it."""

    minimum: float | None = None
    maximum: float | None = None
    decimals: int = 0
    units: tuple[str, ...] = ()


class FigureError(ValueError):
    """What was typed is no acceptable figure.

    Codes: figure-separators, figure-text (`typed`), figure-whole, figure-decimals (`decimals`), figure-digits (`digits`), figure-small,
    figure-large (`limit`).
    """

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def read_figure(typed: str, bounds: Bounds) -> float | int | None:
    """Return the figure that `typed` stands for, None when it is blank; an int when no decimals are allowed. Raises `FigureError`."""
    text = _normal(typed, bounds.units)
    if not text:
        return None
    digits = _without_separators(text, typed)
    _check_digits(digits, bounds.decimals)
    value = float(digits)
    check_range(value, bounds)
    return value if bounds.decimals else int(value)


def _normal(typed: str, units: Iterable[str]) -> str:
    """Half-width, without outer space, without a unit at the end."""
    text = half_width(typed)
    for unit in sorted((half_width(unit) for unit in units if unit), key=len, reverse=True):
        if text.lower().endswith(unit.lower()):
            return text[: -len(unit)].strip()
    return text


def half_width(typed: str) -> str:
    """Return what was typed with half-width characters, single spaces and none outside."""
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", typed))
    return spaced.translate(_ALIKE).strip()


def _without_separators(text: str, typed: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if len(text) <= LONGEST and _GROUPED.fullmatch(text):
        return re.sub(_SEPARATOR, "", text)
    code = "figure-separators" if re.fullmatch(r"[\d.,' +-]+", text, re.ASCII) else "figure-text"
    raise FigureError(code, typed=_short(typed))


def _check_digits(digits: str, decimals: int) -> None:
    whole, _, fraction = digits.lstrip("+-").partition(".")
    kept = fraction.rstrip("0")
    if len(kept) > decimals:
        raise FigureError("figure-decimals" if decimals else "figure-whole", decimals=decimals)
    if len((whole + kept).strip("0")) > MOST_DIGITS or len(whole.lstrip("0")) > MOST_DIGITS:
        raise FigureError("figure-digits", digits=MOST_DIGITS)


def check_range(value: float, bounds: Bounds) -> None:
    """Raise `FigureError` when the figure is out of range."""
    low, high = bounds.minimum, bounds.maximum
    if low is not None and value < low:
        raise FigureError("figure-small", limit=grouped(low))
    if high is not None and value > high:
        raise FigureError("figure-large", limit=grouped(high))


def grouped(value: float, decimals: int | None = None) -> str:
    """Return the figure with a comma for every three digits; as many decimals as it has, or exactly `decimals`."""
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    text = f"{Decimal(repr(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(typed: str) -> str:
    text = typed.strip()
    return text if len(text) <= 20 else f"{text[:20]}…"
