"""Weights: as given, equal within the parent, or by entropy.

Entropy after Shannon as in the usual entropy weight method: r the min–max value by direction, p = r / Σ r,
e = −(1 / ln m) Σ p ln p with 0 · ln 0 = 0, d = 1 − e, w = d / Σ d.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.columns import Floats
from scoring.compiled import Leaf
from scoring.index import reasons
from scoring.index.figures import Figures
from scoring.index.normalisation import lacking, oriented
from scoring.index.tree import Branch, Tree
from scoring.model import WeightsKind

Weights = tuple[Floats, ...]
"""Of each branch its children's weights, adding up to 1."""


def weights(tree: Tree, kind: WeightsKind, figures: Figures) -> Weights | None:
    """Return the weights of every branch's children; None when there are no entropy weights."""
    if kind == "entropy":
        flat = entropy_weights(figures, tree.leaves)
        return None if flat is None else _upwards(tree, flat)
    return tuple(
        _shares(np.ones(len(branch.children)) if kind == "equal" else _given(branch)) for branch in tree.branches
    )


def _given(branch: Branch) -> Floats:
    return np.array(branch.weights)


def _shares(parts: Floats) -> Floats:
    total = parts.sum()
    return parts / total if total > 0 else np.zeros(len(parts))


def entropy_weights(figures: Figures, leaves: Sequence[Leaf]) -> Floats | None:
    """Return the entropy weights (k) of indicators; None when none of them varies. One that does not vary weighs nothing."""
    differences = np.array([_difference(figures.raw[:, place], leaf) for place, leaf in enumerate(leaves)])
    total = float(differences.sum())
    return differences / total if total > 0 else None


def _difference(raw: Floats, leaf: Leaf) -> float:
    """Return 1 − e of a column."""
    r = min_max(raw, leaf)
    return 0.0 if r is None else 1.0 - entropy(r[np.isfinite(r)])


def min_max(raw: Floats, leaf: Leaf) -> Floats | None:
    """Return figures from 0 (worst) to 1 (best) by direction, NaN for none; None when they do not vary."""
    x = oriented(raw, leaf.indicator.normalisation)
    known = x[np.isfinite(x)]
    if lacking(known) != reasons.NONE:
        return None
    result: Floats = (x - known.min()) / (known.max() - known.min())
    return result


def entropy(r: Floats) -> float:
    """Return e of values r (m ≥ 2, not negative, not all 0)."""
    p = r / r.sum()
    positive = p[p > 0]
    return float(-(positive * np.log(positive)).sum() / np.log(len(r)))


def _upwards(tree: Tree, flat: Floats) -> Weights:
    """Return weights inside parents by which the indicators' shares of the total are `flat`, as far as the tree has them."""
    mass = np.zeros(len(tree.names))
    mass[: tree.width] = flat
    result = []
    for branch in tree.branches:
        own = mass[list(branch.children)]
        mass[branch.place] = own.sum()
        result.append(_shares(own))
    return tuple(result)


def effective(tree: Tree, own: Weights) -> Floats:
    """Return every place's share of the total: the product of the weights down to it."""
    shares = np.zeros(len(tree.names))
    shares[tree.root] = 1.0
    for branch, parts in zip(reversed(tree.branches), reversed(own), strict=True):
        shares[list(branch.children)] = shares[branch.place] * parts
    return shares
