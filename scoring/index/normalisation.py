"""From raw figures to the scale, among many units.

Sources: goalposts, min–max, z-score, Borda rank and distance to target as in the OECD/JRC Handbook on Constructing Composite Indicators
(2008), step 5, and in COINr (n_goalposts, n_minmax, n_zscore, n_borda, n_dist2targ). Extremes, means and ranks are taken over all units
and years together, so that years compare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from scoring.columns import Bools, Bytes, Floats
from scoring.compiled import Leaf
from scoring.index import reasons
from scoring.index.figures import Figures
from scoring.model import Goalposts, Normalisation, NormalisationKind, Rule, Scale
from scoring.rules import unrounded

SAME: Final = 1e-12
"""Figures that differ by no more than this share of their size are the same: what a formula's rounding leaves is no difference."""
SMALLEST: Final = 1e-150
"""Nor does arithmetic keep apart what differs by less than this, or by more than its reciprocal."""


class Column(NamedTuple):
    """Values on the scale (n), NaN for none; why the column as a whole has none; what it was worked out with."""

    value: Floats
    reason: int
    parameters: dict[str, float]


@dataclass(frozen=True, slots=True)
class Normalised:
    """Values on the scale (n, k), NaN for none, and why (n, k); per column why it as a whole has none, and its parameters."""

    value: Floats
    reason: Bytes
    whole: tuple[int, ...]
    parameters: tuple[dict[str, float], ...] = field(default=())


def normalise(
    figures: Figures, leaves: Sequence[Leaf], scale: Scale, kind: NormalisationKind | None = None
) -> Normalised:
    """Return all columns by their own normalisation, or all by `kind`."""
    columns = [_column(figures, place, leaf, scale, kind) for place, leaf in enumerate(leaves)]
    value = np.stack([column.value for column in columns], axis=1)
    reason = figures.reason.copy()
    for place, column in enumerate(columns):
        whose = reasons.MISSING if column.reason == reasons.NO_DATA else reasons.NONE
        lost = np.isnan(column.value) & (reason[:, place] == whose)
        reason[lost, place] = column.reason or _cell_reason(leaves[place])
    return Normalised(value, reason, tuple(c.reason for c in columns), tuple(c.parameters for c in columns))


def _cell_reason(leaf: Leaf) -> int:
    """Return why single figures of a column have no value: they have no logarithm, or are too far from all others to count."""
    return reasons.NO_LOGARITHM if leaf.indicator.normalisation.log else reasons.OFF_SCALE


def has_own_rule(leaf: Leaf) -> bool:
    """Whether an indicator gets onto the scale by itself: by goalposts, breakpoints or as a graded answer, or because it is declared so."""
    graded = leaf.asked is not None and leaf.asked.question.kind != "number"
    return graded or leaf.indicator.rule is not None or leaf.indicator.normalisation.kind == "goalposts"


def _column(figures: Figures, place: int, leaf: Leaf, scale: Scale, kind: NormalisationKind | None) -> Column:
    spec = leaf.indicator.normalisation
    raw, own = figures.raw[:, place], figures.own[:, place]
    if (kind or spec.kind) == "goalposts":
        column = own_column(raw, own, leaf, scale)
    else:
        with np.errstate(all="ignore"):
            column = relative_column(raw, spec, scale, kind or spec.kind)
    value = np.where(np.isfinite(column.value), column.value, np.nan)
    return column._replace(value=np.where(figures.settled[:, place], own, value))


def own_column(raw: Floats, own: Floats, leaf: Leaf, scale: Scale) -> Column:
    """Return values by the indicator's own rule, not rounded; of a ladder or checklist its raw value put on the scale.

    Goalposts that name parameters give the rounded value of a single assessment, and none to what was imputed.
    """
    if not has_own_rule(leaf):
        return Column(np.full(len(raw), np.nan), reasons.NO_RULE, {})
    if names_parameters(leaf.indicator.rule):
        return Column(own, reasons.NONE, {})
    question = leaf.asked.question if leaf.asked else None
    with np.errstate(all="ignore"):
        if question is not None and question.kind == "ladder":
            value = scale.min + raw * scale.width / question.levels
        elif question is not None and question.kind == "checklist":
            value = scale.min + raw * scale.width
        else:
            value = unrounded(leaf.indicator.rule, scale, raw)
    return Column(np.where(np.isfinite(raw), value, np.nan), reasons.NONE, {})


def names_parameters(rule: Rule) -> bool:
    """Whether goalposts depend on the unit's year or industry."""
    return isinstance(rule, Goalposts) and (isinstance(rule.start, str) or isinstance(rule.end, str))


def relative_column(raw: Floats, spec: Normalisation, scale: Scale, kind: NormalisationKind) -> Column:
    """Return values by a normalisation that needs other units; the higher the better on the scale."""
    x = oriented(raw, spec)
    known = np.isfinite(x)
    reason = lacking(x[known])
    if reason == reasons.NONE:
        return _KINDS[kind](x, known, spec, scale)
    return Column(np.full(len(x), np.nan), reason, {})


def oriented(raw: Floats, spec: Normalisation) -> Floats:
    """Return figures as they are compared: in logarithms if so declared (NaN where there is none), turned round where lower is better."""
    x = np.log(np.where(raw > 0, raw, np.nan)) if spec.log else raw
    return -x if spec.lower else x


def lacking(known: Floats) -> int:
    """Return why figures cannot be compared with one another, NONE if they can."""
    if len(known) < 2:
        return reasons.ONE_UNIT if len(known) else reasons.NO_DATA
    low, high = float(known.min()), float(known.max())
    if high - low > 1 / SMALLEST:
        return reasons.OFF_SCALE
    noise = max(SAME * max(abs(low), abs(high)), SMALLEST)
    return reasons.CONSTANT if high - low <= noise else reasons.NONE


def _as_given(x: float, spec: Normalisation) -> float:
    x = -x if spec.lower else x
    return float(np.exp(x)) if spec.log else float(x)


def _min_max(x: Floats, known: Bools, spec: Normalisation, scale: Scale) -> Column:
    low, high = float(x[known].min()), float(x[known].max())
    parameters = {"worst": _as_given(low, spec), "best": _as_given(high, spec)}
    return Column(scale.min + scale.width * ((x - low) / (high - low)), reasons.NONE, parameters)


def z_placement(spec: Normalisation, scale: Scale) -> tuple[float, float]:
    """Return the mean and standard deviation that z-scores are given: by default the middle of the scale and a sixth of its width."""
    mean = scale.min + scale.width / 2 if spec.mean is None else spec.mean
    return mean, scale.width / 6 if spec.sd is None else spec.sd


def _z_score(x: Floats, known: Bools, spec: Normalisation, scale: Scale) -> Column:
    mean, deviation = float(x[known].mean()), float(x[known].std(ddof=1))
    centre, width = z_placement(spec, scale)
    parameters = {"mean": -mean if spec.lower else mean, "deviation": deviation}
    return Column(centre + width * ((x - mean) / deviation), reasons.NONE, parameters)


def _rank(x: Floats, known: Bools, _: Normalisation, scale: Scale) -> Column:
    among = x[known]
    ordered = np.sort(among)
    below, not_above = np.searchsorted(ordered, among, "left"), np.searchsorted(ordered, among, "right")
    value = np.full(len(x), np.nan)
    value[known] = scale.min + scale.width * ((below + not_above - 1) / 2 / (len(among) - 1))
    return Column(value, reasons.NONE, {"units": float(len(among))})


def _distance(x: Floats, known: Bools, spec: Normalisation, scale: Scale) -> Column:
    low = float(x[known].min())
    goal = np.array([np.nan if spec.target is None else spec.target])
    target = float(oriented(goal, spec)[0])
    if not target > low:
        return Column(np.full(len(x), np.nan), reasons.TARGET, {})
    share = np.minimum((x - low) / (target - low), 1.0)
    return Column(scale.min + scale.width * share, reasons.NONE, {"worst": _as_given(low, spec)})


_KINDS: Final[dict[NormalisationKind, Callable[[Floats, Bools, Normalisation, Scale], Column]]] = {
    "min-max": _min_max,
    "z-score": _z_score,
    "rank": _rank,
    "distance-to-target": _distance,
}
