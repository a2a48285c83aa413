"""The alternatives that an uncertainty run chooses among: those that apply to these figures, the declared one first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.columns import Bools
from scoring.index import reasons
from scoring.index.aggregation import Nodes
from scoring.index.basis import Basis
from scoring.index.normalisation import z_placement
from scoring.index.tree import Manner
from scoring.model import ImputationKind, NormalisationKind

DECLARED: Final = "declared"
NORMALISATIONS: Final[tuple[NormalisationKind, ...]] = ("goalposts", "min-max", "z-score", "rank")
IMPUTATIONS: Final[tuple[ImputationKind, ...]] = ("none", "mean", "median")
MANNERS: Final[tuple[Manner, ...]] = ("arithmetic", "geometric")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An alternative that does not apply, and why (a code of `reasons`)."""

    choice: str
    name: str
    reason: int


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The names of the alternatives of each choice, the declared first; `None` as a kind stands for what each indicator declares."""

    normalisations: tuple[NormalisationKind | None, ...]
    manners: tuple[Manner, ...]
    imputations: tuple[ImputationKind | None, ...]
    names: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    left_out: tuple[LeftOut, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        return len(self.normalisations), len(self.manners), len(self.imputations)

    def nodes(self, base: Basis, normalisation: int, imputation: int) -> Nodes:
        """Return all nodes by one normalisation and imputation: which places are used, and the indicators' values."""
        given = base.imputed(self.imputations[imputation])
        return base.nodes(given, base.normalised(given, self.normalisations[normalisation]))


def alternatives(base: Basis, scored: Bools) -> Alternatives:
    """Return the alternatives for the units that have a score."""
    leaves = [leaf for leaf, weighs in zip(base.tree.leaves, _weighing(base), strict=True) if weighs]
    declared = {leaf.indicator.normalisation.kind for leaf in leaves}
    kinds, left_out = _normalisations(base, scored, declared)
    manners, unfit = _manners(base, kinds, declared)
    imputations = _imputations(base, scored)
    names = (
        tuple(kind or _name({str(one) for one in declared}) for kind in kinds),
        tuple(_manner_name(base, manner) for manner in manners),
        tuple(kind or _name({str(leaf.indicator.imputation) for leaf in leaves}) for kind in imputations),
    )
    return Alternatives(kinds, manners, imputations, names, (*left_out, *unfit))


def _name(kinds: set[str]) -> str:
    return kinds.pop() if len(kinds) == 1 else DECLARED


def _weighing(base: Basis) -> Bools:
    """Return which indicators enter the total."""
    counted = np.zeros(base.tree.width, np.bool_)
    for branch, own in zip(base.tree.branches, base.weights or (), strict=True):
        for place, weight in zip(branch.children, own, strict=True):
            if place < base.tree.width:
                counted[place] = weight > 0
    return counted


def _normalisations(
    base: Basis, scored: Bools, declared: set[NormalisationKind]
) -> tuple[tuple[NormalisationKind | None, ...], list[LeftOut]]:
    kinds: list[NormalisationKind | None] = [None]
    left_out = []
    for kind in NORMALISATIONS:
        if declared != {kind}:
            reason = _hindrance(base, scored, kind)
            if reason == reasons.NONE:
                kinds.append(kind)
            else:
                left_out.append(LeftOut("normalisation", kind, reason))
    return tuple(kinds), left_out


def _hindrance(base: Basis, scored: Bools, kind: NormalisationKind) -> int:
    """Return why a normalisation does not apply: a column has no values, or a unit with a score would have none."""
    values = base.normalised(base.figures, kind)
    whole = next((r for r, weighs in zip(values.whole, _weighing(base), strict=True) if weighs and r), reasons.NONE)
    if whole != reasons.NONE:
        return whole
    nodes, root = base.nodes(base.figures, values), base.tree.root
    lost = scored & np.isnan(nodes.value[:, root])
    return reasons.NO_LOGARITHM if lost.any() else reasons.NONE


def _manners(
    base: Basis, kinds: tuple[NormalisationKind | None, ...], declared: set[NormalisationKind]
) -> tuple[tuple[Manner, ...], list[LeftOut]]:
    manners: list[Manner] = ["declared"]
    left_out = []
    for manner in MANNERS:
        if all(branch.kind(manner) == branch.kind("declared") for branch in base.tree.branches):
            continue
        if manner == "geometric" and _may_be_negative(base, {*declared, *(kind for kind in kinds if kind)}):
            left_out.append(LeftOut("aggregation", manner, reasons.OFF_SCALE))
        else:
            manners.append(manner)
    return tuple(manners), left_out


def _may_be_negative(base: Basis, kinds: set[NormalisationKind]) -> bool:
    """Whether the scale, or z-scores down to three standard deviations, go below zero: no place for a geometric mean."""
    scale = base.compiled.model.scale
    placed = (
        [z_placement(leaf.indicator.normalisation, scale) for leaf in base.tree.leaves] if "z-score" in kinds else []
    )
    return scale.min < 0 or any(round(mean - 3 * deviation, 9) < 0 for mean, deviation in placed)


def _manner_name(base: Basis, manner: Manner) -> str:
    if manner != "declared":
        return manner
    return _name({branch.kind(manner) for branch in base.tree.branches})


def _imputations(base: Basis, scored: Bools) -> tuple[ImputationKind | None, ...]:
    """Return the ways to deal with gaps, if a unit with a score has any."""
    gaps = (base.raw.reason == reasons.MISSING) & scored[:, None] & _weighing(base)[None, :]
    if not gaps.any():
        return (None,)
    declared = {leaf.indicator.imputation for leaf in base.tree.leaves}
    return (None, *(kind for kind in IMPUTATIONS if declared != {kind}))


def outlines(found: Alternatives) -> Iterator[tuple[int, int, int]]:
    """Yield every combination of one alternative of each choice."""
    counts = found.counts
    return ((a, b, c) for a in range(counts[0]) for b in range(counts[1]) for c in range(counts[2]))
