"""Reads a figure as people type it: full-width digits, thousands separators, a trailing unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.errors import InvalidError

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


def parse_number(typed: str, bounds: Bounds) -> float | int | None:
    """Return the figure that `typed` stands for, None when it is blank; an int when no decimals are allowed.

    Raises `InvalidError` when it is no figure, is out of range or has more decimals than are kept.
    """
    text = _normal(typed, bounds.units)
    if not text:
        return None
    digits = _without_separators(text, typed)
    _check_digits(digits, bounds.decimals)
    value = float(digits)
    _check_range(value, bounds)
    return value if bounds.decimals else int(value)


def _normal(typed: str, units: Iterable[str]) -> str:
    """Half-width, without outer space, without a unit at the end."""
    text = _half_width(typed)
    for unit in sorted((_half_width(unit) for unit in units if unit), key=len, reverse=True):
        if text.lower().endswith(unit.lower()):
            return text[: -len(unit)].strip()
    return text


def _half_width(typed: str) -> str:
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", typed))
    return spaced.translate(_ALIKE).strip()


def _without_separators(text: str, typed: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if len(text) <= LONGEST and _GROUPED.fullmatch(text):
        return re.sub(_SEPARATOR, "", text)
    if re.fullmatch(r"[\d.,' +-]+", text, re.ASCII):
        raise InvalidError("“%(typed)s”的分隔符位置不对：每三位一个逗号，小数点只有一个。", typed=_short(typed))
    raise InvalidError("“%(typed)s”不是数字。只填数字，不带文字和单位以外的符号。", typed=_short(typed))


def _check_digits(digits: str, decimals: int) -> None:
    whole, _, fraction = digits.lstrip("+-").partition(".")
    kept = fraction.rstrip("0")
    if len(kept) > decimals:
        if decimals == 0:
            raise InvalidError("请填整数。")
        raise InvalidError("最多保留 %(decimals)s 位小数。", decimals=decimals)
    if len((whole + kept).strip("0")) > MOST_DIGITS or len(whole.lstrip("0")) > MOST_DIGITS:
        raise InvalidError("位数太多，最多 %(digits)s 位有效数字。请检查单位。", digits=MOST_DIGITS)


def _check_range(value: float, bounds: Bounds) -> None:
    low, high = bounds.minimum, bounds.maximum
    if low is not None and value < low:
        raise InvalidError("不能小于 %(limit)s。", limit=grouped(low))
    if high is not None and value > high:
        raise InvalidError("不能大于 %(limit)s。", limit=grouped(high))


def grouped(value: float, decimals: int | None = None) -> str:
    """Return the figure with a comma for every three digits; as many decimals as it has, or exactly `decimals`."""
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    text = f"{Decimal(repr(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(typed: str) -> str:
    text = typed.strip()
    return text if len(text) <= 20 else f"{text[:20]}…"
