"""The tree of a questionnaire as places: indicators first, in the model's order, then inner nodes, children before parents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scoring.compiled import Compiled, Inner, Leaf
from scoring.model import AggregationKind

Manner = Literal["declared", "arithmetic", "geometric"]
"""Each node by its own aggregation, or all means by one; a minimum and a lead stay what they are."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An inner node: its place, its children's places and declared weights (above 0 only), and how they are put together."""

    place: int
    inner: Inner
    children: tuple[int, ...]
    weights: tuple[float, ...]

    def kind(self, manner: Manner) -> AggregationKind:
        """Return the node's aggregation in a manner."""
        own = self.inner.node.aggregation.kind
        return own if manner == "declared" or own in {"minimum", "lead"} else manner


@dataclass(frozen=True, slots=True)
class Tree:
    """Indicators and inner nodes by their places; `branches` come children before parents, the total last."""

    names: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    branches: tuple[Branch, ...]

    @property
    def width(self) -> int:
        """How many indicators there are; the inner nodes' places follow them."""
        return len(self.leaves)

    @property
    def root(self) -> int:
        return self.branches[-1].place

    def place(self, name: str) -> int:
        return self.names.index(name)


def tree(compiled: Compiled) -> Tree:
    """Return the tree of a compiled model. Children of weight 0 count for nothing in an index."""
    leaves = tuple(compiled.leaves.values())
    names = (*compiled.leaves, *(inner.node.id for inner in compiled.inners))
    places = {name: place for place, name in enumerate(names)}
    branches = tuple(_branch(inner, places) for inner in compiled.inners)
    return Tree(names, leaves, branches)


def _branch(inner: Inner, places: dict[str, int]) -> Branch:
    counted = [(name, weight) for name, weight in inner.children if weight > 0 or inner.node.aggregation.kind == "lead"]
    children, weights = tuple(places[name] for name, _ in counted), tuple(weight for _, weight in counted)
    return Branch(places[inner.node.id], inner, children, weights)
