"""Rounding for display, in which the rows shown add up to the total shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from scoring.columns import TICK


def displayed(value: float, decimals: int) -> Decimal:
    """Return a value rounded half up to so many decimals, after the rounding to 1e-9 that a level sees as well."""
    return _settled(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def displayed_rows(parts: Mapping[str, float], decimals: int) -> dict[str, Decimal]:
    """Return parts of a total rounded so that they add up to the rounded total, by the method of the largest remainder.

    Every part is cut to so many decimals; what the total lacks goes, a last digit each, to the parts that lost most by the cut (of
    equal ones to the earlier).
    """
    unit = Decimal(1).scaleb(-decimals)
    exact = {name: _settled(part) for name, part in parts.items()}
    cut = {name: part.quantize(unit, ROUND_FLOOR) for name, part in exact.items()}
    lacking = int((displayed(sum(parts.values()), decimals) - sum(cut.values())) / unit)
    by_loss = sorted(exact, key=lambda name: cut[name] - exact[name])
    return cut | {name: cut[name] + unit for name in by_loss[:lacking]}


def _settled(value: float) -> Decimal:
    return Decimal(round(value * TICK)) / Decimal(int(TICK))
