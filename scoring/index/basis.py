"""What an index starts from: the tree, figures, years and declared rules, and the index itself by any alternative to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.batch import Batch
from scoring.columns import KNOWN, NOT_APPLICABLE, OUT_OF_SCOPE, Floats, Indices
from scoring.compiled import Compiled
from scoring.index import reasons
from scoring.index.aggregation import Lead, Leads, Nodes, Rules, aggregate
from scoring.index.figures import Figures, figures
from scoring.index.imputation import impute
from scoring.index.normalisation import Normalised, normalise
from scoring.index.tree import Manner, Tree, tree
from scoring.index.weights import Weights, weights
from scoring.lead import leaders
from scoring.model import ImputationKind, NormalisationKind
from scoring.spread import Spread, of_values
from scoring.values import Values


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that an index of n units needs, as declared.

    `raw` are the figures as given and `figures` with imputed ones; `years` is the number of each unit's year, `by_year` the units of
    each; `weights` None where entropy gives none.
    """

    compiled: Compiled
    values: Values
    tree: Tree
    raw: Figures
    figures: Figures
    years: NDArray[np.intp]
    by_year: tuple[Indices, ...]
    weights: Weights | None
    leads: Leads

    def imputed(self, kind: ImputationKind | None) -> Figures:
        """Return the figures imputed as declared, or all by `kind`."""
        if kind is None:
            return self.figures
        return impute(self.raw, self.years, [kind] * self.tree.width)

    def normalised(self, given: Figures, kind: NormalisationKind | None = None) -> Normalised:
        """Return figures on the scale as declared, or all by `kind`."""
        return normalise(given, self.tree.leaves, self.compiled.model.scale, kind)

    def nodes(
        self, given: Figures, values: Normalised, *, manner: Manner = "declared", own: Weights | None = None
    ) -> Nodes:
        """Return all nodes from values on the scale; without any weights none has a value."""
        used = self.weights if own is None else own
        if used is None:
            return _without_weights(self.tree, given, values)
        rules = Rules(used, manner, self.compiled.model.index.availability, self.leads)
        return aggregate(self.tree, given, values, rules)


def basis(compiled: Compiled, batch: Batch, years: Sequence[int | None]) -> Basis:
    """Return what an index of a batch starts from; `years` are those of its rows."""
    grown, (raw, values) = tree(compiled), figures(compiled, batch)
    _, numbers = np.unique([-1 if year is None else year for year in years], return_inverse=True)
    numbers = numbers.astype(np.intp)
    imputed = impute(raw, numbers, [leaf.indicator.imputation for leaf in grown.leaves])
    by_year = tuple(np.flatnonzero(numbers == year) for year in np.unique(numbers))
    own = weights(grown, compiled.model.index.weights, imputed)
    base = Basis(compiled, values, grown, raw, imputed, numbers, by_year, own, {})
    leads = _leads(base)
    return Basis(compiled, values, grown, raw, imputed, numbers, by_year, own, leads)


def _without_weights(grown: Tree, given: Figures, values: Normalised) -> Nodes:
    shape = len(given.raw), len(grown.names)
    nodes = Nodes(
        np.full(shape, np.nan), np.full(shape, reasons.NO_WEIGHTS, np.uint8), np.zeros(shape), np.zeros(shape)
    )
    nodes.value[:, : grown.width], nodes.reason[:, : grown.width] = values.value, values.reason
    return nodes


def _leads(base: Basis) -> Leads:
    """Return who leads in the nodes that go by a leader; that depends on answers, and on which groups are in scope."""
    led = [branch for branch in base.tree.branches if branch.inner.node.aggregation.kind == "lead"]
    if not led or base.weights is None:
        return {}
    nodes = base.nodes(base.figures, base.normalised(base.figures))
    found = {}
    for branch in led:
        with np.errstate(all="ignore"):
            groups = [spread_of(nodes, place, base.compiled) for place in branch.children]
            who = leaders(branch.inner, groups, base.values)
        minimum = base.compiled.model.scale.min
        found[branch.place] = Lead(
            np.stack([np.broadcast_to(one, len(who.open)) for one in who.certain]), who.open, minimum
        )
    return found


def spread_of(nodes: Nodes, place: int, compiled: Compiled) -> Spread:
    """Return a node as the engine's gates and leads read it; what has no value though it concerns the unit is missing."""
    value, reason = nodes.value[:, place], nodes.reason[:, place]
    state = np.full(len(value), 1, np.uint8)
    state[np.isfinite(value)] = KNOWN
    state[reason == reasons.NOT_APPLICABLE] = NOT_APPLICABLE
    state[reason == reasons.OUT_OF_SCOPE] = OUT_OF_SCOPE
    filled: Floats = np.where(np.isfinite(value), value, 0.0)
    return of_values(filled, state, compiled.model.scale, np.empty((4, len(value))))
