"""Scores of many units in many draws of weights: matrix products as far as the tree allows.

Where no unit of a stretch of rows has a gap, a run of nodes with one kind of mean is a single mean of its indicators with the weights
multiplied; so a tree of arithmetic means is one product of matrices. With gaps every node is worked out with the weights that are left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from scoring.aggregation import FLOORED, MEANS
from scoring.columns import Bools, Floats
from scoring.index.aggregation import Lead, Leads, Nodes, lead_value
from scoring.index.tree import Branch, Manner, Tree

SINGLE_THREAD: Final = 2**18
"""OpenBLAS works out products of up to so many multiplications in one thread."""
DrawnWeights = Sequence[Floats]
"""Of each branch the weights (b, children) of a block of draws, adding up to 1 in a row."""


@dataclass(slots=True)
class Stretch:
    """Rows that are worked out together: values of every place (places, r), NaN where it or a node above it is null."""

    values: Floats
    leads: Leads
    _steps: dict[tuple[str, float, tuple[int, ...]], Floats] = field(default_factory=dict)
    _counted: dict[tuple[int, ...], Floats | None] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Tree, nodes: Nodes, rows: slice, leads: Leads) -> Stretch:
        """Return the rows of a slice. What stands below a null node counts nowhere, so it is null too."""
        values = np.ascontiguousarray(nodes.value[rows].T)
        for branch in reversed(tree.branches):
            values[np.ix_(np.array(branch.children, np.intp), np.flatnonzero(np.isnan(values[branch.place])))] = np.nan
        own = {place: Lead(lead.leads[:, rows], lead.open[rows], lead.minimum) for place, lead in leads.items()}
        return cls(values, own)

    def used(self, places: Sequence[int]) -> Bools:
        """Where children enter their parent (c, r)."""
        result: Bools = np.isfinite(self.values[list(places)])
        return result

    def counted(self, places: tuple[int, ...]) -> Floats | None:
        """Return 1 where children enter their parent and 0 elsewhere (c, r); None where all do. Where none does all count, for nothing."""
        if places not in self._counted:
            used = self.used(places)
            self._counted[places] = None if used.all() else (used | ~used.any(axis=0)).astype(np.float64)
        return self._counted[places]

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
            return self._lead(branch, stretch, weights)
        if kind == "minimum":
            return self._minimum(branch, stretch, weights)
        return self._mean(number, stretch, weights)

    def _child(self, place: int, stretch: Stretch, weights: DrawnWeights) -> Floats:
        """Return a child's values (b, r), or (1, r) of an indicator; NaN where it is null."""
        if place < self._tree.width:
            return stretch.values[place : place + 1]
        value = self._node(self._branches[place], stretch, weights)
        return np.where(np.isfinite(stretch.values[place]), value, np.nan)

    def _lead(self, branch: Branch, stretch: Stretch, weights: DrawnWeights) -> Floats:
        size = len(weights[0]), stretch.values.shape[1]
        groups = [np.broadcast_to(self._child(place, stretch, weights), size) for place in branch.children]
        return lead_value(branch, np.stack(groups), stretch.leads[branch.place])

    def _minimum(self, branch: Branch, stretch: Stretch, weights: DrawnWeights) -> Floats:
        least = np.full((len(weights[0]), stretch.values.shape[1]), np.inf)
        for place in branch.children:
            np.fmin(least, self._child(place, stretch, weights), out=least)
        return np.where(np.isfinite(least), least, 0.0)

    def _mean(self, number: int, stretch: Stretch, weights: DrawnWeights) -> Floats:
        """Return the mean of a node: of its indicators, and of those of the nodes merged into it, by a product of matrices."""
        branch, kind = self._tree.branches[number], self._kinds[number]
        floor = branch.inner.floor
        leaves, shares, others = self._merged(number, stretch, weights)
        total = product(shares, stretch.stepped(kind, floor, tuple(leaves)))
        for place, share in others:
            total += share * self._taken(kind, floor, place, stretch, weights)
        counted = stretch.counted(branch.children)
        if counted is not None:
            total /= product(weights[number], counted)
        return MEANS[kind][1](total) if kind in FLOORED else total

    def _taken(self, kind: str, floor: float, place: int, stretch: Stretch, weights: DrawnWeights) -> Floats:
        """Return an inner child's values as a mean takes them, 0 where it is null: so is a mean of nothing but the floored ones'."""
        value = self._node(self._branches[place], stretch, weights)
        if kind not in FLOORED and self._kinds[self._branches[place]] == "arithmetic":
            return value
        taken = MEANS[kind][0](np.maximum(value, floor)) if kind in FLOORED else value
        used = np.isfinite(stretch.values[place])
        return taken if used.all() else np.where(used, taken, 0.0)

    def _merged(
        self, number: int, stretch: Stretch, weights: DrawnWeights
    ) -> tuple[list[int], Floats, list[tuple[int, Floats]]]:
        """Return a node's indicators with their weights (b, k), and its other children with theirs (b, 1).

        A child of the same mean, of a floor no lower and without gaps is replaced by its own children.
        """
        leaves: list[int] = []
        shares: list[Floats] = []
        others: list[tuple[int, Floats]] = []
        for place, share in zip(self._tree.branches[number].children, weights[number].T, strict=True):
            if place < self._tree.width:
                leaves.append(place)
                shares.append(share)
            elif self._joins(number, self._branches[place], stretch):
                below, parts, rest = self._merged(self._branches[place], stretch, weights)
                leaves += below
                shares += list((parts * share[:, None]).T)
                others += [(other, part * share[:, None]) for other, part in rest]
            else:
                others.append((place, share[:, None]))
        columns = np.stack(shares, axis=1) if shares else np.zeros((len(weights[number]), 0))
        return leaves, columns, others

    def _joins(self, parent: int, child: int, stretch: Stretch) -> bool:
        kind, branches = self._kinds[parent], self._tree.branches
        alike = self._kinds[child] == kind and stretch.counted(branches[child].children) is None
        return alike and (kind not in FLOORED or branches[child].inner.floor >= branches[parent].inner.floor)


def product(left: Floats, right: Floats) -> Floats:
    """Return a product of matrices in strips, each too small for the linear algebra library to spread over threads.

    Its threads wait actively for one another: on busy cores that costs several times what they gain.
    """
    size, inner = left.shape
    strip = max(SINGLE_THREAD // max(size * inner, 1), 1)
    result = np.empty((size, right.shape[1]))
    for start in range(0, right.shape[1], strip):
        np.matmul(left, right[:, start : start + strip], out=result[:, start : start + strip])
    return result
