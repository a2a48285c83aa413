"""Scores of many units in many draws of weights: matrix products as far as the tree allows.

Where no unit of a block of rows has a gap, a run of nodes with one kind of mean is a single mean of its indicators with the weights
multiplied; so a tree of arithmetic means is one product of matrices. With gaps every node is worked out with the weights that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring.aggregation import FLOORED, MEANS
from scoring.columns import Bools, Floats
from scoring.index.aggregation import Lead, Leads, Nodes, lead_value
from scoring.index.tree import Branch, Manner, Tree

DrawnWeights = Sequence[Floats]
"""Of each branch the weights (b, children) of a block of draws, adding up to 1 in a row."""


@dataclass(slots=True)
class Stretch:
    """Rows that are worked out together: values of every place (places, r), NaN where unused; whether any is."""

    values: Floats
    leads: Leads
    gaps: bool
    _steps: dict[tuple[str, float, tuple[int, ...]], Floats] = field(default_factory=dict)
    _used: dict[tuple[int, ...], Floats | None] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: Nodes, rows: slice, leads: Leads) -> Stretch:
        """Return the rows of a slice; a node that is null is a gap too, whether or not its figures were imputed."""
        values = np.ascontiguousarray(nodes.value[rows].T)
        own = {place: Lead(lead.leads[:, rows], lead.open[rows], lead.minimum) for place, lead in leads.items()}
        return cls(values, own, bool(np.isnan(values).any()))

    def used(self, places: Sequence[int]) -> Bools:
        """Where children enter their parent (c, r)."""
        result: Bools = np.isfinite(self.values[list(places)])
        return result

    def counted(self, places: tuple[int, ...]) -> Floats | None:
        """Return 1 where children enter their parent and 0 elsewhere (c, r); None where all do."""
        if places not in self._used:
            used = self.used(places)
            self._used[places] = None if used.all() else used.astype(np.float64)
        return self._used[places]

    def stepped(self, kind: str, floor: float, places: tuple[int, ...]) -> Floats:
        """Return indicators' values as a mean takes them (c, r), 0 where unused."""
        key = kind, floor, places
        if key not in self._steps:
            own = self.values[list(places)]
            with np.errstate(all="ignore"):
                taken = MEANS[kind][0](np.maximum(own, floor)) if kind in FLOORED else own
            self._steps[key] = np.where(np.isfinite(own), taken, 0.0)
        return self._steps[key]


class Propagation:
    """A tree in one manner; `scores` gives the total of a stretch of rows in a block of draws."""

    def __init__(self, tree: Tree, manner: Manner) -> None:
        self._tree = tree
        self._kinds = [branch.kind(manner) for branch in tree.branches]
        self._branches = {branch.place: number for number, branch in enumerate(tree.branches)}

    def scores(self, stretch: Stretch, weights: DrawnWeights) -> Floats:
        """Return the scores (b, r)."""
        with np.errstate(all="ignore"):
            return self._node(len(self._tree.branches) - 1, stretch, weights)

    def _node(self, number: int, stretch: Stretch, weights: DrawnWeights) -> Floats:
        branch, kind = self._tree.branches[number], self._kinds[number]
        if kind == "lead":
            groups = [self._child(place, stretch, weights) for place in branch.children]
            size = len(weights[number]), stretch.values.shape[1]
            stacked = np.stack([np.broadcast_to(group, size) for group in groups])
            stacked[~stretch.used(branch.children)[:, None, :].repeat(size[0], axis=1)] = np.nan
            return lead_value(branch, stacked, stretch.leads[branch.place])
        if kind == "minimum":
            return self._minimum(branch, stretch, weights)
        return self._mean(number, stretch, weights)

    def _child(self, place: int, stretch: Stretch, weights: DrawnWeights) -> Floats:
        """Return a child's values (b, r), or (1, r) of an indicator."""
        if place < self._tree.width:
            return stretch.values[place : place + 1]
        return self._node(self._branches[place], stretch, weights)

    def _minimum(self, branch: Branch, stretch: Stretch, weights: DrawnWeights) -> Floats:
        size = len(weights[0]), stretch.values.shape[1]
        least = np.full(size, np.inf)
        for place, used in zip(branch.children, stretch.used(branch.children), strict=True):
            np.minimum(least, np.where(used, self._child(place, stretch, weights), np.inf), out=least)
        return least

    def _mean(self, number: int, stretch: Stretch, weights: DrawnWeights) -> Floats:
        """Return the mean of a node: of its indicators, and of those of the nodes merged into it, by a product of matrices."""
        branch, kind = self._tree.branches[number], self._kinds[number]
        floor = branch.inner.floor
        leaves, shares, others = self._merged(number, weights, merge=not stretch.gaps)
        total = shares @ stretch.stepped(kind, floor, tuple(leaves))
        counted = stretch.counted(branch.children) if stretch.gaps else None
        for place, share in others:
            value = self._node(self._branches[place], stretch, weights)
            taken = MEANS[kind][0](np.maximum(value, floor)) if kind in FLOORED else value
            total += share * (taken if counted is None else np.where(np.isfinite(stretch.values[place]), taken, 0.0))
        if counted is not None:
            whole = weights[number] @ counted
            total /= np.where(whole > 0, whole, 1.0)
        return MEANS[kind][1](total) if kind in FLOORED else total

    def _merged(
        self, number: int, weights: DrawnWeights, *, merge: bool
    ) -> tuple[list[int], Floats, list[tuple[int, Floats]]]:
        """Return a node's indicators with their weights (b, k), and its other children with theirs (b, 1).

        With `merge` a child of the same mean, and of a floor no lower, is replaced by its own children.
        """
        leaves: list[int] = []
        shares: list[Floats] = []
        others: list[tuple[int, Floats]] = []
        branch, kind = self._tree.branches[number], self._kinds[number]
        for place, share in zip(branch.children, weights[number].T, strict=True):
            if place < self._tree.width:
                leaves.append(place)
                shares.append(share)
            elif merge and self._joins(kind, branch, self._branches[place]):
                below, parts, rest = self._merged(self._branches[place], weights, merge=True)
                leaves += below
                shares += list((parts * share[:, None]).T)
                others += [(other, part * share[:, None]) for other, part in rest]
            else:
                others.append((place, share[:, None]))
        columns = np.stack(shares, axis=1) if shares else np.zeros((len(weights[number]), 0))
        return leaves, columns, others

    def _joins(self, kind: str, parent: Branch, child: int) -> bool:
        floor = self._tree.branches[child].inner.floor
        return self._kinds[child] == kind and (kind not in FLOORED or floor >= parent.inner.floor)
