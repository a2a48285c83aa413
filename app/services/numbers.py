"""Figures typed into forms: the reading of `questionnaires.figures` with its errors in the user's language."""

from __future__ import annotations

from typing import Final

from app.errors import InvalidError
from app.i18n import N_
from questionnaires.figures import Bounds, FigureError, grouped, read_figure

MESSAGES: Final = {
    "figure-separators": N_("“%(typed)s”的分隔符位置不对：每三位一个逗号，小数点只有一个。"),
    "figure-text": N_("“%(typed)s”不是数字。只填数字，不带文字和单位以外的符号。"),
    "figure-whole": N_("请填整数。"),
    "figure-decimals": N_("最多保留 %(decimals)s 位小数。"),
    "figure-digits": N_("位数太多，最多 %(digits)s 位有效数字。请检查单位。"),
    "figure-small": N_("不能小于 %(limit)s。"),
    "figure-large": N_("不能大于 %(limit)s。"),
}


def parse_number(typed: str, bounds: Bounds) -> float | int | None:
    """Return the figure that `typed` stands for, None when it is blank; an int when no decimals are allowed.

    Raises `InvalidError` when it is no figure, is out of range or has more decimals than are kept.
    """
    try:
        return read_figure(typed, bounds)
    except FigureError as error:
        raise InvalidError(MESSAGES[error.code], None, **error.detail) from None


__all__ = ["Bounds", "grouped", "parse_number"]
