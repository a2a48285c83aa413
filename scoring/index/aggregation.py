"""From indicators up to the total, with gaps: values, availability and reasons of every node of every unit.

Sums run child after child, so that a unit has the same bits whatever the others and their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.aggregation import FLOORED, MEANS
from scoring.columns import Bools, Bytes, Floats, tick, ticks
from scoring.index import reasons
from scoring.index.figures import Figures
from scoring.index.normalisation import Normalised
from scoring.index.tree import Branch, Manner, Tree
from scoring.index.weights import Weights
from scoring.model import AggregationKind


@dataclass(frozen=True, slots=True)
class Lead:
    """Of a node that goes by a leader, where each group leads (c, n), and where that is not known (n)."""

    leads: Bools
    open: Bools
    minimum: float
    """What a group counts that is out of scope: the scale's minimum."""


Leads = Mapping[int, Lead]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Columns by place of n units (n, places): values (NaN for none), why there is none, availability, and the share not applicable."""

    value: Floats
    reason: Bytes
    availability: Floats
    not_applicable: Floats


@dataclass(frozen=True, slots=True)
class Rules:
    """How nodes are put together: weights, manner, the share of its weight that a node needs, and who leads where."""

    weights: Weights
    manner: Manner
    availability: float
    leads: Leads


def aggregate(tree: Tree, figures: Figures, values: Normalised, rules: Rules) -> Nodes:
    """Return every node of every unit. The weights of what has no value go to the other children of the same parent."""
    nodes = _leaves(tree, figures, values)
    for branch, weights in zip(tree.branches, rules.weights, strict=True):
        lead = rules.leads.get(branch.place)
        if lead is not None:
            _led(nodes, branch, weights, lead)
        else:
            _mean(nodes, branch, weights, rules)
    return nodes


def _leaves(tree: Tree, figures: Figures, values: Normalised) -> Nodes:
    shape = (len(figures.raw), len(tree.names))
    nodes = Nodes(np.full(shape, np.nan), np.zeros(shape, np.uint8), np.zeros(shape), np.zeros(shape))
    width = slice(tree.width)
    nodes.value[:, width], nodes.reason[:, width] = values.value, values.reason
    nodes.availability[:, width] = figures.given & np.isfinite(values.value)
    nodes.not_applicable[:, width] = figures.reason == reasons.NOT_APPLICABLE
    return nodes


@dataclass(frozen=True, slots=True)
class _Children:
    """What counts below a node: values and reasons (n, c), weights (c)."""

    value: Floats
    reason: Bytes
    weights: Floats

    @property
    def aside(self) -> Bools:
        result: Bools = (self.reason == reasons.NOT_APPLICABLE) | (self.reason == reasons.OUT_OF_SCOPE)
        return result


def _mean(nodes: Nodes, branch: Branch, weights: Floats, rules: Rules) -> None:
    children = _children(nodes, branch, weights, weights > 0)
    aside, used, place = children.aside, np.isfinite(children.value), branch.place
    available = _availability(nodes, branch, weights, aside)
    enough = used.any(axis=1) & (ticks(available) >= tick(rules.availability))
    value = combine(branch.kind(rules.manner), children.value, children.weights, branch.inner.floor)
    _write(nodes, place, children, enough, np.where(enough, value, np.nan))
    nodes.availability[:, place] = np.where(enough, available, 0.0)


def _led(nodes: Nodes, branch: Branch, weights: Floats, lead: Lead) -> None:
    """Give the value of a lead; it needs to know the leader and the value of every group that concerns the unit."""
    children = _children(nodes, branch, weights, np.ones(len(weights), np.bool_))
    aside = children.aside
    known = (np.isfinite(children.value) | aside).all(axis=1)
    settled = aside.all(axis=1) & (children.reason == reasons.NOT_APPLICABLE).any(axis=1)
    enough = known & ~lead.open & ~settled
    value = lead_value(branch, children.value.T, lead)
    _write(nodes, branch.place, children, enough, np.where(enough, value, np.nan))
    nodes.reason[lead.open & known & ~settled, branch.place] = reasons.NO_LEADER
    nodes.availability[:, branch.place] = np.where(enough, 1.0, 0.0)


def _children(nodes: Nodes, branch: Branch, weights: Floats, counted: Bools) -> _Children:
    places = np.array(branch.children, np.intp)[counted]
    return _Children(nodes.value[:, places], nodes.reason[:, places], weights[counted])


def _availability(nodes: Nodes, branch: Branch, weights: Floats, aside: Bools) -> Floats:
    places = np.array(branch.children, np.intp)[weights > 0]
    own = weights[weights > 0]
    return _ratio(weighted(nodes.availability[:, places] * ~aside, own), weighted(~aside, own))


def _write(nodes: Nodes, place: int, children: _Children, enough: Bools, value: Floats) -> None:
    aside = children.aside
    nodes.value[:, place] = value
    settled = aside.all(axis=1)
    why = np.where(
        settled, _kind_of_aside(children.reason), _shared(children.reason, ~aside & np.isnan(children.value))
    )
    nodes.reason[:, place] = np.where(enough, reasons.NONE, why)


def _kind_of_aside(reason: Bytes) -> Bytes:
    out = (reason == reasons.OUT_OF_SCOPE).all(axis=1)
    return np.where(out, reasons.OUT_OF_SCOPE, reasons.NOT_APPLICABLE).astype(np.uint8)


def _shared(reason: Bytes, lacking: Bools) -> Bytes:
    """Return the reason that all that lacks has in common if it holds for whole columns, else AVAILABILITY."""
    if not reason.shape[1]:
        return np.full(len(reason), reasons.AVAILABILITY, np.uint8)
    least = np.where(lacking, reason, 255).min(axis=1)
    most = np.where(lacking, reason, 0).max(axis=1)
    common = (least == most) & np.isin(least, reasons.OF_THE_COLUMN)
    return np.where(common, least, reasons.AVAILABILITY).astype(np.uint8)


def combine(kind: AggregationKind, values: Floats, weights: Floats, floor: float) -> Floats:
    """Return the mean or minimum (n) of children's values (n, c); NaN is left out, its weight with it."""
    used = np.isfinite(values)
    with np.errstate(all="ignore"):
        if kind == "minimum":
            least: Floats = np.where(used, values, np.inf).min(axis=1, initial=np.inf)
            return least
        if kind not in FLOORED:
            return _ratio(weighted(np.where(used, values, 0.0), weights), weighted(used, weights))
        step, back = MEANS[kind]
        steps = np.where(used, step(np.maximum(values, floor)), 0.0)
        return back(_ratio(weighted(steps, weights), weighted(used, weights)))


def lead_value(branch: Branch, groups: Floats, lead: Lead) -> Floats:
    """Return weight · L + (1 − weight) · max(L, best other) of groups' values (c, …, n); NaN counts as the scale's minimum."""
    declared = branch.inner.node.aggregation.lead
    assert declared is not None  # noqa: S101 — compiling refuses a lead without parameters
    counted = np.where(np.isfinite(groups), groups, lead.minimum)
    leads = lead.leads if groups.ndim == lead.leads.ndim else lead.leads[:, None, :]
    best = counted.max(axis=0)
    led = np.where(leads, counted, lead.minimum).max(axis=0)
    result: Floats = declared.weight * led + (1.0 - declared.weight) * best
    return result


def weighted(parts: Floats | Bools, weights: Floats) -> Floats:
    """Return Σ w · part (n) of parts (n, c)."""
    total = np.zeros(len(parts))
    for place, weight in enumerate(weights):
        total += weight * parts[:, place]
    return total


def _ratio(part: Floats, whole: Floats) -> Floats:
    result: Floats = part / np.where(whole > 0, whole, 1.0)
    return result
