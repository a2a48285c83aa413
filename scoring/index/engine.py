"""An index of many units: a compiled questionnaire and a batch in, everything that the index says out, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.batch import Batch
from scoring.columns import Bytes, Floats, Indices
from scoring.compiled import Compiled
from scoring.index.aggregation import Nodes
from scoring.index.alternatives import Alternatives, alternatives
from scoring.index.basis import Basis, basis
from scoring.index.levels import Levels, borders, levels
from scoring.index.normalisation import Normalised
from scoring.index.ranks import Ranks, ranks_by_year
from scoring.index.runs import BLOCK, Runner, arrange
from scoring.index.sample import draw
from scoring.index.sensitivity import Sensitivity, sensitivity
from scoring.index.uncertainty import Uncertainty, uncertainty
from scoring.index.views import Coupling, View, coupling, views

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Draws:
    """How many draws to make with which seed, whether to tell the choices' influence apart, and how many are worked out together."""

    size: int = DRAWS
    seed: int = 0
    sensitivity: bool = True
    block: int = BLOCK


@dataclass(frozen=True, slots=True)
class Robustness:
    """An uncertainty run: of the units `rows` that have a score, in that order, with the alternatives that varied."""

    draws: Draws
    rows: Indices
    alternatives: Alternatives
    uncertainty: Uncertainty
    sensitivity: Sensitivity | None


@dataclass(frozen=True, slots=True)
class IndexResult:
    """The index of n units in columns: all nodes by place, rank within the year (0 for none) among how many, level, views, coupling.

    `robustness` is None when no draws were asked for or no unit has a score.
    """

    basis: Basis
    normalised: Normalised
    nodes: Nodes
    rank: Ranks
    among: Ranks
    level: Levels
    level_reason: Bytes
    views: dict[str, View]
    coupling: Coupling | None
    robustness: Robustness | None

    @property
    def score(self) -> Floats:
        score: Floats = self.nodes.value[:, self.basis.tree.root]
        return score


def index(compiled: Compiled, batch: Batch, years: Sequence[int | None], draws: Draws | None = None) -> IndexResult:
    """Return the index of a batch whose rows are units in the given years (None throughout when there is only one).

    Without `draws` there is no uncertainty run.
    """
    base = basis(compiled, batch, years)
    normalised = base.normalised(base.figures)
    nodes = base.nodes(base.figures, normalised)
    rank, among = ranks_by_year(nodes.value[:, base.tree.root], base.by_year)
    level, level_reason = levels(base, nodes)
    return IndexResult(
        basis=base,
        normalised=normalised,
        nodes=nodes,
        rank=rank,
        among=among,
        level=level,
        level_reason=level_reason,
        views=views(base),
        coupling=coupling(base, nodes),
        robustness=robustness(base, nodes, rank, draws) if draws else None,
    )


def robustness(base: Basis, nodes: Nodes, rank: Ranks, draws: Draws) -> Robustness | None:
    """Run draws over the units with a score; None when there is no such unit."""
    scored = np.isfinite(nodes.value[:, base.tree.root])
    if base.weights is None or not scored.any():
        return None
    found, arranged = alternatives(base, scored), arrange(base, scored)
    sample = draw(draws.size, draws.seed, base.weights, found.counts)
    runner, rows = Runner(base, base.weights, found, arranged), arranged.order
    unsure = uncertainty(runner, sample, borders(base), draws.block)
    shares = sensitivity(runner, sample, unsure.ranks, rank[rows], draws.block) if draws.sensitivity else None
    return Robustness(draws, rows, found, unsure, shares)
