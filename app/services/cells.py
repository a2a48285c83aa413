"""Figures and cells as they are typed: the units they may be typed in, and what a column holds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.errors import InvalidError
from app.services.numbers import MESSAGES, Bounds, parse_number
from questionnaires.figures import FigureError, check_range, grouped, half_width
from questionnaires.types import Number, Row, Table, Text

MOST_DECIMALS = 15


def number_bounds(question: Number) -> Bounds:
    """Return what the figure must keep to."""
    return Bounds(question.min, question.max, question.decimals, _names(question.unit))


def cell_bounds(question: Table, row: Row) -> Bounds:
    """Return what the cells of a row must keep to: the row's own bounds beat the table's."""
    return Bounds(
        question.min if row.min is None else row.min,
        question.max if row.max is None else row.max,
        question.decimals if row.decimals is None else row.decimals,
        _names(unit_of(question, row)),
    )


def unit_of(table: Table, row: Row) -> Text:
    """Return the unit in which a row's figures are stored."""
    return row.unit or table.unit


def shares_unit(table: Table, row: Row) -> bool:
    """Whether a row is in the table's unit, so that it follows the unit chosen and counts in the total."""
    return row.unit is None or row.unit == table.unit


def factor_of(question: Number | Table, chosen: str) -> Decimal:
    """Return what a figure typed in the unit chosen (a place in `units` from 1; empty: the unit itself) is multiplied by."""
    if not chosen:
        return Decimal(1)
    places = {str(place): other.factor for place, other in enumerate(question.units, 1)}
    if chosen not in places:
        raise InvalidError("“%(typed)s”不在选项之内。请刷新页面后重新选择。", typed=chosen[:40])
    return Decimal(repr(places[chosen]))


def figure(typed: str, bounds: Bounds, question: Number | Table, chosen: str) -> float | int | None:
    """Return the figure in the question's own unit, None when blank.

    A unit written behind the figure beats the one chosen. A figure in another unit is multiplied exactly and then rounded half up to the
    decimals that are kept. Raises `InvalidError`.
    """
    written = _written(typed, question)
    factor = factor_of(question, chosen) if written is None else written[1]
    if factor == 1:
        return parse_number(typed, bounds)
    names = bounds.units if written is None else written[0]
    shown = question.units[int(chosen) - 1].unit if written is None else None
    loose = Bounds(decimals=MOST_DECIMALS, units=_names(shown) if shown else names)
    value = parse_number(typed, loose)
    return None if value is None else _converted(value, factor, bounds, question)


def _converted(value: float, factor: Decimal, bounds: Bounds, question: Number | Table) -> float | int:
    kept = (Decimal(repr(value)) * factor).quantize(Decimal(1).scaleb(-bounds.decimals), ROUND_HALF_UP)
    figure = float(kept) if bounds.decimals else int(kept)
    try:
        check_range(figure, bounds)
    except FigureError as error:
        limit = f"{error.detail['limit']} {{unit}}"
        texts = Text(limit.format(unit=question.unit.zh), limit.format(unit=question.unit.en))
        raise InvalidError(MESSAGES[error.code], None, limit=texts) from None
    return figure


def _written(typed: str, question: Number | Table) -> tuple[tuple[str, ...], Decimal] | None:
    """Return the names and the factor of the unit that stands behind a figure, the longest that does; None when there is none."""
    if not question.units:
        return None
    known = [(question.unit, Decimal(1)), *((one.unit, Decimal(repr(one.factor))) for one in question.units)]
    text = half_width(typed).lower()
    ends = [
        (len(name), _names(unit), factor)
        for unit, factor in known
        for name in map(half_width, _names(unit))
        if text.endswith(name.lower())
    ]
    return max(ends, key=lambda end: end[0])[1:] if ends else None


def cell_words(cell: Any) -> str:
    """Return the cell of any column as a form field holds it."""
    return cell if isinstance(cell, str) else grouped(cell)


def _names(unit: Text) -> tuple[str, ...]:
    return (unit.zh, unit.en)
