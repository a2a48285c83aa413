"""The `lead` aggregation: weight · L + (1 − weight) · max(L, best other), with L the value of the leading group.

The leader is the group whose share is largest among those known (ties: the higher value), else the declared one. An undeclared group, out
of scope, counts as the scale's minimum; one that is not applicable does not count. While required shares are missing every group that
may yet lead is considered. Arrays here have a line per group: (k, n).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.columns import KNOWN, MISSING, Bools, Floats, ticks
from scoring.compiled import Inner
from scoring.model import Lead, Scale
from scoring.spread import Spread
from scoring.tables import HIGH, LOW
from scoring.values import Values


@dataclass(frozen=True, slots=True)
class Leaders:
    """Which groups lead for certain or share the lead (k, n), which may yet (k, n), and where the leader is not settled (n)."""

    certain: Bools
    possible: Bools
    open: Bools


def leaders(inner: Inner, groups: list[Spread], values: Values) -> Leaders:
    """Return who leads among the groups of a node, given in the order of its children."""
    lead, names = _lead(inner), [name for name, _ in inner.children]
    applicable = ~np.array([~group.live & (group.na > 0) for group in groups])
    shares, known, pending = _shares(lead, names, values)
    known &= applicable
    any_known, any_pending = known.any(axis=0), pending.any(axis=0)
    best = np.where(known, shares, -np.inf).max(axis=0)
    declared, undeclared = _declared(lead, names, values)
    certain = np.where(any_known, known & (shares == best), declared & applicable & ~any_pending)
    return Leaders(
        certain, pending | (~any_known & (any_pending | undeclared)), any_pending | (~any_known & undeclared)
    )


def lead_values(inner: Inner, groups: list[Spread], found: Leaders, scale: Scale) -> Floats:
    """Return the lowest and highest value of a node (2, n)."""
    lead, minimum = _lead(inner), scale.min
    counted = np.array([np.where(group.live, group.edges, minimum) for group in groups])
    low, high = counted[:, LOW], counted[:, HIGH]
    together = np.where(found.certain, low, -np.inf).max(axis=0)
    alone = np.where(found.possible, low, np.inf).min(axis=0)
    led = np.empty_like(counted[0])
    led[LOW] = np.minimum(np.where(found.certain.any(axis=0), together, np.inf), alone)
    led[HIGH] = np.where(found.certain | found.possible, high, -np.inf).max(axis=0)
    led = np.where(np.isfinite(led), led, minimum)
    best = np.maximum(counted.max(axis=0), minimum)
    value: Floats = lead.weight * led + (1.0 - lead.weight) * best
    return value


def _lead(inner: Inner) -> Lead:
    lead = inner.node.aggregation.lead
    assert lead is not None  # noqa: S101 — compiling refuses a lead without parameters
    return lead


def _shares(lead: Lead, names: list[str], values: Values) -> tuple[Floats, Bools, Bools]:
    """Return the groups' shares in ticks, where they are known, and where they are still to come."""
    size = values.batch.size
    shares, states = np.zeros((len(names), size)), np.full((len(names), size), KNOWN, np.uint8)
    required = np.zeros((len(names), 1), np.bool_)
    for place, name in enumerate(names):
        slot = lead.shares[name]
        shares[place], states[place] = values.number(slot)
        required[place] = values.compiled.questions[values.compiled.owners[slot]].question.required
    return ticks(shares), states == KNOWN, (states == MISSING) & required


def _declared(lead: Lead, names: list[str], values: Values) -> tuple[Bools, Bools]:
    """Return which group is the declared leader (k, n), and where that declaration is missing (n)."""
    never = np.zeros(values.batch.size, np.bool_)
    if lead.declared is None:
        return np.array([never] * len(names)), never
    options = [option.id for option in values.compiled.questions[lead.declared].question.options]
    ends = [name.rpartition(".")[2] for name in names]
    chosen = [values.chosen(lead.declared, options.index(end)).yes if end in options else never for end in ends]
    first = values.chosen(lead.declared, 0)
    return np.array(chosen), ~(first.yes | first.no)
